import { randomBytes } from "node:crypto";
import type { CutoverClock } from "../../clock.ts";
import { healthyBehaviour, type Behaviour, type Side } from "../behaviour.ts";
import type { KubernetesObject, ObjectReference, ObjectStore } from "../kubernetes-object.ts";
import type { Container } from "../pods/container.ts";
import type { PodDirectory } from "../pods/pod-directory.ts";
import {
  cpuLimitCores,
  mainContainer,
  variablesOf,
  type PodTemplate,
} from "../pods/pod-template.ts";
import { Pod } from "../pods/pod.ts";
import { Rollout } from "./rollout.ts";

/** What a container is started for. */
export interface ContainerRequest {
  /** Undefined in pods that are of no side. */
  readonly side: Side | undefined;
  readonly version: string;
  readonly workload: string;
  readonly namespace: string;
  readonly podName: string;
  readonly cpuLimitCores: number;
  readonly variables: Readonly<Record<string, string>>;
  /** Pods that the Deployment wants now, at least 1. */
  readonly replicas: () => number;
}

export interface DeploymentControllerOptions {
  readonly store: ObjectStore;
  /** Whether a Deployment is run; others stand there and run nothing. */
  readonly runs: (deployment: KubernetesObject) => boolean;
  readonly clock: CutoverClock;
  readonly directory: PodDirectory;
  readonly sideOf: (deployment: KubernetesObject) => Side | undefined;
  readonly versionOf: (image: string) => string;
  readonly behaviourOf: (side: Side) => Behaviour;
  readonly startContainer: (request: ContainerRequest) => Promise<Container>;
  /** Called when the unfinished rollouts begin or end to wait for back-offs and deadlines only. */
  readonly onIdleWait: (waiting: boolean) => void;
}

const API_VERSION = "apps/v1";
const KIND = "Deployment";

const keyOf = ({ namespace, name }: { namespace?: string; name: string }): string =>
  `${namespace ?? "default"}/${name}`;

/** Follows the Deployments of the store, and makes and ends pods for them. */
export class DeploymentController {
  readonly #options: DeploymentControllerOptions;
  readonly #rollouts = new Map<string, Rollout>();
  readonly #ending = new Set<Promise<void>>();
  readonly #stopFollowing: (() => void)[];
  #waiting = false;

  constructor(options: DeploymentControllerOptions) {
    this.#options = options;
    const { store, directory } = options;
    this.#stopFollowing = [
      store.watch((change) => {
        const { apiVersion, kind, metadata } = change.object;
        if (apiVersion !== API_VERSION || kind !== KIND) return;
        if (change.type === "deleted") this.#remove(keyOf(metadata));
        else if (change.specChanged) this.#apply(change.object);
      }),
      directory.onChange(() => {
        for (const rollout of this.#rollouts.values()) rollout.reconcile();
      }),
    ];
    for (const deployment of store.list(API_VERSION, KIND)) this.#apply(deployment);
  }

  /** The reasons that a rollout does not finish; none when it does, or is only starting. */
  podFailures(reference: Pick<ObjectReference, "namespace" | "name">): readonly string[] {
    return this.#rollouts.get(keyOf(reference))?.failures ?? [];
  }

  /** Ends all pods, and follows the store no longer. */
  async stop(): Promise<void> {
    for (const stop of this.#stopFollowing) stop();
    await Promise.all([...this.#rollouts.values()].map((rollout) => rollout.stop()));
    await Promise.all(this.#ending);
  }

  #apply(deployment: KubernetesObject): void {
    if (!this.#options.runs(deployment)) return;
    const key = keyOf(deployment.metadata);
    const known = this.#rollouts.get(key);
    if (known !== undefined) {
      known.follow(deployment);
      return;
    }
    const { store, clock } = this.#options;
    const { namespace = "default", name } = deployment.metadata;
    const reference = { apiVersion: API_VERSION, kind: KIND, namespace, name };
    const rollout: Rollout = new Rollout(deployment, {
      clock,
      startPod: (current, template, hash) =>
        this.#startPod(current, template, hash, () => Math.max(1, rollout.desired)),
      setStatus: (status) => {
        if (store.get(reference) !== undefined) store.setStatus(reference, status);
      },
      moved: () => {
        this.#noteWaiting();
      },
    });
    this.#rollouts.set(key, rollout);
  }

  #remove(key: string): void {
    const rollout = this.#rollouts.get(key);
    if (rollout === undefined) return;
    this.#rollouts.delete(key);
    const ending = rollout.stop();
    this.#ending.add(ending);
    void ending.then(() => this.#ending.delete(ending));
    this.#noteWaiting();
  }

  #startPod(
    deployment: KubernetesObject,
    template: PodTemplate,
    hash: string,
    replicas: () => number,
  ): Pod {
    const { sideOf, versionOf, behaviourOf, startContainer, clock, directory } = this.#options;
    const { namespace = "default", name: workload } = deployment.metadata;
    const side = sideOf(deployment);
    const name = `${workload}-${hash}-${randomBytes(3).toString("hex")}`;
    return new Pod({
      name,
      namespace,
      workload,
      side,
      labels: { ...template.metadata.labels, "pod-template-hash": hash },
      template,
      behaviour: () => (side === undefined ? healthyBehaviour() : behaviourOf(side)),
      startContainer: () =>
        startContainer({
          side,
          version: versionOf(mainContainer(template).image),
          workload,
          namespace,
          podName: name,
          cpuLimitCores: cpuLimitCores(template),
          variables: variablesOf(template),
          replicas,
        }),
      clock,
      directory,
    });
  }

  #noteWaiting(): void {
    const unfinished = [...this.#rollouts.values()].filter((rollout) => rollout.unfinished);
    const waiting = unfinished.length > 0 && unfinished.every((rollout) => rollout.onlyWaiting);
    if (waiting === this.#waiting) return;
    this.#waiting = waiting;
    this.#options.onIdleWait(waiting);
  }
}
