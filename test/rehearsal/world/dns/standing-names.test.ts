import { expect, test } from "vitest";
import { hours, minutes } from "../../../../definition/units.ts";
import { CutoverClock } from "../../../../rehearsal/clock.ts";
import { putTtlBack, standingNames } from "../../../../rehearsal/world/dns/standing-names.ts";

const clock = CutoverClock.startingAt(Date.UTC(2026, 5, 23));
const leadsTo = "public-1.eu-central-1.elb.amazonaws.com";

test("each name stands as it was found, in the zone that it shares with others", () => {
  const { zones } = standingNames(
    [
      { zoneId: "Z1", name: "www.example.com", leadsTo, ttlAsFound: hours(1) },
      { zoneId: "Z1", name: "api.example.com", leadsTo, ttlAsFound: minutes(10) },
      { zoneId: "Z2", name: "www.example.net", leadsTo, ttlAsFound: hours(2) },
    ],
    clock,
    "rehearsal",
  );
  const records = zones.map((zone) => [
    zone.name,
    zone.list().flatMap(({ name, type, ttl }) => (type === "CNAME" ? [[name, ttl]] : [])),
  ]);
  expect(records).toEqual([
    [
      "example.com.",
      [
        ["api.example.com.", 600],
        ["www.example.com.", 3_600],
      ],
    ],
    ["example.net.", [["www.example.net.", 7_200]]],
  ]);
});

test("a TTL that was lowered and is put back by hand is as found again", () => {
  const names = [{ zoneId: "Z1", name: "www.example.com", leadsTo, ttlAsFound: hours(1) }];
  const world = standingNames(names, clock, "rehearsal");
  const [zone] = world.zones;
  const ttlNow = () => zone?.list().find(({ type }) => type === "CNAME")?.ttl;
  const lowered = { name: "www.example.com.", type: "CNAME", ttl: 300, values: [leadsTo] } as const;
  zone?.change([{ action: "UPSERT", recordSet: lowered }]);
  expect(ttlNow()).toBe(300);
  putTtlBack(names, world);
  expect(ttlNow()).toBe(3_600);
});
