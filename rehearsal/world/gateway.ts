import type { IncomingMessage, ServerResponse } from "node:http";
import { LoopbackServer } from "./application/loopback-server.ts";
import type { Side } from "./behaviour.ts";
import { serviceOf, type Destination } from "./gateway/destination-resolver.ts";
import { forward, type Forwarded } from "./gateway/forward.ts";
import { gatewayMetrics } from "./gateway/gateway-metrics.ts";
import { changedHeaders } from "./gateway/header-changes.ts";
import { requestBody } from "./gateway/request-body.ts";
import { respond } from "./gateway/respond.ts";
import type { Route, RouteTable, WeightedDestination } from "./gateway/route-table.ts";
import { Upstreams } from "./gateway/upstreams.ts";
import { WeightedDeck } from "./gateway/weighted-deck.ts";
import type { PodDirectory, PodEndpoint } from "./pods/pod-directory.ts";

/** The routes in force, replaced as a whole at each change. */
export interface RoutesInForce {
  readonly table: RouteTable;
  /** Why what should be in force is not. */
  readonly problem: string | undefined;
  /** While true, whatever is in force goes on. */
  frozen: boolean;
  stop(): void;
}

/** Finds the pods that a destination's requests may go to now. */
export interface Endpoints {
  resolve(destination: Destination): readonly PodEndpoint[];
  stop(): void;
}

export interface GatewayOptions {
  readonly directory: PodDirectory;
  readonly routes: RoutesInForce;
  readonly endpoints: Endpoints;
  readonly sideOf: (destination: {
    readonly host: string;
    readonly subset: string | undefined;
  }) => Side;
  /** Uniform in [0, 1): draws destinations and retry pauses. */
  readonly random: () => number;
}

/** Weights in force, 0–100. */
export interface AppliedWeights {
  readonly blue: number;
  readonly green: number;
}

/** What a request came to, and who is answerable for it. */
interface Routed {
  readonly result: Forwarded;
  readonly workload: string;
}

const NOBODY = "unknown";
const own = (status: number, flags: string): Routed => ({
  result: { status, flags, answer: undefined, pod: undefined },
  workload: NOBODY,
});

/** The ingress of the world: routes real requests to pods by the routes in force. */
export class Gateway {
  /** Where requests go: `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** Where its metrics are, at the path `/metrics`: `http://127.0.0.1:PORT`. */
  readonly adminUrl: string;
  readonly #options: GatewayOptions;
  readonly #upstreams = new Upstreams();
  readonly #metrics = gatewayMetrics();
  readonly #workloads = new Map<string, string>();
  readonly #decks = new WeakMap<Route, WeightedDeck<WeightedDestination>>();
  readonly #stopFollowing: () => void;
  readonly #servers: readonly LoopbackServer[];
  #turn = 0;

