import { writtenOver } from "../definition/written-over.ts";

/**
 * Annotations of a route in the cluster.
 * @param over version of the route that this write replaces; see {@link writtenOver}.
 */
export const routeAnnotations = (over: string | undefined): Readonly<Record<string, string>> => ({
  // Whoever wrote the weights by hand owns them in the cluster's eyes; the way back must win.
  "pulumi.com/patchForce": "true",
  ...(over !== undefined && { [writtenOver]: over }),
});
