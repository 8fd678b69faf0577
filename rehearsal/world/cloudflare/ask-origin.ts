import { request } from "undici";
import type { PodEndpoint } from "../pods/pod-directory.ts";
import type { AskOrigin } from "./pool-health.ts";

/** As Cloudflare's monitors name themselves. */
const userAgent =
  "Mozilla/5.0 (compatible; Cloudflare-Traffic-Manager/1.0; +https://www.cloudflare.com/traffic-manager/)";

/**
 * Asks what stands before a side, which sends the question to a pod that is ready.
 * @param podAt a ready pod behind an address.
 */
export const askOrigin =
  (podAt: (address: string) => PodEndpoint | undefined): AskOrigin =>
  async (address, { path, header, timeout, retries }) => {
    for (let attempt = 0; attempt <= retries; attempt += 1) {
      const origin = podAt(address)?.origin;
      if (origin === undefined) return undefined;
      try {
        const { statusCode, body } = await request(`${origin}${path}`, {
          headers: { host: header["Host"]?.[0] ?? address, "user-agent": userAgent },
          signal: AbortSignal.timeout(1_000 * timeout),
        });
        await body.dump();
        return statusCode;
      } catch (error) {
        if (!(error instanceof Error) || error.name !== "TimeoutError") return undefined;
      }
    }
    return undefined;
  };
