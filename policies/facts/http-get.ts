import { get, type RequestOptions } from "node:http";
import { get as getSecurely } from "node:https";

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
const longest = 16 * 1024 * 1024;

/**
 * The JSON that a source gives to a GET. Connections stay open for the next question. Node's own client, as
 * `fetch` costs as much to load as all questions of a move cost to ask.
 * @throws WrongStatus, SyntaxError, or the connection's error
 */
export const getJson = async (url: string, options: RequestOptions): Promise<unknown> =>
  JSON.parse(await getText(new URL(url), options)) as unknown;

const getText = (url: URL, options: RequestOptions): Promise<string> =>
  new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? getSecurely : get;
    const request = send(url, options, (response) => {
      const { statusCode = 0 } = response;
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (piece: string) => {
        text += piece;
        if (text.length > longest) request.destroy(new Error("longer than any answer"));
      });
      response.on("error", reject);
      response.on("end", () => {
        if (statusCode >= 200 && statusCode < 300) resolve(text);
        else reject(new WrongStatus(statusCode, retryAfter(response.headers["retry-after"])));
      });
    });
    request.on("error", reject);
  });

/** Whole seconds as the header has them, in milliseconds. */
const retryAfter = (header: string | undefined): number | undefined =>
  header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) * 1_000 : undefined;
