import type { CutoverClock } from "../../clock.ts";
import { AwsRefusal } from "../../world/aws/refusal.ts";

/** How often the provider's client tries a call that is throttled, and how long it waits at most between. */
const attempts = 25;
const longestWaitMilliseconds = 20_000;

/** How a call is made: on which clock it waits, and what ends the waiting. */
export interface Calling {
  readonly clock: CutoverClock;
  readonly signal: AbortSignal;
}

/**
 * Calls as the provider's client does: what is throttled is tried again, each time after a longer wait.
 * @throws AwsRefusal in the provider's words, with what it was doing before them.
 */
export const called = async <Answer>(
  doing: string,
  call: () => Answer,
  { clock, signal }: Calling,
): Promise<Answer> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return call();
    } catch (error) {
      if (!(error instanceof AwsRefusal)) throw error;
      const { status, code, message } = error;
      if (code !== "Throttling")
        throw new AwsRefusal(status, code, `${doing}: ${code}: ${message}`);
      if (attempt === attempts || signal.aborted) {
        const tried = `exceeded maximum number of attempts, ${String(attempts)}`;
        throw new AwsRefusal(status, code, `${doing}: ${tried}: ${code}: ${message}`);
      }
      await clock.sleep(Math.min(longestWaitMilliseconds, 2 ** attempt * 50), signal);
    }
  }
};
