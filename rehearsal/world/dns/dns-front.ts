import type { IncomingMessage, ServerResponse } from "node:http";
import { LoopbackServer } from "../application/loopback-server.ts";
import type { Side } from "../behaviour.ts";
import { DestinationResolver } from "../gateway/destination-resolver.ts";
import { forward, type Forwarded } from "../gateway/forward.ts";
import { gatewayMetrics } from "../gateway/gateway-metrics.ts";
import { changedHeaders } from "../gateway/header-changes.ts";
import { requestBody } from "../gateway/request-body.ts";
import { respond } from "../gateway/respond.ts";
import { retryPolicy } from "../gateway/retry-policy.ts";
import { Upstreams } from "../gateway/upstreams.ts";
import type { ObjectStore } from "../kubernetes-object.ts";
import type { PodDirectory, PodEndpoint } from "../pods/pod-directory.ts";

export interface DnsFrontOptions {
  readonly store: ObjectStore;
  readonly directory: PodDirectory;
  readonly namespace: string;
  /** The Service behind each side's address. */
  readonly services: Readonly<Record<Side, string>>;
  /** Where one client's connection or resolver sends it now; undefined when it learns no address. */
  readonly sideForSomebody: () => Promise<Side | undefined>;
  /** Uniform in [0, 1): draws pauses between tries. */
  readonly random: () => number;
}

/** Nobody can be asked: the name leads nowhere. */
const notResolved: Forwarded = { status: 503, flags: "NR", answer: undefined, pod: undefined };

/**
 * The way from clients to the two sides where nothing but DNS splits them: each request is some client's, who
 * goes to the load balancer at the address that its resolver told it, now or when it opened the connection that it keeps.
 */
export class DnsFront {
  readonly #options: DnsFrontOptions;
  readonly #resolver: DestinationResolver;
  readonly #upstreams = new Upstreams();
  readonly #metrics = gatewayMetrics();
  readonly #stopFollowing: readonly (() => void)[];
  #servers: readonly LoopbackServer[] = [];
  #turn = 0;

  private constructor(options: DnsFrontOptions) {
    const { store, directory } = options;
    this.#options = options;
    this.#resolver = new DestinationResolver(store, directory);
    this.#stopFollowing = [
      store.watch(({ object }) => {
        if (object.kind === "Service") this.#resolver.forget();
      }),
      directory.onChange(() => {
        const ready = directory.pods.flatMap((pod) => (pod.ready ? (pod.origin ?? []) : []));
        this.#upstreams.keepOnly(new Set(ready));
      }),
    ];
  }

  static async start(options: DnsFrontOptions): Promise<DnsFront> {
    const front = new DnsFront(options);
    front.#servers = [
      await LoopbackServer.start((request, response) => {
        front.#serve(request, response).catch(() => response.destroy());
      }),
      await LoopbackServer.start((_, response) => {
        void front.#metrics.text().then((text) => {
          response.setHeader("content-type", "text/plain; version=0.0.4").end(text);
        });
      }),
    ];
    return front;
  }

  /** Where clients begin: `http://127.0.0.1:PORT`. */
  get url(): string {
    return this.#servers[0]?.origin ?? "";
  }

  /** Where the load balancers' metrics are, at the path `/metrics`. */
  get adminUrl(): string {
    return this.#servers[1]?.origin ?? "";
  }

  async stop(): Promise<void> {
    for (const stop of this.#stopFollowing) stop();
    await Promise.all(this.#servers.map((server) => server.stop()));
    await this.#upstreams.stop();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedAt = performance.now();
    const gone = new AbortController();
    response.once("close", () => {
      gone.abort();
    });
    const body = await requestBody(request);
    const side = await this.#options.sideForSomebody();
    const { namespace, services } = this.#options;
    const { method = "GET", url = "/", headers } = request;
    const result =
      side === undefined
        ? notResolved
        : await forward(
            { method, url, headers: changedHeaders(headers, []), body },
            {
              candidates: () => this.#candidates(services[side]),
              send: (...one) => this.#upstreams.send(...one),
              retry: retryPolicy({}),
              timeoutMilliseconds: undefined,
              random: this.#options.random,
              signal: gone.signal,
            },
          );
    const workload = result.pod?.workload ?? (side === undefined ? "unknown" : services[side]);
    const { status, flags } = result;
    const milliseconds = performance.now() - startedAt;
    this.#metrics.answered({ workload, namespace, status, flags, milliseconds });
    respond(response, result, []);
  }

  /** The ready pods of a side, beginning with the next one in turn. */
  #candidates(host: string): readonly PodEndpoint[] {
    const { namespace } = this.#options;
    const pods = this.#resolver.resolve({ host, subset: undefined, namespace });
    this.#turn += 1;
    const first = pods.length === 0 ? 0 : this.#turn % pods.length;
    return [...pods.slice(first), ...pods.slice(0, first)];
  }
}
