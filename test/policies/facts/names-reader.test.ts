import { expect, onTestFinished, test } from "vitest";
import { hours } from "../../../definition/units.ts";
import { readNames } from "../../../policies/facts/names-reader.ts";
import { CutoverClock } from "../../../rehearsal/clock.ts";
import { LoopbackServer } from "../../../rehearsal/world/application/loopback-server.ts";
import { route53Api } from "../../../rehearsal/world/dns/route53-api.ts";
import { standingNames } from "../../../rehearsal/world/dns/standing-names.ts";

const zoneId = "Z0123456789";
const name = {
  zoneId,
  name: "www.example.com",
  leadsTo: "public-1.eu-central-1.elb.amazonaws.com",
  ttlAsFound: hours(1),
};

/** The zone of a name as its owner left it, with its API and the reader of it. */
const reading = async (accessKey = "rehearsal") => {
  const clock = CutoverClock.startingAt(Date.UTC(2026, 10, 21));
  const route53 = standingNames([name], clock, accessKey);
  const [zone] = route53.zones;
  if (zone === undefined) throw new Error("no zone");
  const api = route53Api(route53);
  const server = await LoopbackServer.start((request, response) => {
    if (!api(request, response, request.url ?? "/")) response.writeHead(404).end();
  });
  onTestFinished(() => server.stop());
  const connection = { by: "world", endpoint: server.origin } as const;
  const read = (different: Partial<typeof name> = {}) =>
    readNames(connection, [{ ...name, ...different }]);
  const [record] = zone.list().filter(({ type }) => type === "CNAME");
  if (record === undefined) throw new Error("no record");
  return { zone, read, record };
};

test("S4-15: a name is read from Route 53 as it stands, by the official client", async () => {
  const { zone, read, record } = await reading();
  const standing = { name: name.name, ttl: 3_600, leadsTo: name.leadsTo };
  expect(await read()).toEqual({ known: true, value: [standing] });
  zone.change([{ action: "UPSERT", recordSet: { ...record, ttl: 300 } }]);
  expect(await read()).toEqual({ known: true, value: [{ ...standing, ttl: 300 }] });
});

test("where it leads is compared in lower case, without the dot at its end", async () => {
  const { zone, read, record } = await reading();
  const values = ["Public-1.EU-central-1.elb.amazonaws.com."];
  zone.change([{ action: "UPSERT", recordSet: { ...record, values } }]);
  expect(await read()).toMatchObject({ value: [{ leadsTo: name.leadsTo }] });
});

test("a name without its record, one with weights, and a zone that is not there are not known", async () => {
  const { zone, read, record } = await reading();
  expect(await read({ name: "shop.example.com" })).toEqual({
    known: false,
    reason: "shop.example.com has no CNAME record",
  });
  expect(await read({ zoneId: "Z404" })).toMatchObject({
    known: false,
    reason: "No hosted zone found with ID: Z404",
  });
  zone.change([
    { action: "DELETE", recordSet: record },
    { action: "CREATE", recordSet: { ...record, setIdentifier: "one", weight: 1 } },
  ]);
  expect(await read()).toEqual({
    known: false,
    reason: "www.example.com has CNAME records between which a policy chooses",
  });
});

test("an alias has no TTL that could be lowered", async () => {
  const { zone, read, record } = await reading();
  const target = { name: "app.example.com.", type: "CNAME", ttl: 60, values: ["a.example"] };
  const { ttl: _, values: __, ...bare } = record;
  const alias = { zoneId, name: "app.example.com.", evaluateTargetHealth: false };
  zone.change([
    { action: "CREATE", recordSet: { ...target, type: "CNAME" } },
    { action: "UPSERT", recordSet: { ...bare, alias } },
  ]);
  expect(await read()).toMatchObject({ known: false, reason: expect.stringContaining("alias") });
});

test("who is not let in knows nothing", async () => {
  const { read } = await reading("another key");
  expect(await read()).toMatchObject({
    known: false,
    reason: expect.stringMatching(/^Route 53 cannot be read: InvalidClientTokenId/),
  });
});
