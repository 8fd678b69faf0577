import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** What a source gets asked. */
export interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** Answers a source with JSON, or in whatever way it likes. */
export const json =
  (body: unknown, status = 200) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };

/** Never answers. */
export const hang = (): void => undefined;

/** A source on this machine, for one test. */
export const localSource = async (
  answer: (asked: Asked, count: number) => (response: ServerResponse) => void,
): Promise<{ readonly url: string; readonly asked: readonly Asked[] }> => {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://source");
    void text(request).then((body) => {
      const one = { path: pathname, query: searchParams, headers: request.headers, body };
      asked.push(one);
      answer(one, asked.length)(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
};
