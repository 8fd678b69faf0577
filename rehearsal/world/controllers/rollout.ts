import type { CutoverClock } from "../../clock.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";
import type { Pod } from "../pods/pod.ts";
import { templateHash, type PodTemplate } from "../pods/pod-template.ts";
import { deploymentSpec, type DeploymentSpec } from "./deployment-spec.ts";
import { ProgressDeadline } from "./progress-deadline.ts";
import { rolloutStatus, type RolloutCounts } from "./rollout-status.ts";

export interface RolloutOptions {
  readonly clock: CutoverClock;
  /** Starts a pod of this Deployment as it stands. */
  readonly startPod: (deployment: KubernetesObject, template: PodTemplate, hash: string) => Pod;
  readonly setStatus: (status: Readonly<Record<string, unknown>>) => void;
  /** Called when it may have begun or ended to wait only. */
  readonly moved: () => void;
}

const SURGE = 1;

/**
 * Brings the pods of one Deployment to its spec: at most one more than desired, and never fewer ready
 * ones than desired on its own account.
 */
export class Rollout {
  readonly #options: RolloutOptions;
  readonly #pods = new Map<Pod, string>();
  readonly #deadline: ProgressDeadline;
  #deployment: KubernetesObject;
  #spec: DeploymentSpec;
  #hash: string;
  #complete = false;
  #expired = false;
  #stopLooking: () => void = () => undefined;
  #written = "";
  #stopped = false;
  #stepping = false;
  #stepAgain = false;

  constructor(deployment: KubernetesObject, options: RolloutOptions) {
    this.#options = options;
    this.#deployment = deployment;
    this.#spec = deploymentSpec(deployment);
    this.#hash = templateHash(deployment.spec?.template);
    this.#deadline = new ProgressDeadline(options.clock, () => {
      this.#expired = true;
      this.reconcile();
    });
    this.#begin();
  }

  get deployment(): KubernetesObject {
    return this.#deployment;
  }

  /** Pods as the spec wants them. */
  get desired(): number {
    return this.#spec.replicas;
  }

  /** Not finished, and nothing happens before a back-off or the deadline has passed. */
  get onlyWaiting(): boolean {
    if (this.#complete || this.#expired || this.#stopped) return false;
    const unavailable = this.#present().filter((pod) => !this.#isAvailable(pod));
    return unavailable.length > 0 && unavailable.every((pod) => pod.onlyWaiting || pod.ready);
  }

  /** Not finished yet, and its deadline has not passed. */
  get unfinished(): boolean {
    return !this.#complete && !this.#expired && !this.#stopped;
  }

  /** Why its pods are not ready. */
  get failures(): readonly string[] {
    return this.#present().flatMap((pod) => pod.failure ?? []);
  }

  /** Takes over a new version of the Deployment. */
  follow(deployment: KubernetesObject): void {
    this.#deployment = deployment;
    this.#spec = deploymentSpec(deployment);
    this.#hash = templateHash(deployment.spec?.template);
    this.#complete = false;
    this.#expired = false;
    this.#begin();
  }

  /** Takes the next step that is possible now, and writes the status. */
  reconcile(): void {
    // A step itself changes pods, which calls for a step: that one comes after it, not inside it.
    this.#stepAgain = true;
    if (this.#stepping) return;
    this.#stepping = true;
    while (this.#stepAgain && !this.#stopped) {
      this.#stepAgain = false;
      this.#step();
    }
    this.#stepping = false;
  }

  /** Ends all pods. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#deadline.stop();
    this.#stopLooking();
    await Promise.all([...this.#pods.keys()].map((pod) => pod.terminate()));
  }

  #begin(): void {
    const { minReadySeconds, progressDeadlineSeconds } = this.#spec;
    this.#deadline.start(progressDeadlineSeconds * 1_000);
    this.#stopLooking();
    // A pod turns available by waiting alone, which nothing announces.
    if (minReadySeconds > 0) {
      this.#stopLooking = this.#options.clock.every(1_000, () => {
        this.reconcile();
      });
    }
    this.reconcile();
  }

  #step(): void {
    const { replicas } = this.#spec;
    const updated = this.#present(true);
    const old = this.#present(false);
    const room = Math.min(
      replicas - updated.length,
      replicas + (old.length > 0 ? SURGE : 0) - updated.length - old.length,
    );
    for (let count = 0; count < room; count += 1) {
      const { template } = this.#spec;
      this.#pods.set(this.#options.startPod(this.#deployment, template, this.#hash), this.#hash);
    }
    this.#endSurplus(updated, Math.max(0, updated.length - replicas));
    const ready = this.#present().filter((pod) => this.#isAvailable(pod)).length;
    this.#endSurplus(old, old.filter((pod) => !pod.ready).length + Math.max(0, ready - replicas));
    this.#judge();
  }

  #present(current?: boolean): Pod[] {
    return [...this.#pods].flatMap(([pod, hash]) =>
      pod.terminating || (current !== undefined && (hash === this.#hash) !== current) ? [] : [pod],
    );
  }

  #isAvailable(pod: Pod): boolean {
    return pod.availableAfter(this.#spec.minReadySeconds);
  }

  /** Ends so many pods: those that serve nobody first, then the youngest. */
  #endSurplus(pods: readonly Pod[], count: number): void {
    const order = [...pods].reverse().sort((a, b) => Number(a.ready) - Number(b.ready));
    for (const pod of order.slice(0, count)) {
      void pod.terminate().then(() => {
        this.#pods.delete(pod);
        this.reconcile();
      });
    }
  }

  #judge(): void {
    const { replicas } = this.#spec;
    const updated = this.#present(true);
    const present = this.#present();
    const available = present.filter((pod) => this.#isAvailable(pod)).length;
    const old = this.#pods.size - updated.length;
    const updatedAvailable = updated.filter((pod) => this.#isAvailable(pod)).length;
    if (!this.#complete && !this.#expired) {
      this.#complete =
        updated.length === replicas && updatedAvailable === replicas && present.length === replicas;
      if (this.#complete) this.#deadline.stop();
      else this.#deadline.note({ updated: updated.length, available, old });
    }
    this.#write({
      generation: this.#deployment.metadata.generation ?? 1,
      desired: replicas,
      replicas: present.length,
      updated: updated.length,
      ready: present.filter((pod) => pod.ready).length,
      available,
      progress: this.#progress(available),
      replicaSet: `${this.#deployment.metadata.name}-${this.#hash}`,
    });
    this.#options.moved();
  }

  #progress(available: number): RolloutCounts["progress"] {
    if (this.#expired) return "deadline exceeded";
    if (this.#complete) return "complete";
    return available === 0 ? "created" : "under way";
  }

  #write(counts: RolloutCounts): void {
    const status = rolloutStatus(counts);
    const text = JSON.stringify(status);
    if (text === this.#written) return;
    this.#written = text;
    this.#options.setStatus(status);
  }
}
