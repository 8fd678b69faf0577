import type { LoadBalancing } from "../../world/cloudflare/load-balancing.ts";
import { CloudflareRefusal } from "../../world/cloudflare/refusal.ts";

/** What the stand-ins act on: Cloudflare as one provider configuration may use it. */
export interface CloudflareAccount {
  readonly cloudflare: LoadBalancing;
  /** What the configuration says; the API looks at it. */
  readonly token: string | undefined;
}

/** As often as the provider's client asks again, and the longest pause that it keeps to, seconds. */
const retries = 2;
const longestPauseSeconds = 60;

/**
 * Calls as the provider's client does: over the rate limit it asks again when it is told to, twice at most.
 * @throws CloudflareRefusal in the API's words, with what it was doing before them.
 */
export const called = async <Answer>(
  { cloudflare, token }: CloudflareAccount,
  doing: string,
  call: () => Answer,
  signal: AbortSignal,
): Promise<Answer> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      cloudflare.admit(token);
      return call();
    } catch (error) {
      if (!(error instanceof CloudflareRefusal)) throw error;
      const { status, code, message, retryAfterSeconds: pause = Infinity } = error;
      const again = status === 429 && attempt < retries && pause < longestPauseSeconds;
      if (!again || signal.aborted) {
        const said = `failed to make http request: ${doing}: ${String(status)}: ${message}`;
        throw new CloudflareRefusal(status, code, said);
      }
      await cloudflare.clock.sleep(1_000 * pause, signal);
    }
  }
};
