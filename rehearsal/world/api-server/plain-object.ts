import type { KubernetesObject } from "../kubernetes-object.ts";

const freeze = (value: unknown): void => {
  if (typeof value !== "object" || value === null) return;
  Object.values(value).forEach(freeze);
  Object.freeze(value);
};

/** A Kubernetes object as JSON carries it, without what is null, and safe from changes by whoever holds it. */
export const plainObject = (object: object): KubernetesObject => {
  const plain = JSON.parse(
    JSON.stringify(object, (_key, value: unknown) => (value === null ? undefined : value)),
  ) as KubernetesObject;
  freeze(plain);
  return plain;
};
