import { freezeOf, frozenSoFar, type Freeze } from "../../../definition/freeze.ts";
import type { CutoverClock } from "../../clock.ts";
import type { KubernetesObject, ObjectReference, ObjectStore } from "../kubernetes-object.ts";

type Store = Pick<ObjectStore, "get">;
type LeaseName = Pick<ObjectReference, "namespace" | "name">;

const lease = (store: Store, name: LeaseName): KubernetesObject | undefined =>
  store.get({ apiVersion: "coordination.k8s.io/v1", kind: "Lease", ...name });

/** Reads a Lease as those who follow it do: the freeze that it holds, unless its time is over. */
export const freezeInForce =
  (store: Store, name: LeaseName, clock: CutoverClock): (() => Freeze | undefined) =>
  () => {
    const freeze = freezeOf(lease(store, name)?.spec ?? {});
    return freeze !== undefined && clock.now() < freeze.ends ? freeze : undefined;
  };

/** How long all freezes of a Lease have lasted by now, cutover milliseconds. */
export const frozenByNow = (store: Store, name: LeaseName, clock: CutoverClock): number =>
  frozenSoFar(lease(store, name) ?? {}, clock.now());
