import { z } from "zod";
import { clientConfig, plainAwsError, type AwsConnection } from "./aws-connection.ts";
import { recordSet, type ListedRecordSet } from "./record-problems.ts";

/** Loads the official client: hundreds of modules, for those who ask only. */
export const loadRoute53 = () => {
  // Which Node its later versions will need is no news for who moves traffic.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  return import("@aws-sdk/client-route-53");
};

/** A page of a zone's record sets, from a name on: all of that name, of which there are a hundred at most. */
export const recordSetsFrom = async (
  connection: AwsConnection,
  { Route53Client, ListResourceRecordSetsCommand }: Awaited<ReturnType<typeof loadRoute53>>,
  { zoneId, name }: { readonly zoneId: string; readonly name: string },
  abortSignal: AbortSignal,
): Promise<readonly ListedRecordSet[]> => {
  // One region signs for the whole of Route 53.
  const client = new Route53Client(clientConfig(connection, "us-east-1"));
  try {
    const answer = await client.send(
      new ListResourceRecordSetsCommand({ HostedZoneId: zoneId, StartRecordName: name }),
      { abortSignal },
    );
    return z.array(recordSet).parse(answer.ResourceRecordSets ?? []);
  } catch (error) {
    throw plainAwsError("Route 53", ["NoSuchHostedZone"], error);
  } finally {
    client.destroy();
  }
};
