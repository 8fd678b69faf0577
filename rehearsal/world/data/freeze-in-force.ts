import { freezeOf, type Freeze } from "../../../definition/freeze.ts";
import type { CutoverClock } from "../../clock.ts";
import type { ObjectReference, ObjectStore } from "../kubernetes-object.ts";

/** Reads a Lease as those who follow it do: the freeze that it holds, unless its time is over. */
export const freezeInForce = (
  store: Pick<ObjectStore, "get">,
  lease: Pick<ObjectReference, "namespace" | "name">,
  clock: CutoverClock,
): (() => Freeze | undefined) => {
  const reference = { apiVersion: "coordination.k8s.io/v1", kind: "Lease", ...lease };
  return () => {
    const freeze = freezeOf(store.get(reference)?.spec ?? {});
    return freeze !== undefined && clock.now() < freeze.ends ? freeze : undefined;
  };
};
