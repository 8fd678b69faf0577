import { expect, onTestFinished, test, vi } from "vitest";
import type { Settled } from "../../../definition/tbd.ts";
import type { Route53Weighted } from "../../../definition/traffic.ts";
import { seconds } from "../../../definition/units.ts";
import { readWeightedRecords } from "../../../policies/facts/route53-reader.ts";
import { LoopbackServer } from "../../../rehearsal/world/application/loopback-server.ts";
import { AddressBook } from "../../../rehearsal/world/dns/address-book.ts";
import { HealthChecks } from "../../../rehearsal/world/dns/health-checks.ts";
import { route53Api } from "../../../rehearsal/world/dns/route53-api.ts";
import {
  blueAddress,
  emptyZone,
  greenAddress,
  loadBalancer,
  name,
  side,
} from "../../rehearsal/world/dns/dns-world.ts";

const route: Settled<Route53Weighted> = {
  mechanism: "route53 weighted",
  zoneId: "Z0123456789",
  name: "www.example.com",
  ttl: seconds(60),
  connectionsLiveFor: seconds(30),
  targets: { blue: { address: blueAddress }, green: { address: greenAddress } },
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
  const read = (different: Partial<typeof route> = {}) =>
    readWeightedRecords(connection, { ...route, ...different }, identifiers);
  return { ...world, read };
};

test("weights are shares of their sum, also between the two writes of a move", async () => {
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
  expect(await read()).toMatchObject({ value: { weights: { blue: 64.29, green: 35.71 } } });
});

test("where both weigh 0, each gets half", async () => {
  const { read, set } = await reading();
  set(side("blue", 0), side("green", 0));
  expect(await read()).toMatchObject({ value: { weights: { blue: 50, green: 50 } } });
});

test.for([
  [
    "another address",
    side("green", 10, { values: ["192.0.2.99"] }),
    `record green of www.example.com leads to 192.0.2.99, expected ${greenAddress}`,
  ],
  [
    "a second address",
    side("blue", 90, { values: [blueAddress, greenAddress] }),
    `record blue of www.example.com leads to ${blueAddress} and ${greenAddress}, expected ${blueAddress}`,
  ],
  [
    "a health check",
    side("green", 10, { healthCheckId: "hc-1" }),
    "record green of www.example.com has a health check, which moves traffic past the gates",
  ],
  [
    "IPv6 addresses",
    { name, type: "AAAA", ttl: 60, values: ["2001:db8::1"] },
    "www.example.com has AAAA records as well, which no weight splits",
  ],
] as const)("a pair with %s is not what splits its clients", async ([, record, problem]) => {
  const { read, set } = await reading();
  set(side("blue", 90), side("green", 10));
  expect(await read()).toMatchObject({ value: { notInForce: undefined } });
  set(record);
  expect(await read()).toMatchObject({ value: { notInForce: problem } });
});

test("another TTL than the definition's is found: a rollback would take as much longer", async () => {
  const { read, set } = await reading();
  set(side("blue", 90), side("green", 10));
  expect(await read({ ttl: seconds(10) })).toMatchObject({
    value: { notInForce: "record blue of www.example.com has a TTL of 60 s, expected 10 s" },
  });
});

test("aliases are held to their load balancers, and to whether health moves traffic", async () => {
  const { read, set } = await reading();
  const alias = { ...loadBalancer, evaluateTargetHealth: false };
  const green = { name, type: "A", setIdentifier: "green", weight: 10 } as const;
  const asDefined = {
    targets: { blue: { address: blueAddress }, green: { alias } },
  };
  set(side("blue", 90), { ...green, alias });
  expect(await read(asDefined)).toMatchObject({ value: { notInForce: undefined } });
  set({ ...green, alias: { ...alias, evaluateTargetHealth: true } });
  expect(await read(asDefined)).toMatchObject({
    value: {
      notInForce:
        "record green of www.example.com leads to green.elb.example in zone ZELB while it is " +
        "healthy, expected green.elb.example in zone ZELB",
    },
  });
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
  expect(await read({ zoneId: "Z9" })).toMatchObject({
    known: false,
    reason: "No hosted zone found with ID: Z9",
  });
});

test("no variable of AWS puts another Route 53 in its place", async () => {
  vi.stubEnv("AWS_ENDPOINT_URL_ROUTE_53", "http://127.0.0.1:1");
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const { read, set } = await reading();
  set(side("blue", 90), side("green", 10));
  expect(await read()).toMatchObject({ known: true });
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
