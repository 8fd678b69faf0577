import { expect, onTestFinished, test } from "vitest";
import { route53Weighted } from "../../../definition/traffic.ts";
import { seconds } from "../../../definition/units.ts";
import { readWeightedRecords } from "../../../policies/facts/route53-reader.ts";
import { LoopbackServer } from "../../../rehearsal/world/application/loopback-server.ts";
import { AddressBook } from "../../../rehearsal/world/dns/address-book.ts";
import { HealthChecks } from "../../../rehearsal/world/dns/health-checks.ts";
import { route53Api } from "../../../rehearsal/world/dns/route53-api.ts";
import { emptyZone, side } from "../../rehearsal/world/dns/dns-world.ts";

const route = {
  ...route53Weighted({
    zoneId: "Z0123456789",
    name: "www.example.com",
    ttl: seconds(60),
    addresses: { blue: "192.0.2.10", green: "192.0.2.20" },
  }),
  zoneId: "Z0123456789",
  addresses: { blue: "192.0.2.10", green: "192.0.2.20" },
};
const identifiers = { blue: "blue", green: "green" };

/** A zone with its API, and the reader of it. */
const reading = async (accessKey = "rehearsal") => {
  const world = emptyZone();
  const { clock, zone } = world;
  const healthChecks = new HealthChecks(clock, new AddressBook());
  const api = route53Api({ clock, zones: [zone], healthChecks, accessKey });
  const server = await LoopbackServer.start((request, response) => {
    if (!api(request, response, request.url ?? "/")) response.writeHead(404).end();
  });
  onTestFinished(() => server.stop());
  const connection = { by: "world", endpoint: server.origin } as const;
  const read = (zoneId = route.zoneId) =>
    readWeightedRecords(connection, { ...route, zoneId }, identifiers);
  return { ...world, read };
};

test("the weights are what the zone holds, also between the two writes of a move", async () => {
  const { read, set } = await reading();
  set(side("blue", 90), side("green", 10));
  expect(await read()).toEqual({
    known: true,
    value: {
      weights: { blue: 90, green: 10 },
      notInForce: undefined,
      writtenOver: undefined,
      version: "1",
      owners: [],
    },
  });
  set(side("green", 50));
  expect(await read()).toMatchObject({ value: { weights: { blue: 90, green: 50 } } });
});

test("the mark beside the pair is found, and the next one is another", async () => {
  const { read, set } = await reading();
  set(side("blue", 90), side("green", 10), {
    name: "_cutover.www.example.com.",
    type: "TXT",
    ttl: 60,
    values: ['"cutover/written-over=7"'],
  });
  expect(await read()).toMatchObject({ value: { writtenOver: "7", version: "8" } });
});

test("a further record that takes part in the choice is somebody else's", async () => {
  const { read, set } = await reading();
  set(side("blue", 90), side("green", 10), side("blue", 5, { setIdentifier: "other" }));
  expect(await read()).toMatchObject({
    value: { owners: ["whoever keeps its further weighted record other"] },
  });
});

test("a pair that is not there yet is not known, and said to be so", async () => {
  const { read, set } = await reading();
  expect(await read()).toMatchObject({
    known: false,
    notYet: true,
    reason: "www.example.com has no weighted record blue",
  });
  set(side("blue", 90));
  expect(await read()).toMatchObject({
    known: false,
    reason: "www.example.com has no weighted record green",
  });
});

test("a zone that does not exist is said to be missing", async () => {
  const { read } = await reading();
  expect(await read("Z9")).toMatchObject({
    known: false,
    reason: "No hosted zone found with ID: Z9",
  });
});

test("wrong credentials are said to be so", async () => {
  const { read } = await reading("another");
  const reason = /^Route 53 cannot be read: InvalidClientTokenId: The security token/;
  expect(await read()).toMatchObject({ known: false, reason: expect.stringMatching(reason) });
});

test("a throttled call is made again", async () => {
  const { read, set, zone } = await reading();
  set(side("blue", 90), side("green", 10));
  zone.throttle(2);
  expect(await read()).toMatchObject({ known: true });
});