  private constructor(options: GatewayOptions, front: LoopbackServer, admin: LoopbackServer) {
    const { directory } = options;
    this.#options = options;
    this.url = front.origin;
    this.adminUrl = admin.origin;
    this.#servers = [front, admin];
    this.#stopFollowing = directory.onChange(() => {
      const ready = directory.pods.flatMap((pod) => (pod.ready ? (pod.origin ?? []) : []));
      this.#upstreams.keepOnly(new Set(ready));
    });
  }

  /** Listens for requests, and on a second port for `GET /metrics`. */
  static async start(options: GatewayOptions): Promise<Gateway> {
    const front = await LoopbackServer.start((request, response) => {
      gateway.#serve(request, response).catch(() => response.destroy());
    });
    const admin = await LoopbackServer.start((_, response) => {
      void gateway.#metrics.text().then((text) => {
        response.setHeader("content-type", "text/plain; version=0.0.4").end(text);
      });
    });
    const gateway = new Gateway(options, front, admin);
    return gateway;
  }

  /** Why it does not follow what it should as it stands; the version before stays in force. */
  get problem(): string | undefined {
    return this.#options.routes.problem;
  }

  /** While true the gateway goes on as it was, whatever it should do: a silent no-op. */
  get frozen(): boolean {
    return this.#options.routes.frozen;
  }
  set frozen(frozen: boolean) {
    this.#options.routes.frozen = frozen;
  }

  /** The weights by which requests are really routed now, of the first route without conditions. */
  applied(): AppliedWeights {
    const { routes } = this.#options.routes.table;
    const destinations = routes.find((route) => !route.conditional)?.destinations ?? [];
    const total = destinations.reduce((sum, { weight }) => sum + weight, 0);
    const weights = { blue: 0, green: 0 };
    for (const destination of destinations) {
      if (total > 0) {
        weights[this.#options.sideOf(destination)] += (100 * destination.weight) / total;
      }
    }
    return weights;
  }

  async stop(): Promise<void> {
    this.#options.routes.stop();
    this.#options.endpoints.stop();
    this.#stopFollowing();
    await Promise.all(this.#servers.map((server) => server.stop()));
    await this.#upstreams.stop();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedAt = performance.now();
    // The table is read once: a change in the middle of a request belongs to the next one.
    const { routes, namespace } = this.#options.routes.table;
    const { method = "GET", url = "/", headers } = request;
    const route = routes.find((each) => each.matches({ method, url, headers }));
    const destination = route && this.#deckOf(route).draw();
    const gone = new AbortController();
    response.once("close", () => {
      gone.abort();
    });
    const { result, workload } = await this.#route(
      request,
      route,
      destination && { ...destination, namespace },
      gone.signal,
    );
    const milliseconds = performance.now() - startedAt;
    const { status, flags } = result;
    this.#metrics.answered({ workload, namespace, status, flags, milliseconds });
    respond(response, result, destination?.responseHeaders ?? route?.responseHeaders ?? []);
  }

  /** One deck a route, for as long as it stays as it is. */
  #deckOf(route: Route): WeightedDeck<WeightedDestination> {
    const known = this.#decks.get(route);
    if (known !== undefined) return known;
    const deck = new WeightedDeck(route.destinations, this.#options.random);
    this.#decks.set(route, deck);
    return deck;
  }

  async #route(
    request: IncomingMessage,
    route: Route | undefined,
    destination: (WeightedDestination & { readonly namespace: string }) | undefined,
    signal: AbortSignal,
  ): Promise<Routed> {
    const { method = "GET", url = "/", headers } = request;
    const body = await requestBody(request);
    if (route === undefined) return own(404, "NR");
    if (route.directResponse !== undefined) {
      const { status, body: text } = route.directResponse;
      const answer = { status, headers: { "content-type": "text/plain" }, body: Buffer.from(text) };
      return { result: { status, flags: "DI", answer, pod: undefined }, workload: NOBODY };
    }
    // All weights are 0: there is no cluster to choose.
    if (destination === undefined) return own(route.nobodyStatus, "NR");
    const forwarded = {
      ...{ method, url, body },
      headers: changedHeaders(headers, destination.requestHeaders),
    };
    const result = await forward(forwarded, {
      candidates: () => this.#candidates(destination, destination.namespace),
      send: (...one) => this.#upstreams.send(...one),
      retry: route.retry,
      timeoutMilliseconds: route.timeoutMilliseconds,
      random: this.#options.random,
      signal,
    });
    return { result, workload: this.#workloadOf(destination, destination.namespace, result.pod) };
  }

  /** The ready pods, beginning with the next one in turn. */
  #candidates({ host, subset }: WeightedDestination, namespace: string): readonly PodEndpoint[] {
    const pods = this.#options.endpoints.resolve({ host, subset, namespace });
    this.#turn += 1;
    const first = pods.length === 0 ? 0 : this.#turn % pods.length;
    return first === 0 ? pods : [...pods.slice(first), ...pods.slice(0, first)];
  }

  /**
   * Who is answerable for a request. A destination without pods keeps the workload that it last had, so
   * that the failures of a side that is gone are not filed under nobody.
   */
  #workloadOf(
    { host, subset }: WeightedDestination,
    namespace: string,
    pod: PodEndpoint | undefined,
  ): string {
    const key = `${host}/${subset ?? ""}`;
    if (pod !== undefined) this.#workloads.set(key, pod.workload);
    return this.#workloads.get(key) ?? serviceOf(host, namespace).name;
  }
}
