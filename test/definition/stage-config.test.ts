import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BadInput } from "../../definition/bad-input.ts";
import type { Plan } from "../../definition/plan.ts";
import { stageFromConfig, type RawConfig } from "../../definition/stage-config.ts";
import { lms } from "../../stacks/lms.ts";
import { supabase } from "../../stacks/supabase.ts";
import { intelliflow } from "./plans/intelliflow.ts";
import { nxop } from "./plans/nxop.ts";
import { rawdog } from "../../stacks/rawdog.ts";

const file = "Pulumi.prod.yaml";
const plans: readonly Plan[] = [lms, intelliflow, nxop, supabase, rawdog];

/** The one line that a person reads, or the stage that was found. */
const outcome = (plan: Plan, raw: RawConfig): string => {
  try {
    return stageFromConfig(plan, raw, file).name;
  } catch (error) {
    if (error instanceof BadInput) return error.message;
    throw error;
  }
};

describe("one line that names file, key, what was found and what is expected", () => {
  test.each([
    [
      "no stage, one key",
      lms,
      { trafficWeight: "15" },
      "Pulumi.prod.yaml: lms:trafficWeight is 15, which is no stage, expected 0, 10, 50 or 100 (stacks/lms.ts). Nearest: canary (lms:trafficWeight 10) or baseline (lms:trafficWeight 0). Nothing changed.",
    ],
    [
      "out of range",
      lms,
      { trafficWeight: "101" },
      "Pulumi.prod.yaml: lms:trafficWeight is 101, expected a whole number from 0 to 100; stages have 0, 10, 50 or 100. Nearest: full (lms:trafficWeight 100) or half (lms:trafficWeight 50). Nothing changed.",
    ],
    [
      "wrong type",
      lms,
      { trafficWeight: "ten" },
      'Pulumi.prod.yaml: lms:trafficWeight is "ten", expected a whole number from 0 to 100; stages have 0, 10, 50 or 100. Nothing changed.',
    ],
    [
      "not set",
      lms,
      {},
      "Pulumi.prod.yaml: lms:trafficWeight is not set, expected a whole number from 0 to 100; stages have 0, 10, 50 or 100. Nothing changed.",
    ],
    [
      "unknown key",
      lms,
      { trafficWeight: "10", trafficWieght: "50" },
      "Pulumi.prod.yaml: lms:trafficWieght is no key of this system, expected lms:trafficWeight or lms:maintenance (stacks/lms.ts). Nothing changed.",
    ],
    [
      "a key that every object has",
      lms,
      { trafficWeight: "10", constructor: "x" },
      "Pulumi.prod.yaml: lms:constructor is no key of this system, expected lms:trafficWeight or lms:maintenance (stacks/lms.ts). Nothing changed.",
    ],
    [
      "a key that would break the line",
      lms,
      { "a\nb": "x" },
      'Pulumi.prod.yaml: lms:"a\\nb" is no key of this system, expected lms:trafficWeight or lms:maintenance (stacks/lms.ts). Nothing changed.',
    ],
    [
      "values that together are no stage: only what would have to change is named",
      rawdog,
      { trafficWeight: "50" },
      "Pulumi.prod.yaml: rawdog is at trafficWeight 50, ttlSeconds as found, oldSystem in step, which together are no stage, expected the values of one stage (stacks/rawdog.ts). Nearest: half (rawdog:ttlSeconds 300) or prepare (rawdog:trafficWeight 0). Nothing changed.",
    ],
    [
      "a value of a later stage: the one to go back to comes first",
      rawdog,
      { trafficWeight: "50", ttlSeconds: "300", oldSystem: "retired" },
      "Pulumi.prod.yaml: rawdog is at trafficWeight 50, ttlSeconds 300, oldSystem retired, which together are no stage, expected the values of one stage (stacks/rawdog.ts). Nearest: half (rawdog:oldSystem in step) or retired (rawdog:trafficWeight 100). Nothing changed.",
    ],
    [
      "a switch",
      supabase,
      { trafficWeight: "0", retired: "yes" },
      'Pulumi.prod.yaml: supabase:retired is "yes", expected true or false; stages have false or true. Nothing changed.',
    ],
    [
      "a plane that does not exist",
      nxop,
      { activeRegion: '{"messaging":"us-west-2","dns":"us-west-2"}' },
      'Pulumi.prod.yaml: nxop:activeRegion is {"messaging":"us-west-2","dns":"us-west-2"}, expected us-east-1 or us-west-2, or one of them for each of messaging, database, edge, listeners; stages have us-east-1, {"messaging":"us-west-2","database":"us-west-2","edge":"us-east-1","listeners":"us-east-1"} or us-west-2. Nothing changed.',
    ],
  ])("%s", (_what, plan, raw: RawConfig, message) => expect(outcome(plan, raw)).toBe(message));

  test.each(["1e1", "10.0", "-0", "010", "0x0a"])("a number as nobody writes it: %s", (weight) =>
    expect(outcome(lms, { trafficWeight: weight })).toBe(
      `Pulumi.prod.yaml: lms:trafficWeight is "${weight}", expected a whole number from 0 to 100; stages have 0, 10, 50 or 100. Nothing changed.`,
    ),
  );
  test("S3-58: a weight that is no step, with the nearest ones", () =>
    expect(outcome(supabase, { trafficWeight: "20", watch: "cutover" })).toBe(
      "Pulumi.prod.yaml: supabase is at trafficWeight 20, watch cutover, retired false, which together are no stage, expected the values of one stage (stacks/supabase.ts). Nearest: shift-25 (supabase:trafficWeight 25) or shift-10 (supabase:trafficWeight 10). Nothing changed.",
    ));
  test("a word that is no stage", () =>
    expect(outcome(intelliflow, { stage: "cutover" })).toMatch(
      /^Pulumi\.prod\.yaml: intelliflow:stage is "cutover", expected legacy or prepared or .* retired\. Nothing changed\.$/,
    ));
});

test("planes may stand in any order", () =>
  expect(
    outcome(nxop, {
      watch: "cutover",
      activeRegion:
        '{"listeners":"us-east-1","edge":"us-east-1","database":"us-west-2","messaging":"us-west-2"}',
    }),
  ).toBe("core-west"));

describe("whatever stands in the file", () => {
  const anyText = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.json(),
    fc.integer().map(String),
    fc.constantFrom("0", "10", "true", "null", "{}", "[]", "us-west-2", "__proto__", "\u2028", ""),
  );
  const anyConfig = fc.oneof(
    fc.dictionary(fc.string({ unit: "binary" }), anyText),
    fc.record(
      {
        trafficWeight: anyText,
        stage: anyText,
        watch: anyText,
        activeRegion: anyText,
        ttlSeconds: anyText,
        oldSystem: anyText,
        retired: anyText,
      },
      { requiredKeys: [] },
    ),
    fc.record({ trafficWeight: anyText }),
    fc.record({ activeRegion: anyText, watch: anyText }),
  );

  test("a stage is found, or one line says what is wrong; it never crashes", () => {
    fc.assert(
      fc.property(fc.constantFrom(...plans), anyConfig, (plan, raw) => {
        const found = outcome(plan, raw);
        if (plan.ladder.some(({ name }) => name === found)) return;
        expect(found).toMatch(
          new RegExp(
            `^Pulumi\\.prod\\.yaml: ${plan.name}.* is .+, expected .+\\. Nothing changed\\.$`,
          ),
        );
        expect(found).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        expect(found).not.toMatch(/Invalid|ZodError|\bat .*:\d+:\d+/);
      }),
      { numRuns: 2_000 },
    );
  });
});
