import { request as send, type IncomingMessage, type ServerResponse } from "node:http";
import type { SettledSystem } from "../../definition/system.ts";
import { DestinationResolver } from "./gateway/destination-resolver.ts";
import type { ObjectStore } from "./kubernetes-object.ts";
import type { PodDirectory } from "./pods/pod-directory.ts";

/** Answers in the place of each side's own address, below its name: `/lms-green/api/health`. */
export const sideAddresses = (
  { environments, workload }: SettledSystem,
  store: ObjectStore,
  directory: PodDirectory,
): ((request: IncomingMessage, response: ServerResponse, path: string) => boolean) => {
  const resolver = new DestinationResolver(store, directory);
  const sides = [environments.blue.name, environments.green.name];
  return (request, response, path) => {
    const side = sides.find((name) => path.startsWith(`/${name}/`));
    if (side === undefined) return false;
    // Services come and go without a change of any pod.
    resolver.forget();
    const pods = resolver.resolve({ host: side, subset: undefined, namespace: workload.namespace });
    const origin = pods[0]?.origin;
    if (origin === undefined) {
      response.writeHead(503).end();
      return true;
    }
    const { method, headers } = request;
    const asked = send(
      `${origin}${path.slice(side.length + 1)}`,
      // No user's request: like a probe, it counts in no share.
      { method, headers: { ...headers, "user-agent": "kube-probe/own-address" } },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    asked.on("error", () => {
      if (response.headersSent) response.destroy();
      else response.writeHead(502).end();
    });
    request.pipe(asked);
    return true;
  };
};
