import { describe, expect, test } from "vitest";
import type { RecordChange } from "../../../../rehearsal/world/dns/change-problems.ts";
import type { RecordSet } from "../../../../rehearsal/world/dns/record-set.ts";
import { emptyZone, forward, loadBalancer, midnight, name, side } from "./dns-world.ts";

const simple: RecordSet = { name, type: "A", ttl: 60, values: ["192.0.2.1"] };
const balancer = { ...loadBalancer, evaluateTargetHealth: true };
const create = (recordSet: RecordSet): RecordChange => ({ action: "CREATE", recordSet });
const upsert = (recordSet: RecordSet): RecordChange => ({ action: "UPSERT", recordSet });
const remove = (recordSet: RecordSet): RecordChange => ({ action: "DELETE", recordSet });

const weightsOf = ({ zone }: ReturnType<typeof emptyZone>) =>
  zone.list().flatMap(({ weight }) => weight ?? []);

test("a zone begins with its NS and SOA", () => {
  const { zone } = emptyZone();
  expect(zone.list().map(({ type }) => type)).toEqual(["NS", "SOA"]);
  expect(zone.served()).toHaveLength(2);
});

describe("what the API refuses", () => {
  test.for([
    [
      "a record that exists",
      {
        before: [side("blue", 1)],
        batch: [create(side("blue", 2))],
        message:
          "[Tried to create resource record set [name='www.example.com.', type='A', " +
          "set identifier='blue'] but it already exists]",
      },
    ],
    [
      "to delete what is not there",
      {
        before: [],
        batch: [remove(simple)],
        message:
          "[Tried to delete resource record set [name='www.example.com.', type='A'] but it was not found]",
      },
    ],
    [
      "to delete by other values than it has",
      {
        before: [simple],
        batch: [remove({ ...simple, ttl: 300 })],
        message:
          "[Tried to delete resource record set [name='www.example.com.', type='A'] but the values " +
          "provided do not match the current values]",
      },
    ],
    [
      "a weighted record beside a simple one: it cannot become weighted in place",
      {
        before: [simple],
        batch: [upsert(side("blue", 100))],
        message:
          "[RRSet with DNS name www.example.com., type A, SetIdentifier blue cannot be created as a " +
          "non-weighted set exists with the same name and type.]",
      },
    ],
    [
      "a simple record beside a weighted one",
      {
        before: [side("blue", 100)],
        batch: [upsert(simple)],
        message:
          "[RRSet with DNS name www.example.com., type A cannot be created as other RRSets exist with " +
          "the same name and type.]",
      },
    ],
    [
      "another TTL for one record of a weighted set",
      {
        before: [side("blue", 100), side("green", 0)],
        batch: [upsert(side("blue", 100, { ttl: 300 }))],
        message:
          "[RRSet with DNS name www.example.com., type A, SetIdentifier blue cannot be created as " +
          "weighted sets must contain the same TTL.]",
      },
    ],
    [
      "a CNAME at the apex",
      {
        before: [],
        batch: [
          create({ name: "example.com.", type: "CNAME", ttl: 60, values: ["a.example.com"] }),
        ],
        message:
          "[RRSet of type CNAME with DNS name example.com. is not permitted at apex in zone example.com.]",
      },
    ],
    [
      "a CNAME beside other records",
      {
        before: [simple],
        batch: [create({ name, type: "CNAME", ttl: 60, values: ["a.example.com"] })],
        message:
          "[RRSet of type CNAME with DNS name www.example.com. is not permitted as it conflicts with " +
          "other records with the same DNS name in zone example.com.]",
      },
    ],
    [
      "a name of another zone",
      {
        before: [],
        batch: [create({ ...simple, name: "www.example.org." })],
        message: "[RRSet with DNS name www.example.org. is not permitted in zone example.com.]",
      },
    ],
    [
      "a value that is no address",
      {
        before: [],
        batch: [create({ ...simple, values: ["blue"] })],
        message:
          "[Invalid Resource Record: FATAL problem: ARRDATAIllegalIPv4Address (Value is not a valid " +
          "IPv4 address) encountered with 'blue']",
      },
    ],
    [
      "an alias to nothing",
      {
        before: [],
        batch: [
          create({
            name,
            type: "A",
            alias: { zoneId: "Z0123456789", name: "blue.example.com.", evaluateTargetHealth: true },
          }),
        ],
        message:
          "[Tried to create an alias that targets blue.example.com., type A in zone Z0123456789, but " +
          "that target was not found]",
      },
    ],
    [
      "an alias to a load balancer that does not exist",
      {
        before: [],
        batch: [create({ name, type: "A", alias: { ...balancer, name: "none.elb.example." } })],
        message:
          "[Tried to create an alias that targets none.elb.example., type A in zone ZELB, but that " +
          "target was not found]",
      },
    ],
    [
      "an alias to a load balancer in the system's own zone",
      {
        before: [],
        batch: [create({ name, type: "A", alias: { ...balancer, zoneId: "Z0123456789" } })],
        message:
          "[Tried to create an alias that targets green.elb.example., type A in zone Z0123456789, but " +
          "the alias target name does not lie within the target zone]",
      },
    ],
    [
      "an alias of IPv6 to a load balancer that has none",
      {
        before: [],
        batch: [create({ name, type: "AAAA", alias: balancer })],
        message:
          "[Tried to create an alias that targets green.elb.example., type AAAA in zone ZELB, but that " +
          "target was not found]",
      },
    ],
  ] as const)("%s", ([, { before, batch, message }]) => {
    const { zone, set } = emptyZone();
    if (before.length > 0) set(...before);
    const found = zone.list();
    expect(() => zone.change([...batch])).toThrow(
      expect.objectContaining({ code: "InvalidChangeBatch", message, status: 400 }),
    );
    expect(zone.list()).toEqual(found);
  });

  test("a batch of which one change is wrong: nothing of it is made", () => {
    const { zone } = emptyZone();
    const wrong = remove({ ...simple, name: "other.example.com." });
    expect(() => zone.change([create(simple), wrong])).toThrow(/not found/);
    expect(zone.list()).toHaveLength(2);
  });
});

