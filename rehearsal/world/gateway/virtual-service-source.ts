import type { RouteSource } from "./route-source.ts";
import { compileRouteTable } from "./route-table.ts";

/** A VirtualService: by its name, or by a host that it lists. */
export type VirtualServiceChoice =
  { readonly namespace: string; readonly name: string } | { readonly host: string };

/** Follows Istio's VirtualService. */
export const virtualServiceSource = (choice: VirtualServiceChoice): RouteSource => ({
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  alsoHears: [],
  isChosen: ({ metadata, spec }) =>
    "host" in choice
      ? Array.isArray(spec?.hosts) && spec.hosts.includes(choice.host)
      : metadata.name === choice.name && metadata.namespace === choice.namespace,
  takeUp: compileRouteTable,
});
