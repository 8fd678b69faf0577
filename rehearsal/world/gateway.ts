import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import type { Side } from "./behaviour.ts";
import { DestinationResolver, serviceOf } from "./gateway/destination-resolver.ts";
import { forward, type Forwarded } from "./gateway/forward.ts";
import { gatewayMetrics } from "./gateway/gateway-metrics.ts";
import { changedHeaders } from "./gateway/header-changes.ts";
import {
  compileRouteTable,
  type RouteTable,
  type WeightedDestination,
} from "./gateway/route-table.ts";
import { Upstreams } from "./gateway/upstreams.ts";
import { weightedPick } from "./gateway/weighted-pick.ts";
import type { KubernetesObject, ObjectStore } from "./kubernetes-object.ts";
import type { PodDirectory, PodEndpoint } from "./pods/pod-directory.ts";

export interface GatewayOptions {
  readonly store: ObjectStore;
  readonly directory: PodDirectory;
  /** The VirtualService that it follows: by its name, or by a host that it lists. */
  readonly virtualService:
    { readonly namespace: string; readonly name: string } | { readonly host: string };
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

const API_VERSION = "networking.istio.io/v1";
const EMPTY: RouteTable = { namespace: "default", resourceVersion: undefined, routes: [] };

const listen = async (listener: RequestListener): Promise<Server> => {
  const server = createServer({ keepAliveTimeout: 0 }, listener);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return server;
};
const originOf = (server: Server): string =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const close = async (server: Server): Promise<void> => {
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
};

/** The ingress of the world: routes real requests to pods by the VirtualService as it stands. */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #resolver: DestinationResolver;
  readonly #upstreams = new Upstreams();
  readonly #metrics = gatewayMetrics();
  readonly #workloads = new Map<string, string>();
  readonly #servers: Server[] = [];
  readonly #stopFollowing: (() => void)[];
  #table = EMPTY;
  #problem: string | undefined;
  #frozen = false;
  #turn = 0;

  private constructor(options: GatewayOptions) {
    const { store, directory } = options;
    this.#options = options;
    this.#resolver = new DestinationResolver(store, directory);
    this.#stopFollowing = [
      store.watch(({ object }) => {
        if (object.kind === "Service" || object.kind === "DestinationRule") this.#resolver.forget();
        if (object.kind === "VirtualService") this.#follow();
      }),
      directory.onChange(() => {
        const ready = directory.pods.flatMap((pod) => (pod.ready ? (pod.origin ?? []) : []));
        this.#upstreams.keepOnly(new Set(ready));
      }),
    ];
    this.#follow();
  }

  /** Listens for requests, and on a second port for `GET /metrics`. */
  static async start(options: GatewayOptions): Promise<Gateway> {
    const gateway = new Gateway(options);
    gateway.#servers.push(
      await listen((request, response) => void gateway.#serve(request, response)),
      await listen((_, response) => {
        void gateway.#metrics.text().then((text) => {
          response.setHeader("content-type", "text/plain; version=0.0.4").end(text);
        });
      }),
    );
    return gateway;
  }

  /** Where requests go: `http://127.0.0.1:PORT`. */
  get url(): string {
    return this.#origin(0);
  }

  /** Where its metrics are: `http://127.0.0.1:PORT`, path `/metrics`. */
  get adminUrl(): string {
    return this.#origin(1);
  }

  /** Why it does not follow the VirtualService as it stands; the version before stays in force. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** While true the gateway goes on as it was, whatever the VirtualService says: a silent no-op. */
  get frozen(): boolean {
    return this.#frozen;
  }
  set frozen(frozen: boolean) {
    this.#frozen = frozen;
    this.#follow();
  }

  /** The weights by which requests are really routed now, of the first route without conditions. */
  applied(): AppliedWeights {
    const destinations = this.#table.routes.find((route) => !route.conditional)?.destinations ?? [];
    const weights = { blue: 0, green: 0 };
    const total = destinations.reduce((sum, { weight }) => sum + weight, 0);
    for (const destination of destinations) {
      if (total > 0)
        weights[this.#options.sideOf(destination)] += (100 * destination.weight) / total;
    }
    return weights;
  }

  async stop(): Promise<void> {
    for (const stop of this.#stopFollowing) stop();
    await Promise.all(this.#servers.map(close));
    await this.#upstreams.stop();
  }

  #origin(index: number): string {
    const server = this.#servers[index];
    if (server === undefined) throw new Error("the gateway has not started");
    return originOf(server);
  }

  #follow(): void {
    if (this.#frozen) return;
    const found = this.#find();
    try {
      this.#table = found === undefined ? EMPTY : compileRouteTable(found);
      this.#problem = undefined;
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
    }
  }

  #find(): KubernetesObject | undefined {
    const { store, virtualService: wanted } = this.#options;
    return store.list(API_VERSION, "VirtualService").find(({ metadata, spec }) => {
      if (!("host" in wanted)) {
        return metadata.name === wanted.name && metadata.namespace === wanted.namespace;
      }
      return Array.isArray(spec?.hosts) && spec.hosts.includes(wanted.host);
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedAt = performance.now();
    // The table is read once: a change in the middle of a request belongs to the next one.
    const table = this.#table;
    const { method = "GET", url = "/", headers } = request;
    const route = table.routes.find((each) => each.matches({ method, url, headers }));
    const body = await bodyOf(request).catch(() => undefined);
    const destination = route && weightedPick(route.destinations, this.#options.random);
    let result: Forwarded;
    let workload = "unknown";
    if (route?.directResponse !== undefined) {
      const { status, body: text } = route.directResponse;
      const answer = { status, headers: { "content-type": "text/plain" }, body: Buffer.from(text) };
      result = { status, flags: "DI", answer, pod: undefined };
    } else if (route === undefined || destination === undefined) {
      // No route, or one whose weights are all 0: Envoy has no cluster to choose.
      const status = route === undefined ? 404 : 503;
      result = { status, flags: "NR", answer: undefined, pod: undefined };
    } else {
      const forwarded = {
        method,
        url,
        headers: changedHeaders(headers, destination.requestHeaders),
        body,
      };
      result = await forward(forwarded, {
        candidates: () => this.#candidates(destination, table.namespace),
        send: (...one) => this.#upstreams.send(...one),
        retry: route.retry,
        timeoutMilliseconds: route.timeoutMilliseconds,
        random: this.#options.random,
      });
      workload = this.#workloadOf(destination, table.namespace, result.pod);
    }
    const milliseconds = performance.now() - startedAt;
    const { status, flags } = result;
    this.#metrics.answered({ workload, namespace: table.namespace, status, flags, milliseconds });
    respond(response, result, destination?.responseHeaders ?? route?.responseHeaders ?? []);
  }

  /** The ready pods, beginning with the next one in turn. */
  #candidates({ host, subset }: WeightedDestination, namespace: string): readonly PodEndpoint[] {
    const pods = this.#resolver.resolve({ host, subset, namespace });
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

const bodyOf = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  if (
    request.headers["content-length"] === undefined &&
    request.headers["transfer-encoding"] === undefined
  ) {
    return undefined;
  }
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
};

const respond = (
  response: ServerResponse,
  { status, flags, answer }: Forwarded,
  changes: WeightedDestination["responseHeaders"],
): void => {
  const body =
    answer?.body ?? Buffer.from(JSON.stringify({ error: "no answer from upstream", flags }));
  const headers = answer?.headers ?? { "content-type": "application/json" };
  response.writeHead(status, {
    ...changedHeaders(headers, changes),
    "content-length": body.length,
    "x-response-flags": flags,
  });
  response.end(body);
};
