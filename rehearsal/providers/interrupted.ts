import { setTimeout as sleep } from "node:timers/promises";
import type { Interruption } from "./interruptions.ts";

const refused =
  'an error on the server ("Internal Server Error") has prevented the request from succeeding';
const unanswered =
  "the server was unable to return a response in the time allotted, but may still be processing the request";

/** Does `work`, or what an interruption makes of it; `pretend` gives the answer of work never done. */
export const interrupted = async <Answer>(
  interruption: Interruption | undefined,
  work: () => Promise<Answer>,
  pretend: () => Answer,
): Promise<Answer> => {
  if (interruption === "no-op") return pretend();
  if (interruption === "fail-before") throw new Error(refused);
  if (interruption === "fail-after") {
    await work();
    throw new Error(unanswered);
  }
  if (interruption !== undefined) await sleep(interruption.delayMilliseconds);
  return work();
};
