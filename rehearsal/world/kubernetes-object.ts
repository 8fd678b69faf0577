/** A Kubernetes object as the API server stores and returns it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMetadata;
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

export interface ObjectMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  /** Grows with each change of `spec`. */
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** What names one object: `networking.istio.io/v1`, `VirtualService`, `production`, `lms-vs`. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

export type ObjectChange =
  | { readonly type: "applied"; readonly object: KubernetesObject; readonly specChanged: boolean }
  | { readonly type: "deleted"; readonly object: KubernetesObject };

/** The objects of the cluster, as controllers, the gateway and the stand-in provider share them. */
export interface ObjectStore {
  /** @throws ApiError 409 when it exists, 422 when it is not valid. */
  create(object: KubernetesObject): KubernetesObject;
  /** @throws ApiError 404, 409 on a stale `resourceVersion`, 422 when invalid or an immutable field changed. */
  replace(object: KubernetesObject): KubernetesObject;
  /** Checks as `create` or `replace` would, and stores nothing. */
  dryRun(object: KubernetesObject): void;
  /** Written by controllers only; does not count as a change of `spec`. */
  setStatus(reference: ObjectReference, status: Readonly<Record<string, unknown>>): void;
  get(reference: ObjectReference): KubernetesObject | undefined;
  list(apiVersion: string, kind: string, namespace?: string): readonly KubernetesObject[];
  /** @throws ApiError 404. */
  delete(reference: ObjectReference): void;
  /** Hears of each change after it is stored; returns the way to stop that. */
  watch(listener: (change: ObjectChange) => void): () => void;
}

/** An answer of the API server that is not success, in Kubernetes' own terms. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly reason: string;
  constructor(status: number, reason: string, message: string) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}
