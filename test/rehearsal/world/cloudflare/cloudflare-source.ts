import { onTestFinished } from "vitest";
import { LoopbackServer } from "../../../../rehearsal/world/application/loopback-server.ts";
import { cloudflareApi } from "../../../../rehearsal/world/cloudflare/cloudflare-api.ts";
import type { Pair } from "./cloudflare-world.ts";

/** Serves an account's API, for one test. @returns its address, version included. */
export const cloudflareSource = async ({ account, health }: Pair): Promise<string> => {
  const api = cloudflareApi(account, health);
  const server = await LoopbackServer.start((request, response) => {
    if (!api(request, response, request.url ?? "/")) response.writeHead(404).end();
  });
  onTestFinished(() => server.stop());
  return `${server.origin}/client/v4`;
};
