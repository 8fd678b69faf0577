import { askedAfter } from "../../../definition/weighted-records.ts";
import type { CutoverClock } from "../../clock.ts";
import type { RecordChange } from "../../world/dns/change-problems.ts";
import type { HostedZone } from "../../world/dns/hosted-zone.ts";
import { Route53Refusal } from "../../world/dns/refusal.ts";

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
 * @throws Route53Refusal in the provider's words, with what it was doing before them.
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
      if (!(error instanceof Route53Refusal)) throw error;
      const { status, code, message } = error;
      if (code !== "Throttling")
        throw new Route53Refusal(status, code, `${doing}: ${code}: ${message}`);
      if (attempt === attempts || signal.aborted) {
        const tried = `exceeded maximum number of attempts, ${String(attempts)}`;
        throw new Route53Refusal(status, code, `${doing}: ${tried}: ${code}: ${message}`);
      }
      await clock.sleep(Math.min(longestWaitMilliseconds, 2 ** attempt * 50), signal);
    }
  }
};

/**
 * Sends a batch and waits until every name server has it, as the real provider does.
 * @throws Route53Refusal in the provider's words; Error when it is stopped before.
 */
export const changeRecords = async (
  doing: string,
  zone: HostedZone,
  batch: readonly RecordChange[],
  calling: Calling,
): Promise<void> => {
  const { id } = await called(doing, () => zone.change(batch), calling);
  const waiting = `waiting for Route 53 change (${id})`;
  do {
    // The real provider waits as long between two questions as before the first.
    await calling.clock.sleep(askedAfter.milliseconds, calling.signal);
    if (calling.signal.aborted) throw new Error(`${waiting}: context canceled`);
  } while ((await called(waiting, () => zone.changeInfo(id), calling)).status === "PENDING");
};
