import { errors, Pool } from "undici";
import type { TryOutcome } from "./retry-policy.ts";

/** A request as the gateway sends it on, with its whole body so that it can be sent again. */
export interface ForwardedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer | undefined;
}

export interface UpstreamAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** What one try came to, with the answer when there is one. */
export type Try =
  | { readonly outcome: Extract<TryOutcome, { kind: "answer" }>; readonly answer: UpstreamAnswer }
  | { readonly outcome: Exclude<TryOutcome, { kind: "answer" }> };

const NOT_CONNECTED: readonly unknown[] = [
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
];

/** Connections to pods, kept alive as long as the pod is an endpoint. */
export class Upstreams {
  readonly #pools = new Map<string, Pool>();
  readonly #closing = new Set<Promise<void>>();

  /** Sends a request to a pod once; the whole answer must be there within the timeout, or it is cut. */
  async send(
    origin: string,
    { method, url, headers, body }: ForwardedRequest,
    timeoutMilliseconds: number | undefined,
    cancelled: AbortSignal,
  ): Promise<Try> {
    const expired = new AbortController();
    const cut = (): void => {
      expired.abort();
    };
    cancelled.addEventListener("abort", cut);
    const timer =
      timeoutMilliseconds === undefined ? undefined : setTimeout(cut, timeoutMilliseconds);
    try {
      const response = await this.#pool(origin).request({
        method,
        path: url,
        headers,
        body: body ?? null,
        signal: expired.signal,
      });
      const answer = {
        status: response.statusCode,
        headers: response.headers,
        body: Buffer.from(await response.body.arrayBuffer()),
      };
      return { outcome: { kind: "answer", status: answer.status }, answer };
    } catch (error) {
      if (expired.signal.aborted) return { outcome: { kind: "timeout" } };
      return { outcome: { kind: connected(error) ? "reset" : "connect-failure" } };
    } finally {
      clearTimeout(timer);
      cancelled.removeEventListener("abort", cut);
    }
  }

  /** Lets go of pods that are endpoints no longer; what is in flight to them ends normally. */
  keepOnly(origins: ReadonlySet<string>): void {
    for (const [origin, pool] of this.#pools) {
      if (origins.has(origin)) continue;
      this.#pools.delete(origin);
      this.#release(pool.close());
    }
  }

  /** Cuts everything. */
  async stop(): Promise<void> {
    for (const pool of this.#pools.values()) this.#release(pool.destroy());
    this.#pools.clear();
    await Promise.all(this.#closing);
  }

  #pool(origin: string): Pool {
    const known = this.#pools.get(origin);
    if (known !== undefined) return known;
    // The route's timeouts alone count: undici's own would cut answers that the route allows.
    const pool = new Pool(origin, { pipelining: 1, headersTimeout: 0, bodyTimeout: 0 });
    this.#pools.set(origin, pool);
    return pool;
  }

  #release(closing: Promise<void>): void {
    this.#closing.add(closing);
    void closing.finally(() => this.#closing.delete(closing));
  }
}

const connected = (error: unknown): boolean => {
  if (error instanceof errors.ConnectTimeoutError) return false;
  return !(error instanceof Error && "code" in error && NOT_CONNECTED.includes(error.code));
};
