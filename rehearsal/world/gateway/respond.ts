import type { ServerResponse } from "node:http";
import type { Forwarded } from "./forward.ts";
import { changedHeaders } from "./header-changes.ts";
import type { HeaderChanges } from "./virtual-service.ts";

/** Gives the caller what its request came to; an answer of the gateway's own is JSON with an `error`. */
export const respond = (
  response: ServerResponse,
  { status, flags, answer }: Forwarded,
  changes: readonly HeaderChanges[],
): void => {
  if (response.destroyed) return;
  const body =
    answer?.body ?? Buffer.from(JSON.stringify({ error: "no answer from upstream", flags }));
  response.writeHead(status, {
    ...changedHeaders(answer?.headers ?? { "content-type": "application/json" }, changes),
    "content-length": body.length,
    "x-response-flags": flags,
  });
  response.end(body);
};