test.for([
  [
    "a weight of 256",
    side("blue", 256),
    "1 validation error detected: Value '256' at 'changeBatch.changes.1.member.resourceRecordSet." +
      "weight' failed to satisfy constraint: Member must have value less than or equal to 255",
  ],
  [
    "a negative TTL",
    side("blue", 1, { ttl: -1 }),
    "1 validation error detected: Value '-1' at 'changeBatch.changes.1.member.resourceRecordSet." +
      "tTL' failed to satisfy constraint: Member must have value greater than or equal to 0",
  ],
  [
    "a weight without a set identifier",
    { ...simple, weight: 1 },
    "Invalid request: Missing field 'SetIdentifier' in Change with [Action=UPSERT, " +
      "Name=www.example.com., Type=A, SetIdentifier=null]",
  ],
  [
    "a set identifier without a weight",
    { ...simple, setIdentifier: "blue" },
    expect.stringMatching(/^Invalid request: Expected exactly one of \[Weight, .* found none/),
  ],
  [
    "neither values nor an alias",
    { name, type: "A" },
    expect.stringMatching(/^Invalid request: Expected exactly one of \[AliasTarget, .* found none/),
  ],
] as const)("%s is refused before the zone is looked at", ([, recordSet, message]) => {
  const { zone } = emptyZone();
  expect(() => zone.change([upsert(recordSet)])).toThrow(
    expect.objectContaining({ code: "InvalidInput", message, status: 400 }),
  );
});

test("one batch turns a simple record into a weighted one", () => {
  const world = emptyZone();
  world.set(simple);
  world.zone.change([remove(simple), create(side("blue", 100)), create(side("green", 0))]);
  expect(weightsOf(world)).toEqual([100, 0]);
});

test("one batch gives a weighted set another TTL", () => {
  const world = emptyZone();
  world.set(side("blue", 100), side("green", 0));
  world.set(side("blue", 100, { ttl: 300 }), side("green", 0, { ttl: 300 }));
  expect(world.zone.list().flatMap(({ weight, ttl }) => (weight === undefined ? [] : ttl))).toEqual(
    [300, 300],
  );
});

test("a change is pending until every name server has it; reading the zone shows it at once", () => {
  const { zone, clock } = emptyZone(60_000);
  const { id, status, submittedAt } = zone.change([create(simple)]);
  expect(status).toBe("PENDING");
  expect(submittedAt - midnight).toBeLessThan(5_000);
  expect([zone.list().length, zone.served().length]).toEqual([3, 2]);
  forward(clock, 50);
  expect(zone.changeInfo(id).status).toBe("PENDING");
  forward(clock, 10);
  expect(zone.changeInfo(id).status).toBe("INSYNC");
  expect(zone.served()).toHaveLength(3);
});

test("a later change does not overtake an earlier one that is slow", () => {
  const world = emptyZone(60_000);
  const { zone, clock } = world;
  zone.change([create(side("blue", 100))]);
  zone.propagationMilliseconds = 0;
  const later = zone.change([create(side("green", 0))]);
  expect([zone.changeInfo(later.id).status, zone.served().length]).toEqual(["PENDING", 2]);
  forward(clock, 60);
  expect([zone.changeInfo(later.id).status, zone.served().length]).toEqual(["INSYNC", 4]);
});

test("name servers that are stuck answer as before, while the zone shows the change", () => {
  const { zone, set } = emptyZone();
  set(side("blue", 100));
  zone.freeze();
  set(side("blue", 1));
  expect(zone.list().at(-1)?.weight).toBe(1);
  expect(zone.served().at(-1)?.weight).toBe(100);
});

test("calls beyond the rate are refused, and those after them are not", () => {
  const { zone } = emptyZone();
  zone.throttle(2);
  const throttled = expect.objectContaining({ code: "Throttling", message: "Rate exceeded" });
  expect(() => zone.change([create(simple)])).toThrow(throttled);
  expect(() => zone.list()).toThrow(throttled);
  expect(zone.list()).toHaveLength(2);
});

test("an unknown change is none", () => {
  expect(() => emptyZone().zone.changeInfo("C1")).toThrow(
    expect.objectContaining({ code: "NoSuchChange", status: 404 }),
  );
});
