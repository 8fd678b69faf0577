import type { Open } from "./tbd.ts";
import type { Duration } from "./units.ts";

/** A container image, always by digest: a tag can be moved after the tests. */
export interface Image {
  readonly repository: string;
  readonly tag: Open<string>;
  /** `sha256:…`, recorded when the artifact was built. */
  readonly digest: Open<string>;
}

/** One side of the cutover. */
export interface Environment {
  /** Name of its Deployment and its Service. */
  readonly name: string;
  readonly image: Image;
  /** What its health endpoint must say. */
  readonly version: Open<string>;
  /**
   * Where it answers past whatever splits the traffic: `https://` with a host, and a port where it is not
   * 443, as seen from where gates and smoke tests run.
   */
  readonly address: Open<string>;
  /**
   * Who declares it: this project unless said. One that is owned `elsewhere` is taken as it stands, by its
   * name: nothing of it is created, changed or removed here, and its retention is its owner's.
   */
  readonly owner?: "here" | "elsewhere";
}

/** What both sides have in common. */
export interface Workload {
  readonly namespace: string;
  readonly container: string;
  readonly port: number;
  readonly replicas: { readonly least: number; readonly most: number };
  readonly resources: {
    readonly requests: { readonly cpu: string; readonly memory: string };
    readonly limits: { readonly cpu: string; readonly memory: string };
  };
  readonly health: HealthEndpoint;
  /** A rollout that is not complete by then has failed. */
  readonly rolloutWithin: Duration;
  readonly drainFor: Duration;
}

/** The endpoint that says whether a side is fit for traffic. */
export interface HealthEndpoint {
  readonly path: string;
  /** Fields of the answer and what they must say; the version is that of the side. */
  readonly expects: Readonly<Record<string, string>>;
  /** Fields that must be there, whatever they say. */
  readonly reports: readonly string[];
  /** Services that green needs and must have reached before it gets traffic: each a field that says `connected`. */
  readonly dependencies: Open<readonly string[]>;
  readonly statusPath: string;
}
