import type { RehearsalExample } from "../../definition/rehearsal-example.ts";
import type { RequestMetrics } from "../../definition/request-metrics.ts";
import type { CutoverClock } from "../clock.ts";
import { Application } from "./application.ts";
import type { ApplicationDatabase } from "./application/example-answers.ts";
import type { Behaviour, Side } from "./behaviour.ts";
import { DeploymentController } from "./controllers/deployment-controller.ts";
import { JobController, type JobRun } from "./controllers/job-controller.ts";
import type { KubernetesObject, ObjectReference, ObjectStore } from "./kubernetes-object.ts";
import { PodDirectory } from "./pods/pod-directory.ts";
import type { SideServices } from "./side-services.ts";

export interface ControllersOptions {
  readonly store: ObjectStore;
  readonly clock: CutoverClock;
  readonly example: RehearsalExample;
  /** What the pods report of their requests: a proxy beside each, or a tracer in it. */
  readonly requestMetrics: RequestMetrics;
  readonly database: ApplicationDatabase;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly sideOf: (deployment: KubernetesObject) => Side;
  readonly versionOf: (image: string) => string;
  readonly behaviourOf: (side: Side) => Behaviour;
  readonly servicesOf: (side: Side) => SideServices;
  readonly runJob: (job: KubernetesObject) => Promise<JobRun>;
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
    const { example, requestMetrics, database, clock, random, behaviourOf, onIdleWait } = options;
    const { servicesOf } = options;
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
        Application.start({
          ...pod,
          side,
          example,
          requestMetrics,
          database: servicesOf(side).connections.of(pod.podName, database),
          sessions: servicesOf(side).sessions,
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
