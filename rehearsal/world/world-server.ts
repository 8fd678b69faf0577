import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { CutoverClock } from "../clock.ts";
import { apiServer } from "./api-server/http.ts";
import type { Database } from "./database.ts";
import { divertPostgres } from "./data/divert-postgres.ts";
import { servePostgres } from "./data/postgres-session.ts";
import type { ObjectStore } from "./kubernetes-object.ts";
import type { Monitoring } from "./monitoring/monitoring.ts";
import type { CloudServices } from "./traffic-front.ts";

export interface WorldServerOptions {
  readonly clock: CutoverClock;
  readonly store: ObjectStore;
  readonly monitoring: Monitoring;
  /** Answers on the sides' own addresses. */
  readonly sides: (request: IncomingMessage, response: ServerResponse, path: string) => boolean;
  /** What else answers, each below a path of its own. */
  readonly apis: CloudServices["apis"];
  /** The store of that name, where it is a Postgres. */
  readonly databaseNamed: (name: string) => Database | undefined;
}

export interface WorldServer {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * One address for everything that a program, a pack or a person asks of the world: `/clock`, the
 * Kubernetes API below `/kubernetes`, Datadog's below `/datadog`, those of clouds and of Prometheus below their own
 * paths, and each side below `/sides`; a client of Postgres gets the store whose name it asks for.
 */
export const startWorldServer = async ({
  clock,
  store,
  monitoring,
  sides,
  apis,
  databaseNamed,
}: WorldServerOptions): Promise<WorldServer> => {
  const kubernetes = apiServer(store);
  const answered = async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const path = request.url ?? "/";
    if (path === "/clock") {
      const now = new Date(clock.now()).toISOString();
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ ...clock.state, now }));
      return true;
    }
    if (path.startsWith("/kubernetes/")) {
      return kubernetes(request, response, path.slice("/kubernetes".length));
    }
    if (path.startsWith("/datadog/")) {
      return monitoring.handle(request, response, path.slice("/datadog".length));
    }
    if (path.startsWith("/sides/")) return sides(request, response, path.slice("/sides".length));
    const api = apis.find((each) => path.startsWith(`${each.path}/`));
    return api?.handle(request, response, path.slice(api.path.length)) ?? false;
  };
  const server = createServer((request, response) => {
    answered(request, response).then(
      (known) => {
        if (!known) response.writeHead(404).end();
      },
      (error: unknown) => {
        response.writeHead(500).end(String(error));
      },
    );
  });
  const clients = divertPostgres(server, (socket) => {
    servePostgres(socket, databaseNamed).catch(() => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
        for (const client of clients) client.destroy();
      });
    },
  };
};
