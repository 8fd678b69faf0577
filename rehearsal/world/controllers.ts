import type { Freeze } from "../../definition/freeze.ts";
import type { RehearsalExample } from "../../definition/rehearsal-example.ts";
import type { RequestMetrics } from "../../definition/request-metrics.ts";
import type { CutoverClock } from "../clock.ts";
import { Application } from "./application.ts";
import type { ApplicationStore } from "./application/example-answers.ts";
import type { Behaviour, Side } from "./behaviour.ts";
import {
  DeploymentController,
  type ContainerRequest,
} from "./controllers/deployment-controller.ts";
import { JobController, type JobRun } from "./controllers/job-controller.ts";
import type { KubernetesObject, ObjectReference, ObjectStore } from "./kubernetes-object.ts";
import type { Container } from "./pods/container.ts";
import { PodDirectory } from "./pods/pod-directory.ts";
import type { SideServices } from "./side-services.ts";

export interface ControllersOptions {
  readonly store: ObjectStore;
  /** Whether a Deployment is run; others stand there and run nothing. */
  readonly runs: (deployment: KubernetesObject) => boolean;
  readonly clock: CutoverClock;
  readonly example: RehearsalExample;
  /** What the pods report of their requests: a proxy beside each, or a tracer in it. */
  readonly requestMetrics: RequestMetrics;
  /** Services beside its database that the application says it has reached. */
  readonly dependencies: readonly string[];
  readonly storeOf: (side: Side) => ApplicationStore;
  /** The freeze that stops all writes, while it is in force. */
  readonly freeze: () => Freeze | undefined;
  /** The maintenance in which no user is answered, while it is in force. */
  readonly maintenance: () => Freeze | undefined;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly sideOf: (deployment: KubernetesObject) => Side | undefined;
  /** Starts what a Deployment of no side runs. */
  readonly startWorker: (
    pod: Pick<ContainerRequest, "workload" | "variables">,
  ) => Promise<Container>;
  readonly versionOf: (image: string) => string;
  readonly behaviourOf: (side: Side) => Behaviour;
  readonly servicesOf: (side: Side) => SideServices;
  readonly runJob: (job: KubernetesObject, signal: AbortSignal) => Promise<JobRun>;
  /** Called when everything unfinished begins or ends to wait for back-offs and deadlines only. */
  readonly onIdleWait: (waiting: boolean) => void;
}

/** The controllers of the cluster: they follow the objects of the store and make them real. */
export class Controllers {
  /** The pods, for those who send them requests or read their metrics. */
  readonly directory = new PodDirectory();
  readonly #deployments: DeploymentController;
  readonly #jobs: JobController;

  constructor(options: ControllersOptions) {
    const { example, requestMetrics, clock, random, behaviourOf, onIdleWait } = options;
    const { dependencies, storeOf, servicesOf, freeze, maintenance } = options;
    const waiting = { deployments: false, jobs: false };
    const noteWait = (who: keyof typeof waiting) => (now: boolean) => {
      const before = waiting.deployments || waiting.jobs;
      waiting[who] = now;
      const after = waiting.deployments || waiting.jobs;
      if (after !== before) onIdleWait(after);
    };
    this.#jobs = new JobController({ ...options, onIdleWait: noteWait("jobs") });
    this.#deployments = new DeploymentController({
      ...options,
      directory: this.directory,
      onIdleWait: noteWait("deployments"),
      startContainer: ({ replicas, side, ...pod }) =>
        side === undefined
          ? options.startWorker(pod)
          : Application.start({
              ...pod,
              side,
              example,
              requestMetrics,
              dependencies,
              store: pooled(storeOf(side), pod.podName, servicesOf(side)),
              sessions: servicesOf(side).sessions,
              freeze,
              maintenance,
              clock,
              random,
              behaviour: () => behaviourOf(side),
              fullLoadPerSecond: () => example.requestsPerSecond / replicas(),
            }),
    });
  }

  /** The reasons that a Deployment's rollout or a Job does not finish. */
  podFailures(reference: ObjectReference): string[] {
    const controller = reference.kind === "Job" ? this.#jobs : this.#deployments;
    return [...controller.podFailures(reference)];
  }

  /** What the last run of a Job printed. */
  jobLog(reference: Pick<ObjectReference, "namespace" | "name">): string | undefined {
    return this.#jobs.log(reference);
  }

  /** Ends all pods and Jobs. */
  async stop(): Promise<void> {
    await Promise.all([this.#deployments.stop(), this.#jobs.stop()]);
  }
}

/** A store as a pod reaches it. */
const pooled = (
  store: ApplicationStore,
  podName: string,
  { connections }: SideServices,
): ApplicationStore => ("query" in store ? connections.of(podName, store) : store);
