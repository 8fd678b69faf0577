import type { Route53Client } from "@aws-sdk/client-route-53";
import { z } from "zod";
import { dnsMark } from "../../definition/dns-mark.ts";
import type { Settled } from "../../definition/tbd.ts";
import type { Route53Weighted } from "../../definition/traffic.ts";
import type { TrafficObject } from "../../definition/traffic-object.ts";
import { bounded, NoAnswer, NotThere } from "./bounded.ts";
import type { LiveRoute } from "./live-route.ts";
import type { Reading } from "./reading.ts";

/** Which Route 53 is asked: the account of the usual credentials, or a rehearsal's world at `endpoint`. */
export type Route53Connection =
  { readonly by: "credentials" } | { readonly by: "world"; readonly endpoint: string };

/** A pair of weighted records as it is in force, and whatever else is weighed under its name. */
export const readWeightedRecords = async (
  connection: Route53Connection,
  route: Settled<Route53Weighted>,
  identifiers: TrafficObject["destinations"],
): Promise<Reading<LiveRoute>> => {
  const { zoneId, name } = route;
  return bounded("Route 53", async (signal) => {
    const sets = await recordSetsOf(connection, zoneId, name, signal);
    const weighted = sets.filter((each) => each.Type === "A" && each.SetIdentifier !== undefined);
    const weightOf = (identifier: string): number => {
      const found = weighted.find((each) => each.SetIdentifier === identifier);
      if (found === undefined) throw new NotThere(`${name} has no weighted record ${identifier}`);
      if (found.Weight === undefined) throw new NoAnswer(`record ${identifier} has no weight`);
      return found.Weight;
    };
    const marks = await recordSetsOf(connection, zoneId, dnsMark.nameOf(route), signal);
    const writtenOver = marks
      .flatMap((each) => (each.Type === "TXT" ? each.ResourceRecords : []))
      .map(({ Value }) => dnsMark.read(Value))
      .find((mark) => mark !== undefined);
    const own: readonly string[] = [identifiers.blue, identifiers.green];
    return {
      weights: { blue: weightOf(identifiers.blue), green: weightOf(identifiers.green) },
      // The name servers follow the zone within a minute, which its API does not say of a zone as a whole.
      notInForce: undefined,
      writtenOver,
      version: dnsMark.next(writtenOver),
      owners: weighted
        .map((each) => each.SetIdentifier ?? "")
        .filter((identifier) => !own.includes(identifier))
        .map((identifier) => `whoever keeps its further weighted record ${identifier}`),
    };
  });
};

const recordSet = z.object({
  Name: z.string(),
  Type: z.string(),
  SetIdentifier: z.string().optional(),
  Weight: z.number().optional(),
  ResourceRecords: z.array(z.object({ Value: z.string() })).default([]),
});

/** Every record set under a name; weighted sets have a hundred records at most, so one page holds them. */
const recordSetsOf = async (
  connection: Route53Connection,
  zoneId: string,
  name: string,
  abortSignal: AbortSignal,
): Promise<readonly z.infer<typeof recordSet>[]> => {
  // Loaded by those who ask, as no other system's gates should wait for it.
  const { ListResourceRecordSetsCommand } = await import("@aws-sdk/client-route-53");
  const client = await clientOf(connection);
  try {
    const answer = await client.send(
      new ListResourceRecordSetsCommand({ HostedZoneId: zoneId, StartRecordName: name }),
      { abortSignal },
    );
    const sets = z.array(recordSet).parse(answer.ResourceRecordSets ?? []);
    return sets.filter((each) => each.Name.toLowerCase() === `${name.toLowerCase()}.`);
  } catch (error) {
    throw plain(error);
  } finally {
    client.destroy();
  }
};

const clientOf = async (connection: Route53Connection): Promise<Route53Client> => {
  const { Route53Client } = await import("@aws-sdk/client-route-53");
  // One region signs for the whole of Route 53.
  const region = "us-east-1";
  if (connection.by === "credentials") return new Route53Client({ region });
  const credentials = { accessKeyId: "rehearsal", secretAccessKey: "rehearsal" };
  return new Route53Client({ region, endpoint: connection.endpoint, credentials });
};

/** What the API refuses for good is said in its own words; anything else may come right. */
const plain = (error: unknown): unknown => {
  if (!(error instanceof Error)) return error;
  if (error.name === "NoSuchHostedZone") return new NotThere(error.message);
  const denied = ["AccessDenied", "InvalidClientTokenId", "CredentialsProviderError"];
  if (!denied.includes(error.name)) return error;
  return new NoAnswer(`Route 53 cannot be read: ${error.name}: ${error.message}`);
};
