import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * Connections that may wait to be taken, as many as systems allow. What is turned away when a busy machine holds this
 * process up calls again seconds later, and would count as a failure of what is rehearsed.
 */
const backlog = 4_096;

/** An HTTP server on a free port of the loopback interface. */
export class LoopbackServer {
  /** `http://127.0.0.1:PORT`, also after it has stopped. */
  readonly origin: string;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(listener: RequestListener): Promise<LoopbackServer> {
    // Callers decide how long they keep a connection: a server that closes idle ones races with them.
    const server = createServer({ keepAliveTimeout: 0 }, listener);
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen({ port: 0, host: "127.0.0.1", backlog }, resolve);
    });
    return new LoopbackServer(server);
  }

  /** Cuts every connection at once, and listens no longer. */
  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
      this.#server.closeAllConnections();
    });
  }
}
