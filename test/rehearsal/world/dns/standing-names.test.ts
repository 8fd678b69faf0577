import { expect, test } from "vitest";
import { hours, minutes } from "../../../../definition/units.ts";
import { CutoverClock } from "../../../../rehearsal/clock.ts";
import { standingNames } from "../../../../rehearsal/world/dns/standing-names.ts";

test("each name stands as it was found, in the zone that it shares with others", () => {
  const clock = CutoverClock.startingAt(Date.UTC(2026, 5, 23));
  const leadsTo = "public-1.eu-central-1.elb.amazonaws.com";
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
