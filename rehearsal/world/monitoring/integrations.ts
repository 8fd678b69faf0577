import { Gauge, Registry } from "prom-client";
import type { ApplicationDatabase, ApplicationStore } from "../application/example-answers.ts";
import { LoopbackServer } from "../application/loopback-server.ts";
import type { SideServices } from "../side-services.ts";

/** A side's store and cache, as integrations of Datadog watch them; none watches a store of documents. */
export interface Integrated extends SideServices {
  /** What the integrations tag their metrics with. */
  readonly service: string;
  readonly store: ApplicationStore;
}

export interface Integrations {
  /** Where their metrics are. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts what tells of databases and caches. A database that does not answer has no metrics. */
export const startIntegrations = async (sides: readonly Integrated[]): Promise<Integrations> => {
  const server = await LoopbackServer.start((_, response) => {
    void metricsOf(sides).then((text) => {
      response.setHeader("content-type", "text/plain; version=0.0.4");
      response.end(text);
    });
  });
  return { url: `${server.origin}/metrics`, stop: () => server.stop() };
};

const metricsOf = async (sides: readonly Integrated[]): Promise<string> => {
  const registry = new Registry();
  const gauge = (name: string, help: string): Gauge =>
    new Gauge({ name, help, labelNames: ["service"], registers: [registry] });
  const connections = gauge("postgresql_connections", "Connections that are open.");
  const mostConnections = gauge("postgresql_max_connections", "Connections that may be open.");
  const memory = gauge("redis_mem_used_bytes", "Memory in use.");
  const mostMemory = gauge("redis_mem_maxmemory_bytes", "Memory that may be used.");
  for (const { service, store, ...side } of sides) {
    memory.set({ service }, side.sessions.used);
    mostMemory.set({ service }, side.sessions.maximum);
    const most = "query" in store ? await mostConnectionsOf(store) : undefined;
    if (most === undefined) continue;
    connections.set({ service }, side.connections.open());
    mostConnections.set({ service }, most);
  }
  return registry.metrics();
};

const mostConnectionsOf = async (database: ApplicationDatabase): Promise<number | undefined> => {
  try {
    const [row] = (await database.query("SHOW max_connections")) as readonly {
      max_connections?: string;
    }[];
    return row?.max_connections === undefined ? undefined : Number(row.max_connections);
  } catch {
    // Cut off: what is missing shows as missing data.
    return undefined;
  }
};
