import { get } from "node:http";
import type { ReadinessProbe } from "./pod-template.ts";

/** Calls a readiness probe over HTTP; undefined when it passes, else why not, in the kubelet's words. */
export const readiness = async (
  probe: ReadinessProbe | undefined,
  origin: string,
): Promise<string | undefined> => {
  const httpGet = probe?.httpGet;
  // Without an HTTP probe a running container counts as ready.
  if (probe === undefined || httpGet === undefined) return undefined;
  return new Promise((resolve) => {
    const request = get(
      new URL(httpGet.path, origin),
      {
        agent: false,
        headers: { "user-agent": "kube-probe/1.33" },
        timeout: probe.timeoutSeconds * 1_000,
      },
      (response) => {
        const { statusCode = 0 } = response;
        response.resume();
        const passed = statusCode >= 200 && statusCode < 400;
        resolve(passed ? undefined : `HTTP probe failed with statuscode: ${statusCode}`);
      },
    );
    request.on("timeout", () => request.destroy(new Error("context deadline exceeded")));
    request.on("error", (error) => {
      resolve(`Get "${httpGet.path}": ${error.message}`);
    });
  });
};
