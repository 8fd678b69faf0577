import { setTimeout as sleep } from "node:timers/promises";
import { inWords } from "../../definition/units.ts";
import { WrongStatus } from "./http-json.ts";
import { known, unknown, type Reading } from "./reading.ts";

/** How long one attempt to read a fact may take. */
export const readTimeoutMilliseconds = 5_000;

/** An answer that says plainly why there is no value; asking again would not help. Its message is for operators. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

/** The source answered that what is asked for does not exist. */
export class NotThere extends NoAnswer {}

/**
 * Reads from a source within a time limit, with one retry where that can help: after the pause that the source
 * asks for, unless that is longer than one attempt may be. Whatever goes wrong, the
 * outcome is a fact that nobody knows, with the reason: never a throw, never a default.
 * @param read told by the signal when nobody waits for it any longer.
 */
export const bounded = async <T>(
  source: string,
  read: (signal: AbortSignal) => Promise<T>,
  timeoutMilliseconds = readTimeoutMilliseconds,
): Promise<Reading<T>> => {
  let reason = "";
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    try {
      return known(await inTime(source, read, timeoutMilliseconds));
    } catch (error) {
      reason = inOneLine(source, error);
      if (error instanceof NotThere) return { ...unknown(reason), notYet: true };
      if (!mayHelpToAskAgain(error)) break;
      const pause = pauseAfter(error);
      if (pause > timeoutMilliseconds) {
        reason += `, and wants to be left alone for ${inWords({ milliseconds: pause })}`;
        break;
      }
      if (attempt === 1) await sleep(pause);
    }
  }
  return unknown(reason);
};

const inTime = async <T>(
  source: string,
  read: (signal: AbortSignal) => Promise<T>,
  timeoutMilliseconds: number,
): Promise<T> => {
  const waiting = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const span = inWords({ milliseconds: timeoutMilliseconds });
      reject(new Late(`${source} did not answer within ${span}`));
    }, timeoutMilliseconds);
  });
  try {
    // A client may ignore the signal, so the wait itself is bounded as well.
    return await Promise.race([read(waiting.signal), late]);
  } finally {
    clearTimeout(timer);
    waiting.abort();
  }
};

class Late extends Error {}

/** HTTP status that the official clients attach to their errors. */
const statusOf = (error: unknown): number | undefined => {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === "number" ? code : undefined;
};

/** For how long a source wants to be left alone, milliseconds. */
const pauseAfter = (error: unknown): number =>
  error instanceof WrongStatus ? (error.retryAfterMilliseconds ?? 0) : 0;

const mayHelpToAskAgain = (error: unknown): boolean => {
  if (error instanceof NoAnswer) return false;
  const status = statusOf(error);
  return status === undefined || status >= 500 || status === 408 || status === 429;
};

/** Bodies and headers stay out of the message: they may be long, and may hold credentials. */
const inOneLine = (source: string, error: unknown): string => {
  if (error instanceof NoAnswer || error instanceof Late) return error.message;
  const status = statusOf(error);
  if (status === 401 || status === 403) return `${source} answered ${status}: wrong credentials`;
  if (status !== undefined) return `${source} answered ${status}`;
  const code = (error as { readonly code?: unknown } | null)?.code;
  if (code === "ECONNREFUSED") return `${source} refuses connections`;
  if (typeof code === "string") return `${source} is not reachable: ${code}`;
  // A parser quotes what it could not read.
  if (error instanceof SyntaxError) return `${source}'s answer could not be read: it is no JSON`;
  const message = error instanceof Error ? error.message : String(error);
  return `${source}'s answer could not be read: ${message.split("\n")[0]?.slice(0, 120) ?? ""}`;
};
