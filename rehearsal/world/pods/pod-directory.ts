import type { Side } from "../behaviour.ts";

/** A pod as those see it who send requests to it. */
export interface PodEndpoint {
  readonly name: string;
  readonly namespace: string;
  /** Its Deployment. */
  readonly workload: string;
  /** Undefined for a pod that is of no side. */
  readonly side: Side | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** `http://127.0.0.1:PORT` while its container runs. */
  readonly origin: string | undefined;
  readonly ready: boolean;
}

/** The pods of the cluster: what an endpoints controller derives from pods, kept at each change. */
export class PodDirectory {
  readonly #pods = new Set<PodEndpoint>();
  readonly #listeners = new Set<() => void>();
  #revision = 0;

  /** Grows with each change of a pod or of its readiness. */
  get revision(): number {
    return this.#revision;
  }

  get pods(): readonly PodEndpoint[] {
    return [...this.#pods];
  }

  /** The ready pods of a namespace that carry all labels of `selector`. */
  ready(namespace: string, selector: Readonly<Record<string, string>>): readonly PodEndpoint[] {
    const wanted = Object.entries(selector);
    return this.pods.filter(
      (pod) =>
        pod.ready &&
        pod.origin !== undefined &&
        pod.namespace === namespace &&
        wanted.every(([label, value]) => pod.labels[label] === value),
    );
  }

  add(pod: PodEndpoint): void {
    this.#pods.add(pod);
    this.changed();
  }

  remove(pod: PodEndpoint): void {
    this.#pods.delete(pod);
    this.changed();
  }

  /** To be called after a pod changed. */
  changed(): void {
    this.#revision += 1;
    for (const listener of [...this.#listeners]) listener();
  }

  /** Calls `listener` after each change; returns the way to stop that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
