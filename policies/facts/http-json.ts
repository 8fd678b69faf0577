import type { RequestOptions } from "node:http";

// An import statement has Node look at every export of its module, and one of them loads all of `fetch`.
const { request } = process.getBuiltinModule("node:http");
const { request: requestSecurely } = process.getBuiltinModule("node:https");

/** An answer with another status than 2xx. */
export class WrongStatus extends Error {
  override readonly name = "WrongStatus";
  readonly code: number;
  /** For how long the source wants to be left alone, where it says so. */
  readonly retryAfterMilliseconds: number | undefined;
  constructor(code: number, retryAfterMilliseconds?: number) {
    super(`answered ${code}`);
    this.code = code;
    this.retryAfterMilliseconds = retryAfterMilliseconds;
  }
}

/** The longest answer that is read, characters; every fact fits into a fraction of it. */
export const longestAnswer = 16 * 1024 * 1024;

/**
 * The JSON that a source gives to a GET. Connections stay open for the next question. Node's own client, as
 * `fetch` costs as much to load as all questions of a move cost to ask.
 * @throws WrongStatus, SyntaxError, or the connection's error
 */
export const getJson = async (url: string, options: RequestOptions): Promise<unknown> =>
  JSON.parse(await textOf(new URL(url), options)) as unknown;

/** What is sent to a source beside a method. */
export interface JsonBody {
  readonly contentType: "application/json" | "application/merge-patch+json";
  readonly value: unknown;
}

/**
 * The JSON that a source answers to a body. It is sent once: who sends it knows whether it may be sent again.
 * @throws WrongStatus, SyntaxError, or the connection's error
 */
export const sendJson = async (
  url: string,
  options: RequestOptions & { readonly method: "POST" | "PATCH" },
  body: JsonBody,
): Promise<unknown> => JSON.parse(await textOf(new URL(url), options, body)) as unknown;

const textOf = (url: URL, options: RequestOptions, body?: JsonBody): Promise<string> =>
  new Promise((resolve, reject) => {
    const open = url.protocol === "https:" ? requestSecurely : request;
    const asked = open(url, options, (response) => {
      const { statusCode = 0 } = response;
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (piece: string) => {
        text += piece;
        if (text.length > longestAnswer) asked.destroy(new Error("longer than any answer"));
      });
      response.on("error", reject);
      response.on("end", () => {
        if (statusCode >= 200 && statusCode < 300) resolve(text);
        else reject(new WrongStatus(statusCode, retryAfter(response.headers["retry-after"])));
      });
    });
    asked.on("error", reject);
    if (body === undefined) {
      asked.end();
      return;
    }
    const text = Buffer.from(JSON.stringify(body.value));
    asked.setHeader("content-type", body.contentType);
    asked.setHeader("content-length", text.length);
    asked.end(text);
  });

/** Whole seconds as the header has them, in milliseconds. */
const retryAfter = (header: string | undefined): number | undefined =>
  header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) * 1_000 : undefined;
