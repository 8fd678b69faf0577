import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { LiveReading } from "../live-reading.ts";
import { livePage } from "./live-page.ts";
import type { WorldFacts } from "./world-facts.ts";

/** Readings that a page which is opened late gets to see: what its plots show. */
const kept = 300;

/** The page of a standing world, served to this machine alone. */
export interface PageServer {
  /** `http://127.0.0.1:PORT/`. */
  readonly url: string;
  /** Shows a reading on every page that is open. */
  show(reading: LiveReading): void;
  stop(): Promise<void>;
}

/** Starts the page on a free port of the loopback interface. */
export const startPageServer = async (facts: WorldFacts): Promise<PageServer> => {
  const page = livePage(facts);
  const readings: LiveReading[] = [];
  const open = new Set<ServerResponse>();
  const server = createServer(({ url, method }, response) => {
    if (method !== "GET" || (url !== "/" && url !== "/events")) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader("cache-control", "no-store");
    if (url === "/") {
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.end(page);
      return;
    }
    response.setHeader("content-type", "text/event-stream");
    response.write(`retry: 1000\n${event("readings", readings)}`);
    open.add(response);
    response.once("close", () => open.delete(response));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    show: (reading) => {
      readings.push(reading);
      if (readings.length > kept) readings.shift();
      for (const response of open) response.write(event("readings", [reading]));
    },
    stop: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
    },
  };
};

const event = (name: string, data: unknown): string =>
  `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
