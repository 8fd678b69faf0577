import { z } from "zod";
import { NoAnswer, NotThere } from "./bounded.ts";
import { getJson, WrongStatus } from "./http-json.ts";

/** Where Cloudflare answers, and with which token. */
export interface CloudflareConnection {
  /** Address of its API, version 4. */
  readonly url: string;
  readonly token: string;
  readonly timeoutMilliseconds?: number;
}

/** Gives what Cloudflare has at a path. @throws NoAnswer, NotThere, WrongStatus or the connection's error */
export type CloudflareApi = (path: string, signal: AbortSignal) => Promise<unknown>;

/** Cloudflare's API, which wraps each answer. */
export const cloudflareApi =
  ({ url, token }: CloudflareConnection): CloudflareApi =>
  async (path, signal) => {
    try {
      const headers = { authorization: `Bearer ${token}`, accept: "application/json" };
      const { success, result } = wrapped.parse(
        await getJson(`${url}${path}`, { headers, signal }),
      );
      if (!success) throw new NoAnswer("Cloudflare answered without success");
      return result;
    } catch (error) {
      if (!(error instanceof WrongStatus) || error.code !== 404) throw error;
      throw new NotThere(`Cloudflare has no ${path}`);
    }
  };

const wrapped = z.object({ success: z.boolean(), result: z.unknown() });
