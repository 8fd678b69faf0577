import { ApiError, type KubernetesObject } from "../kubernetes-object.ts";
import { jsonPatch, mergePatch } from "./patches.ts";
import type { ResourcePath } from "./resource-path.ts";

/** The value of a JSON body. @throws ApiError 400 when it is none. */
export const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw new ApiError(400, "BadRequest", "the object provided is unrecognized: it is no JSON");
  }
};

/** A live object with the patch of a body applied. @throws ApiError 415 for other kinds of patches. */
export const patched = (live: KubernetesObject, contentType: string, body: string): unknown => {
  if (contentType === "application/json-patch+json") return jsonPatch(live, parsed(body));
  if (contentType === "application/merge-patch+json") return mergePatch(live, parsed(body));
  throw new ApiError(
    415,
    "UnsupportedMediaType",
    `the body of the request was in an unknown format (${contentType}) - accepted media types include: application/json-patch+json, application/merge-patch+json`,
  );
};

/**
 * The object of a body, which may leave to the path what the path says.
 * @throws ApiError 400 when they contradict each other.
 */
export const objectFrom = (
  given: unknown,
  { kind, namespace, name }: ResourcePath,
): KubernetesObject => {
  const { metadata = {}, ...rest } = given as Partial<KubernetesObject>;
  const named: Partial<KubernetesObject["metadata"]> = metadata;
  if (name !== undefined && (named.name ?? name) !== name) {
    throw new ApiError(
      400,
      "BadRequest",
      `the name of the object (${String(named.name)}) does not match the name on the URL (${name})`,
    );
  }
  if (namespace !== undefined && (named.namespace ?? namespace) !== namespace) {
    throw new ApiError(
      400,
      "BadRequest",
      "the namespace of the provided object does not match the namespace sent on the request",
    );
  }
  return {
    ...rest,
    apiVersion: rest.apiVersion ?? kind.apiVersion,
    kind: rest.kind ?? kind.kind,
    metadata: {
      ...named,
      name: name ?? named.name ?? "",
      ...(namespace === undefined ? {} : { namespace }),
    },
  };
};
