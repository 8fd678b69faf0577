import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nothingYet } from "../../../definition/ledger.ts";
import { hours, seconds } from "../../../definition/units.ts";
import type { FactValues, LiveName } from "../../../policies/facts/facts.ts";
import { unknown } from "../../../policies/facts/reading.ts";
import { ttlLowered } from "../../../policies/rules/ttl-lowered.ts";
import { rawdog } from "../../../stacks/rawdog.ts";
import { messageOf, move, night, outcome, readingsOf } from "../lms-night.ts";
import { begun, planNight } from "../plan-night.ts";

const hour = hours(1).milliseconds;
const found: LiveName = {
  name: "www.rawdog.example",
  ttl: 3_600,
  leadsTo: "rawdog-1234567890.eu-central-1.elb.amazonaws.com",
};
const lowered: LiveName = { ...found, ttl: 300 };

/** A move, so long after the TTL was written. */
const after = (
  milliseconds: number,
  {
    stages = ["ttl-lowered", "canary"],
    ...changes
  }: Partial<Pick<FactValues, "liveNames" | "declaredTtlSince">> & {
    readonly stages?: readonly [string, string];
  } = {},
) => {
  const of = planNight(rawdog, stages, milliseconds);
  const facts = readingsOf({
    now: of.now,
    declaredTtlSince: new Date(begun).toISOString(),
    liveNames: [lowered],
    ...changes,
  });
  return { ...of, facts };
};

describe("S4-15, C13: no traffic before an old TTL has passed since the TTL was lowered", () => {
  test("59 min 59 s are too few, and the refusal names the moment", () => {
    const early = ttlLowered.judge(after(hour - 1_000));
    expect(messageOf(early)).toBe(
      "refused: the TTL was lowered 59 min 59 s ago, and resolvers may keep an answer from before for 1 h; next possible at 23:00:00 UTC (in 1 s).",
    );
    expect(early).toMatchObject({ nextPossibleAt: begun + hour });
  });
  test("60 min will do, a millisecond less will not", () => {
    expect(outcome(ttlLowered, after(hour))).toBe("passed");
    expect(outcome(ttlLowered, after(hour - 1))).toBe("refused");
  });
  test("it is possible from the named instant on and never before, whatever the TTL was", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 172_800 }),
        fc.integer({ min: 0, max: 400_000_000 }),
        (ttl, elapsed) => {
          const of = after(elapsed);
          const names = (of.definition.names ?? []).map((each) => ({
            ...each,
            ttlAsFound: seconds(ttl),
          }));
          const judged = { ...of, definition: { ...of.definition, names } };
          const verdict = ttlLowered.judge(judged);
          // A TTL that was not lowered has nothing that could run out.
          const waits = ttl > 300 && elapsed < ttl * 1_000;
          expect(verdict.outcome).toBe(waits ? "refused" : "passed");
          if (verdict.outcome !== "refused") return;
          expect(verdict.nextPossibleAt).toBe(begun + ttl * 1_000);
          const then = (now: number) =>
            outcome(ttlLowered, { ...judged, facts: { ...judged.facts, ...readingsOf({ now }) } });
          expect(then(begun + ttl * 1_000)).toBe("passed");
          expect(then(begun + ttl * 1_000 - 1)).toBe("refused");
        },
      ),
    );
  });
  test("of several names the longest TTL counts", () => {
    const of = after(hour);
    const [first] = of.definition.names ?? [];
    if (first === undefined) throw new Error("no name");
    const names = [first, { ...first, name: "eu.rawdog.example", ttlAsFound: hours(2) }];
    const liveNames = [lowered, { ...lowered, name: "eu.rawdog.example" }];
    const both = (milliseconds: number) => ({
      ...after(milliseconds, { liveNames }),
      definition: { ...of.definition, names },
    });
    expect(outcome(ttlLowered, both(2 * hour - 1))).toBe("refused");
    expect(outcome(ttlLowered, both(2 * hour))).toBe("passed");
  });
  test("a time that is none, or is yet to come, is no proof", () => {
    for (const declaredTtlSince of ["", "yesterday", new Date(begun + hour).toISOString()]) {
      expect(outcome(ttlLowered, after(hour - 1, { declaredTtlSince }))).toBe("refused");
    }
  });
});

describe("the records themselves", () => {
  test.for([
    ["ttl-lowered", "canary", 3_600, "has a TTL of 3600 s, expected 300 s"],
    ["canary", "half", 299, "has a TTL of 299 s, expected 300 s"],
    ["prepare", "ttl-lowered", 60, "has a TTL of 60 s, expected 3600 or 300 s"],
  ] as const)("%s → %s: a TTL of %i s is none of the stage", ([from, to, ttl, message]) => {
    const judged = after(hour, { stages: [from, to], liveNames: [{ ...found, ttl }] });
    expect(messageOf(ttlLowered.judge(judged))).toBe(`refused: www.rawdog.example ${message}.`);
  });
  test("C1: a name that leads elsewhere holds up every step", () => {
    const liveNames = [{ ...lowered, leadsTo: "old.rawdog.example" }];
    expect(messageOf(ttlLowered.judge(after(hour, { liveNames })))).toBe(
      "refused: www.rawdog.example leads to old.rawdog.example, expected rawdog-1234567890.eu-central-1.elb.amazonaws.com.",
    );
  });
  test("lowering the TTL waits for nothing, and may be finished once the record has it", () => {
    const stages = ["prepare", "ttl-lowered"] as const;
    expect(outcome(ttlLowered, after(0, { stages, liveNames: [found] }))).toBe("passed");
    expect(outcome(ttlLowered, after(0, { stages, liveNames: [lowered] }))).toBe("passed");
  });
  test("a record that does not stand as it was found is not taken over", () => {
    const stages = [nothingYet, "prepare"] as const;
    expect(outcome(ttlLowered, after(0, { stages, liveNames: [found] }))).toBe("passed");
    expect(outcome(ttlLowered, after(0, { stages, liveNames: [lowered] }))).toBe("refused");
    expect(outcome(ttlLowered, after(0, { stages, liveNames: [] }))).toBe("refused");
  });
});

test.for(["now", "declaredTtlSince", "liveNames"] as const)("refuses without %s", (name) => {
  const judged = after(hour);
  expect(
    outcome(ttlLowered, { ...judged, facts: { ...judged.facts, [name]: unknown("silent") } }),
  ).toBe("refused");
});

test("S4-7: no name and no TTL holds up the way back", () => {
  const back = after(0, { stages: ["full", "ttl-lowered"], liveNames: [] });
  expect(outcome(ttlLowered, back)).toBe("not-applicable");
});

test("a system without names is asked for none", () =>
  expect(outcome(ttlLowered, night(move("baseline", "canary")))).toBe("not-applicable"));
