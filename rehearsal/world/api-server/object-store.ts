import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { CutoverClock } from "../../clock.ts";
import {
  ApiError,
  type KubernetesObject,
  type ObjectChange,
  type ObjectMetadata,
  type ObjectReference,
  type ObjectStore,
} from "../kubernetes-object.ts";
import { clusterAddress, withDefaults } from "./defaults.ts";
import { kindOf, resourceName } from "./kinds.ts";
import { conflict, keyOf, notFound, placeOf, placeOfReference, type Place } from "./place.ts";
import { plainObject } from "./plain-object.ts";
import { validate } from "./validation.ts";

const content = ({ metadata: _metadata, status: _status, ...rest }: KubernetesObject): unknown =>
  rest;

/** The cluster's objects in memory, checked and versioned as an API server does. */
export class MemoryObjectStore implements ObjectStore {
  readonly #clock: CutoverClock;
  readonly #objects = new Map<string, KubernetesObject>();
  readonly #listeners = new Set<(change: ObjectChange) => void>();
  readonly #unheard: ObjectChange[] = [];
  #telling = false;
  #version = 0;
  #addresses = 0;

  /** @param namespaces those that exist from the start, `default` and `kube-system` besides. */
  constructor(clock: CutoverClock, namespaces: readonly string[] = []) {
    this.#clock = clock;
    for (const name of new Set(["default", "kube-system", ...namespaces])) {
      this.create({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
    }
  }

  create(object: KubernetesObject): KubernetesObject {
    const { place, checked } = this.#checkedNew(plainObject(object));
    const { metadata, status: _status, ...rest } = checked;
    return this.#put(place, { ...rest, metadata: this.#newMetadata(metadata, rest) }, true);
  }

  replace(object: KubernetesObject): KubernetesObject {
    const { place, before, checked } = this.#checkedChange(plainObject(object));
    const { uid, creationTimestamp, generation } = before.metadata;
    const { status: _status, ...rest } = checked;
    const specChanged = !isDeepStrictEqual(content(before), content(checked));
    const metadata = {
      ...checked.metadata,
      uid,
      creationTimestamp,
      resourceVersion: before.metadata.resourceVersion,
      ...(generation === undefined ? {} : { generation: generation + (specChanged ? 1 : 0) }),
    };
    const { status } = before;
    const after = plainObject({ ...rest, metadata, status });
    // As on a real server, a write that changes nothing is no new version and no event.
    if (isDeepStrictEqual(after, before)) return before;
    return this.#put(place, after, specChanged);
  }

  dryRun(object: KubernetesObject): void {
    const plain = plainObject(object);
    if (this.#objects.has(keyOf(placeOf(plain)))) this.#checkedChange(plain);
    else this.#checkedNew(plain);
  }

  setStatus(reference: ObjectReference, status: Readonly<Record<string, unknown>>): void {
    const place = placeOfReference(reference);
    const before = this.#objects.get(keyOf(place));
    if (before === undefined) throw notFound(place);
    const after = plainObject({ ...before, status });
    if (isDeepStrictEqual(after.status, before.status)) return;
    this.#put(place, after, false);
  }

  get(reference: ObjectReference): KubernetesObject | undefined {
    return this.#objects.get(keyOf(placeOfReference(reference)));
  }

  list(apiVersion: string, kind: string, namespace?: string): readonly KubernetesObject[] {
    const known = kindOf(apiVersion, kind);
    return [...this.#objects.values()].filter(
      (object) =>
        object.kind === known.kind &&
        object.apiVersion === known.apiVersion &&
        (namespace === undefined || (object.metadata.namespace ?? "") === namespace),
    );
  }

  delete(reference: ObjectReference): void {
    const place = placeOfReference(reference);
    const object = this.#objects.get(keyOf(place));
    if (object === undefined) throw notFound(place);
    if (object.kind === "Namespace") this.#empty(reference.name);
    this.#objects.delete(keyOf(place));
    this.#tell({ type: "deleted", object });
  }

  watch(listener: (change: ObjectChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #checkedNew(object: KubernetesObject): { place: Place; checked: KubernetesObject } {
    const place = placeOf(object);
    const { kind, namespace, name } = place;
    const checked = withDefaults(object);
    validate(kind, checked, undefined);
    if (this.#objects.has(keyOf(place))) {
      const message = `${resourceName(kind, name)} already exists`;
      throw new ApiError(409, "AlreadyExists", message);
    }
    const home = { apiVersion: "v1", kind: "Namespace", namespace: "", name: namespace };
    if (kind.namespaced && this.get(home) === undefined) {
      throw new ApiError(404, "NotFound", `namespaces "${namespace}" not found`);
    }
    return { place, checked };
  }

  #checkedChange(object: KubernetesObject): {
    place: Place;
    before: KubernetesObject;
    checked: KubernetesObject;
  } {
    const place = placeOf(object);
    const before = this.#objects.get(keyOf(place));
    if (before === undefined) throw notFound(place);
    const { resourceVersion, uid } = object.metadata;
    if ((uid ?? before.metadata.uid) !== before.metadata.uid) throw conflict(place);
    if ((resourceVersion ?? before.metadata.resourceVersion) !== before.metadata.resourceVersion) {
      throw conflict(place);
    }
    const clusterIP = before.kind === "Service" ? before.spec?.clusterIP : undefined;
    const checked = withDefaults(
      // Who leaves the address out means the one that the service has.
      clusterIP === undefined ? object : { ...object, spec: { clusterIP, ...object.spec } },
    );
    validate(place.kind, checked, before);
    return { place, before, checked };
  }

  #newMetadata(metadata: ObjectMetadata, rest: Readonly<Record<string, unknown>>): ObjectMetadata {
    return {
      ...metadata,
      uid: randomUUID(),
      creationTimestamp: new Date(this.#clock.now()).toISOString().replace(/\.\d+Z$/, "Z"),
      ...("spec" in rest ? { generation: 1 } : {}),
    };
  }

  #put(place: Place, object: KubernetesObject, specChanged: boolean): KubernetesObject {
    this.#version += 1;
    const stored = plainObject({
      ...this.#withAddress(object),
      metadata: { ...object.metadata, resourceVersion: String(this.#version) },
    });
    this.#objects.set(keyOf(place), stored);
    this.#tell({ type: "applied", object: stored, specChanged });
    return stored;
  }

  #withAddress(object: KubernetesObject): KubernetesObject {
    const { kind, spec } = object;
    if (kind !== "Service" || spec?.type === "ExternalName") return object;
    if (spec?.clusterIP !== undefined && spec.clusterIP !== "") return object;
    this.#addresses += 1;
    return { ...object, spec: { ...spec, clusterIP: clusterAddress(this.#addresses) } };
  }

  #empty(namespace: string): void {
    for (const { apiVersion, kind, metadata } of [...this.#objects.values()]) {
      if (metadata.namespace !== namespace) continue;
      this.delete({ apiVersion, kind, namespace, name: metadata.name });
    }
  }

  /** Listeners may write in turn: what that changes is told after what they hear of now, in order. */
  #tell(change: ObjectChange): void {
    this.#unheard.push(change);
    if (this.#telling) return;
    this.#telling = true;
    try {
      for (let next = this.#unheard.shift(); next !== undefined; next = this.#unheard.shift()) {
        for (const listener of [...this.#listeners]) listener(next);
      }
    } finally {
      this.#telling = false;
    }
  }
}
