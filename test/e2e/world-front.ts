import {
  createServer,
  request as send,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { divertPostgres } from "../../rehearsal/world/data/divert-postgres.ts";

/** What becomes of a request for one part of the world; a database hangs up where another answers 503. */
export type Fate = "passed on" | "answered 503" | "never answered";

/** A part of the world by the beginning of its paths; its databases have none, and are called by one. */
export type Part = "/datadog/" | "/kubernetes/" | "/sides/" | "/clock" | "/postgres";

/** Stands before a world's address, so that a test can take a source of facts away and see who asked it. */
export class WorldFront {
  readonly url: string;
  readonly #stop: () => Promise<void>;
  readonly #fates: Map<Part, Fate>;
  readonly #asked: string[];

  private constructor(
    url: string,
    stop: () => Promise<void>,
    fates: Map<Part, Fate>,
    asked: string[],
  ) {
    this.url = url;
    this.#stop = stop;
    this.#fates = fates;
    this.#asked = asked;
  }

  /** @param world address of the world behind it. */
  static async start(world: string): Promise<WorldFront> {
    const fates = new Map<Part, Fate>();
    const asked: string[] = [];
    const fateOf = (path: string): Fate => {
      asked.push(path);
      return [...fates].find(([part]) => path.startsWith(part))?.[1] ?? "passed on";
    };
    const server = createServer((request, response) => {
      const path = request.url ?? "/";
      const fate = fateOf(path);
      if (fate === "passed on") passOn(new URL(path, world), request, response);
      else if (fate === "answered 503") response.writeHead(503).end('{"errors":["unavailable"]}');
    });
    const clients = divertPostgres(server, (client) => {
      const fate = fateOf("/postgres");
      if (fate === "passed on") through(client, new URL(world));
      else if (fate === "answered 503") client.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const stop = async (): Promise<void> => {
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
        for (const client of clients) client.destroy();
      });
    };
    const { port } = server.address() as AddressInfo;
    return new WorldFront(`http://127.0.0.1:${port}`, stop, fates, asked);
  }

  /** From now on all requests for a part meet this fate. */
  let(part: Part, fate: Fate): void {
    this.#fates.set(part, fate);
  }

  /** Paths of the facts that somebody asked for since the last call. */
  takeQuestions(): readonly string[] {
    const facts = this.#asked.filter((path) => !path.startsWith("/clock"));
    this.#asked.length = 0;
    return facts;
  }

  stop(): Promise<void> {
    return this.#stop();
  }
}

const passOn = (url: URL, request: IncomingMessage, response: ServerResponse): void => {
  const { method, headers } = request;
  const onward = send(url, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on("error", () => response.destroy());
  request.pipe(onward);
};

const through = (client: Socket, { hostname, port }: URL): void => {
  const onward = connect(Number(port), hostname);
  onward.on("error", () => client.destroy());
  client.on("close", () => onward.destroy());
  client.pipe(onward).pipe(client);
};
