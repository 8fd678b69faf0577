import { dnsMark } from "../../definition/dns-mark.ts";
import type { Settled } from "../../definition/tbd.ts";
import type { Route53Weighted } from "../../definition/traffic.ts";
import type { TrafficObject } from "../../definition/traffic-object.ts";
import { shareOf } from "../../definition/weight-share.ts";
import type { AwsConnection } from "./aws-connection.ts";
import { bounded, NotThere } from "./bounded.ts";
import type { LiveRoute } from "./live-route.ts";
import type { Reading } from "./reading.ts";
import { whyNotSplit } from "./record-problems.ts";
import { loadRoute53, recordSetsFrom } from "./route53-records.ts";

/** A pair of weighted records as it is in force, and whatever else is weighed under its name. */
export const readWeightedRecords = async (
  connection: AwsConnection,
  route: Settled<Route53Weighted>,
  identifiers: TrafficObject["destinations"],
): Promise<Reading<LiveRoute>> => {
  const { zoneId, name } = route;
  // The time that takes is not Route 53's.
  const sdk = await loadRoute53();
  return bounded("Route 53", async (signal) => {
    // Names below a name follow it: one page holds the pair and the mark.
    const found = await recordSetsFrom(connection, sdk, { zoneId, name }, signal);
    const under = (of: string) => found.filter(({ Name }) => Name === `${of}.`);
    const listed = under(name);
    const weighted = listed.flatMap((each) =>
      each.Type === "A" && each.Weight !== undefined ? [{ ...each, Weight: each.Weight }] : [],
    );
    const recordOf = (identifier: string) => {
      const record = weighted.find((each) => each.SetIdentifier === identifier);
      if (record === undefined) throw new NotThere(`${name} has no weighted record ${identifier}`);
      return record;
    };
    const pair = { blue: recordOf(identifiers.blue), green: recordOf(identifiers.green) };
    const weights = weighted.map(({ Weight }) => Weight);
    const writtenOver = under(dnsMark.nameOf(route))
      .filter(({ Type }) => Type === "TXT")
      .flatMap((each) => each.ResourceRecords)
      .map(({ Value }) => dnsMark.read(Value))
      .find((mark) => mark !== undefined);
    const own: readonly string[] = [identifiers.blue, identifiers.green];
    return {
      weights: {
        blue: shareOf(pair.blue.Weight, weights),
        green: shareOf(pair.green.Weight, weights),
      },
      // That the name servers follow the zone, within a minute, its API does not say of a zone as a whole.
      notInForce: whyNotSplit(route, listed, pair),
      writtenOver,
      version: dnsMark.next(writtenOver),
      owners: weighted
        .map((each) => each.SetIdentifier ?? "")
        .filter((identifier) => !own.includes(identifier))
        .map((identifier) => `whoever keeps its further weighted record ${identifier}`),
    };
  });
};
