import { kinds } from "./kinds.ts";

const verbs = ["create", "delete", "get", "list", "patch", "update"];

const groups = [...new Set(kinds.map(({ apiVersion }) => apiVersion))]
  .filter((apiVersion) => apiVersion.includes("/"))
  .map((apiVersion) => {
    const [name = "", version = ""] = apiVersion.split("/");
    const only = { groupVersion: apiVersion, version };
    return { name, versions: [only], preferredVersion: only };
  });

const resourceList = (groupVersion: string): object | undefined => {
  const resources = kinds
    .filter(({ apiVersion }) => apiVersion === groupVersion)
    .map(({ plural, kind, namespaced }) => ({
      name: plural,
      singularName: kind.toLowerCase(),
      namespaced,
      kind,
      verbs,
    }));
  return resources.length === 0
    ? undefined
    : { kind: "APIResourceList", apiVersion: "v1", groupVersion, resources };
};

/** The documents by which clients find out what an API server knows; `undefined` for other paths. */
export const discovery = (path: string): object | undefined => {
  const [root, ...rest] = path.split("/").filter((part) => part !== "");
  if (root === "version" && rest.length === 0) {
    return { major: "1", minor: "33", gitVersion: "v1.33.0", platform: "linux/amd64" };
  }
  if (root === "api") {
    return rest.length === 0
      ? { kind: "APIVersions", versions: ["v1"], serverAddressByClientCIDRs: [] }
      : resourceList(rest.join("/"));
  }
  if (root !== "apis") return undefined;
  if (rest.length === 0) return { kind: "APIGroupList", apiVersion: "v1", groups };
  const group = groups.find(({ name }) => name === rest.join("/"));
  return group === undefined
    ? resourceList(rest.join("/"))
    : { kind: "APIGroup", apiVersion: "v1", ...group };
};
