import {
  GetChangeCommand,
  GetHealthCheckStatusCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
  type ListResourceRecordSetsCommandInput,
} from "@aws-sdk/client-route-53";
import { expect, onTestFinished, test } from "vitest";
import { LoopbackServer } from "../../../../rehearsal/world/application/loopback-server.ts";
import { AddressBook } from "../../../../rehearsal/world/dns/address-book.ts";
import { HealthChecks } from "../../../../rehearsal/world/dns/health-checks.ts";
import { route53Api } from "../../../../rehearsal/world/dns/route53-api.ts";
import { emptyZone, forward, midnight, side } from "./dns-world.ts";

const answering = async (propagation = 0, accessKeyId = "rehearsal") => {
  const world = emptyZone(propagation);
  const { clock, zone } = world;
  const healthChecks = new HealthChecks(clock, new AddressBook());
  onTestFinished(() => {
    healthChecks.stop();
  });
  const api = route53Api({ clock, zones: [zone], healthChecks, accessKey: "rehearsal" });
  const server = await LoopbackServer.start((request, response) => {
    const path = request.url?.slice("/route53".length) ?? "/";
    if (!api(request, response, path)) response.writeHead(404).end();
  });
  onTestFinished(() => server.stop());
  const client = new Route53Client({
    region: "us-east-1",
    endpoint: `${server.origin}/route53`,
    credentials: { accessKeyId, secretAccessKey: "rehearsal" },
    maxAttempts: 1,
  });
  onTestFinished(() => {
    client.destroy();
  });
  return { ...world, client, healthChecks };
};

const HostedZoneId = "Z0123456789";

test("the official client lists record sets with weights, TTLs, checks and aliases", async () => {
  const { client, set } = await answering();
  const alias = { zoneId: HostedZoneId, name: "b.example.com.", evaluateTargetHealth: true };
  set(
    { name: "b.example.com.", type: "TXT", ttl: 5, values: ['"a < b & c"'] },
    { name: "b.example.com.", type: "A", ttl: 5, values: ["192.0.2.1", "192.0.2.2"] },
    { name: "c.example.com.", type: "A", alias },
    side("blue", 0, { healthCheckId: "hc" }),
    side("green", 255),
  );
  const StartRecordName = "b.example.com";
  const answer = await client.send(
    new ListResourceRecordSetsCommand({ HostedZoneId, StartRecordName }),
  );
  expect(answer.IsTruncated).toBe(false);
  expect(answer.ResourceRecordSets).toEqual([
    {
      Name: "b.example.com.",
      Type: "A",
      TTL: 5,
      ResourceRecords: [{ Value: "192.0.2.1" }, { Value: "192.0.2.2" }],
    },
    { Name: "b.example.com.", Type: "TXT", TTL: 5, ResourceRecords: [{ Value: '"a < b & c"' }] },
    {
      Name: "c.example.com.",
      Type: "A",
      AliasTarget: {
        HostedZoneId,
        DNSName: "b.example.com.",
        EvaluateTargetHealth: true,
      },
    },
    {
      Name: "www.example.com.",
      Type: "A",
      SetIdentifier: "blue",
      Weight: 0,
      TTL: 60,
      ResourceRecords: [{ Value: "192.0.2.10" }],
      HealthCheckId: "hc",
    },
    {
      Name: "www.example.com.",
      Type: "A",
      SetIdentifier: "green",
      Weight: 255,
      TTL: 60,
      ResourceRecords: [{ Value: "192.0.2.20" }],
    },
  ]);
});

test("pages follow one another without a gap, within a weighted set as well", async () => {
  const { client, set } = await answering();
  set(side("blue", 1), side("green", 1), {
    name: "a.example.com.",
    type: "A",
    ttl: 5,
    values: ["192.0.2.1"],
  });
  const seen: string[] = [];
  let next: Partial<ListResourceRecordSetsCommandInput> = {};
  for (let more = true; more;) {
    const input = { HostedZoneId, MaxItems: 1, ...next };
    const answer = await client.send(new ListResourceRecordSetsCommand(input));
    const [record] = answer.ResourceRecordSets ?? [];
    seen.push(`${record?.Name ?? ""} ${record?.Type ?? ""} ${record?.SetIdentifier ?? ""}`);
    more = answer.IsTruncated ?? false;
    next = {
      StartRecordName: answer.NextRecordName,
      StartRecordType: answer.NextRecordType,
      StartRecordIdentifier: answer.NextRecordIdentifier,
    };
  }
  expect(seen).toEqual([
    "example.com. NS ",
    "example.com. SOA ",
    "a.example.com. A ",
    "www.example.com. A blue",
    "www.example.com. A green",
  ]);
});

test("a change is PENDING until the name servers have it", async () => {
  const { client, zone, clock } = await answering(30_000);
  const { id: Id } = zone.change([{ action: "CREATE", recordSet: side("blue", 1) }]);
  const status = async () => (await client.send(new GetChangeCommand({ Id }))).ChangeInfo;
  const found = await status();
  expect(found?.Status).toBe("PENDING");
  expect((found?.SubmittedAt?.getTime() ?? 0) - midnight).toBeLessThan(5_000);
  forward(clock, 30);
  expect((await status())?.Status).toBe("INSYNC");
});

test("the last look of a health check can be asked for", async () => {
  const { client, healthChecks, clock } = await answering();
  const HealthCheckId = healthChecks.create({
    ...{ type: "TCP", address: "192.0.2.1", port: 80, intervalSeconds: 10 },
    ...{ failureThreshold: 1, inverted: false, disabled: false },
  });
  forward(clock, 10);
  await expect.poll(() => healthChecks.observation(HealthCheckId)).not.toBe("");
  const answer = await client.send(new GetHealthCheckStatusCommand({ HealthCheckId }));
  expect(answer.HealthCheckObservations?.[0]?.StatusReport?.Status).toBe(
    "Failure: Connection timed out",
  );
});

test.for([
  ["NoSuchHostedZone", new ListResourceRecordSetsCommand({ HostedZoneId: "Z9" })],
  ["NoSuchChange", new GetChangeCommand({ Id: "C9" })],
] as const)("%s is the official client's own error", async ([name, command]) => {
  const { client } = await answering();
  await expect(client.send(command as GetChangeCommand)).rejects.toMatchObject({ name });
});

test("a throttled call is one for the official client, who may try again", async () => {
  const { client, zone } = await answering();
  zone.throttle(1);
  const list = () => client.send(new ListResourceRecordSetsCommand({ HostedZoneId }));
  await expect(list()).rejects.toMatchObject({ name: "Throttling", message: "Rate exceeded" });
  expect((await list()).ResourceRecordSets).toHaveLength(2);
});

test("who signs with another key is refused", async () => {
  const { client } = await answering(0, "somebody");
  await expect(
    client.send(new ListResourceRecordSetsCommand({ HostedZoneId })),
  ).rejects.toMatchObject({ name: "InvalidClientTokenId", $metadata: { httpStatusCode: 403 } });
});
