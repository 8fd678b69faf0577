import { askedAfter } from "../../../definition/weighted-records.ts";
import type { RecordChange } from "../../world/dns/change-problems.ts";
import type { HostedZone } from "../../world/dns/hosted-zone.ts";
import { called, type Calling } from "./aws-calls.ts";

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
    // The real provider waits as long between two questions as before the first.
    await calling.clock.sleep(askedAfter.milliseconds, calling.signal);
    if (calling.signal.aborted) throw new Error(`${waiting}: context canceled`);
  } while ((await called(waiting, () => zone.changeInfo(id), calling)).status === "PENDING");
};
