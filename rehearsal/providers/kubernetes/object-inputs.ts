import { isRecord, type Properties } from "../property-values.ts";
import type { KubernetesObject, ObjectReference } from "../../world/kubernetes-object.ts";
import { kindOf } from "../../world/api-server/kinds.ts";

/** The `apiVersion` and `kind` that a type token such as `kubernetes:apps/v1:Deployment` stands for. */
export const kindOfToken = (
  token: string,
): { readonly apiVersion: string; readonly kind: string } => {
  const [, version = "", kind = ""] = token.split(":");
  // The core group has a name in tokens only.
  return { apiVersion: version.replace(/^core\//, ""), kind };
};

/** Inputs as the object that they describe. */
export const objectOf = (inputs: Properties): KubernetesObject => {
  const { apiVersion, kind, metadata, ...rest } = inputs;
  const named = isRecord(metadata) ? metadata : {};
  return {
    ...rest,
    apiVersion: String(apiVersion),
    kind: String(kind),
    metadata: { ...named, name: typeof named.name === "string" ? named.name : "" },
  };
};

/** What names the object. */
export const referenceOf = ({ apiVersion, kind, metadata }: KubernetesObject): ObjectReference => ({
  apiVersion,
  kind,
  namespace: metadata.namespace ?? "",
  name: metadata.name,
});

/** The object that a type token and an id (`namespace/name`, or `name` alone) name. */
export const referenceOfId = (token: string, id: string): ObjectReference => {
  const { apiVersion, kind } = kindOfToken(token);
  const [first = "", second] = id.split("/");
  if (second !== undefined) return { apiVersion, kind, namespace: first, name: second };
  const namespace = kindOf(apiVersion, kind).namespaced ? "default" : "";
  return { apiVersion, kind, namespace, name: first };
};

/** The id of an object: `namespace/name`, or the name alone where there are no namespaces. */
export const idOf = ({ metadata }: KubernetesObject): string =>
  (metadata.namespace ?? "") === ""
    ? metadata.name
    : `${metadata.namespace ?? ""}/${metadata.name}`;

/** The value of an annotation; annotations that are no strings are left to the API server to refuse. */
export const annotationOf = (object: KubernetesObject, name: string): string | undefined => {
  const value: unknown = object.metadata.annotations?.[name];
  return typeof value === "string" ? value : undefined;
};
