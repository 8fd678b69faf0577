import type { TrafficName } from "../../definition/names.ts";
import type { Settled } from "../../definition/tbd.ts";
import type { AwsConnection } from "./aws-connection.ts";
import { bounded, NoAnswer } from "./bounded.ts";
import type { LiveName } from "./facts.ts";
import type { Reading } from "./reading.ts";
import { loadRoute53, recordSetsFrom } from "./route53-records.ts";

/** The records of a system's names as Route 53 has them, in the order of the names. */
export const readNames = async (
  connection: AwsConnection,
  names: readonly Settled<TrafficName>[],
): Promise<Reading<readonly LiveName[]>> => {
  // The time that takes is not Route 53's.
  const sdk = await loadRoute53();
  return bounded("Route 53", (signal) =>
    Promise.all(
      names.map(async (named) => {
        const { name } = named;
        const found = await recordSetsFrom(connection, sdk, named, signal);
        const [record, ...others] = found.filter(
          ({ Name, Type }) => Name === `${name}.` && Type === "CNAME",
        );
        // It stands before anything else does, so that this is no reading that comes too early.
        if (record === undefined) throw new NoAnswer(`${name} has no CNAME record`);
        const [target] = record.ResourceRecords;
        if (others.length > 0 || record.SetIdentifier !== undefined) {
          throw new NoAnswer(`${name} has CNAME records between which a policy chooses`);
        }
        // An alias has neither values nor a TTL of its own.
        if (record.TTL === undefined || target === undefined) {
          throw new NoAnswer(`${name} is an alias, which has no TTL of its own`);
        }
        return { name, ttl: record.TTL, leadsTo: target.Value.toLowerCase().replace(/\.$/, "") };
      }),
    ),
  );
};
