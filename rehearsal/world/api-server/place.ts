import { ApiError, type KubernetesObject, type ObjectReference } from "../kubernetes-object.ts";
import { kindOf, resourceName, type Kind } from "./kinds.ts";

/** Where an object is kept. */
export interface Place {
  readonly kind: Kind;
  /** Empty for kinds that belong to no namespace. */
  readonly namespace: string;
  readonly name: string;
}

/** One string for each place. */
export const keyOf = ({ kind, namespace, name }: Place): string =>
  [kind.apiVersion, kind.kind, namespace, name].join("\n");

/** Where an object belongs. @throws ApiError 404 for an unknown kind. */
export const placeOf = (object: KubernetesObject): Place => {
  const kind = kindOf(object.apiVersion, object.kind);
  const { name, namespace = "" } = object.metadata;
  return { kind, namespace, name };
};

/** Where the object that a reference names is kept. @throws ApiError 404 for an unknown kind. */
export const placeOfReference = ({ apiVersion, kind, namespace, name }: ObjectReference): Place => {
  const known = kindOf(apiVersion, kind);
  return { kind: known, namespace: known.namespaced ? namespace : "", name };
};

/** Nothing is kept there. */
export const notFound = ({ kind, name }: Place): ApiError =>
  new ApiError(404, "NotFound", `${resourceName(kind, name)} not found`);

/** What is kept there is another version, or another object, than the writer knew. */
export const conflict = ({ kind, name }: Place): ApiError =>
  new ApiError(
    409,
    "Conflict",
    `Operation cannot be fulfilled on ${resourceName(kind, name)}: the object has been modified; please apply your changes to the latest version and try again`,
  );
