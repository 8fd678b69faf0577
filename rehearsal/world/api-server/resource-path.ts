import { kinds, type Kind } from "./kinds.ts";

/** What a REST path means: a collection when it has no name. */
export interface ResourcePath {
  readonly kind: Kind;
  /** Left out for the objects of every namespace. */
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: string;
}

const find = (apiVersion: string, plural: string | undefined): Kind | undefined =>
  kinds.find((kind) => kind.apiVersion === apiVersion && kind.plural === plural);

/** Reads `/apis/apps/v1/namespaces/production/deployments/lms-green` and its like. */
export const resourcePath = (path: string): ResourcePath | undefined => {
  const parts = path
    .split("/")
    .filter((part) => part !== "")
    .map(decodeURIComponent);
  const [root, ...rest] = parts;
  const apiVersion = root === "api" ? rest[0] : rest.slice(0, 2).join("/");
  if ((root !== "api" && root !== "apis") || apiVersion === undefined) return undefined;
  const below = rest.slice(root === "api" ? 1 : 2);
  const [first, namespace, plural, name, subresource] = below;
  const namespaced = first === "namespaces" ? find(apiVersion, plural) : undefined;
  if (namespaced?.namespaced === true && namespace !== undefined) {
    return {
      kind: namespaced,
      namespace,
      ...(name === undefined ? {} : { name }),
      ...(subresource === undefined ? {} : { subresource }),
    };
  }
  const kind = find(apiVersion, first);
  if (kind === undefined || (kind.namespaced && below.length > 1)) return undefined;
  const [, own, part] = below;
  return {
    kind,
    ...(own === undefined ? {} : { name: own }),
    ...(part === undefined ? {} : { subresource: part }),
  };
};
