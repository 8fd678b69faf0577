import type { RecordChange } from "../../world/dns/change-problems.ts";
import type { HostedZone } from "../../world/dns/hosted-zone.ts";
import { called, type Calling } from "./aws-calls.ts";

/** How long the real provider waits before it first asks about a change, and between two questions. */
const askEveryMilliseconds = 15_000;

/**
 * Sends a batch and waits until every name server has it, as the real provider does.
 * @throws AwsRefusal in the provider's words; Error when it is stopped before.
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
    await calling.clock.sleep(askEveryMilliseconds, calling.signal);
    if (calling.signal.aborted) throw new Error(`${waiting}: context canceled`);
  } while ((await called(waiting, () => zone.changeInfo(id), calling)).status === "PENDING");
};
