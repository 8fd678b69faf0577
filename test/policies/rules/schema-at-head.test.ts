import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unknown } from "../../../policies/facts/reading.ts";
import { schemaAtHead } from "../../../policies/rules/schema-at-head.ts";
import { rawdog } from "../../../stacks/rawdog.ts";
import { supabase } from "../../../stacks/supabase.ts";
import { messageOf, move, night, outcome, without } from "../lms-night.ts";
import { planNight, withFacts } from "../plan-night.ts";

const first = move("baseline", "canary");
const head = "4f2a9c7d1e30";
const at = (...schemaRevisions: readonly string[]) => night(first, { schemaRevisions });

test("S1-55, S1-56: a schema at the head that the definition names may have green's first traffic", () =>
  expect(schemaAtHead.judge(at(head))).toEqual({
    outcome: "passed",
    found: "lms_production is at 4f2a9c7d1e30",
  }));

describe("S1-56: any other revision holds it, and several do", () => {
  test.for([
    [["4f2a9c7d1e3"], "lms_production is at 4f2a9c7d1e3, and green needs 4f2a9c7d1e30 alone"],
    [["4F2A9C7D1E30"], "lms_production is at 4F2A9C7D1E30, and green needs"],
    [[], "lms_production is at no revision, and green needs 4f2a9c7d1e30 alone"],
    [[head, "1a2b"], "lms_production is at 4f2a9c7d1e30 and at 1a2b, two heads"],
    [["1a2b", head], "lms_production is at 1a2b and at 4f2a9c7d1e30, two heads"],
  ] as const)("%j", ([found, message]) =>
    expect(messageOf(schemaAtHead.judge(at(...found)))).toContain(message),
  );

  test("whatever they are", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant(head), fc.string())), (revisions) => {
        const good = revisions.length === 1 && revisions[0] === head;
        expect(outcome(schemaAtHead, at(...revisions))).toBe(good ? "passed" : "refused");
      }),
    );
  });
});

test("the refusal is one line that says what to look at", () =>
  expect(messageOf(schemaAtHead.judge(at("1a2b")))).toBe(
    "refused: lms_production is at 1a2b, and green needs 4f2a9c7d1e30 alone; look at the log of the migration's Job.",
  ));

test("S1-35: a database that does not answer holds it", () => {
  expect(outcome(schemaAtHead, without(at(head), "schemaRevisions"))).toBe("refused");
  const of = at(head);
  const silent = { ...of.facts, schemaRevisions: unknown("lms_production refuses connections") };
  expect(messageOf(schemaAtHead.judge({ ...of, facts: silent }))).toBe(
    "refused: nobody knows the schema's revision: lms_production refuses connections.",
  );
});

test("S1-55: it is asked before each step that gives green more", () => {
  for (const of of [first, move("canary", "half"), move("half", "full")]) {
    expect(outcome(schemaAtHead, night(of, { schemaRevisions: [] })), of.to).toBe("refused");
  }
});

test("a way back is never held up by it, nor a stage that is not known", () => {
  const judged = night(move("canary", "baseline"), { schemaRevisions: [] });
  expect(outcome(schemaAtHead, judged)).toBe("not-applicable");
  expect(outcome(schemaAtHead, without(judged, "schemaRevisions"))).toBe("not-applicable");
});

describe("of two stores it is green's", () => {
  const onRawdog = (from: string, to: string, revision: string) =>
    withFacts(planNight(rawdog, [from, to], 60_000), { schemaRevisions: [revision] });

  test("whose head is another", () => {
    expect(outcome(schemaAtHead, onRawdog("ttl-lowered", "canary", "0042-tenants"))).toBe("passed");
    expect(messageOf(schemaAtHead.judge(onRawdog("ttl-lowered", "canary", "0041")))).toContain(
      "rawdog_platform is at 0041, and green needs 0042-tenants alone",
    );
  });

  test.for([
    ["prepare", "ttl-lowered"],
    ["full", "retained"],
    ["retained", "retired"],
  ] as const)(
    "later releases may have moved it on by %s to %s, which gives green nothing",
    ([from, to]) =>
      expect(outcome(schemaAtHead, onRawdog(from, to, "0043"))).toBe("not-applicable"),
  );

  test("S3-15: Supabase's is asked before the first traffic there", () => {
    const asked = (revision: string) =>
      outcome(
        schemaAtHead,
        withFacts(planNight(supabase, ["migrate", "shift-10"], 60_000), {
          schemaRevisions: [revision],
        }),
      );
    expect(asked("20260110080000")).toBe("passed");
    expect(asked("20260109080000")).toBe("refused");
  });
});

test("a plan that names no statement to read it by is not asked, and no database is", () => {
  const judged = without(at(head), "schemaRevisions");
  const { stores } = judged.definition;
  if (stores.kind !== "one database") throw new Error("the LMS has one database");
  const { revision: _, ...migration } = stores.migration;
  const definition = { ...judged.definition, stores: { ...stores, migration } };
  expect(outcome(schemaAtHead, { ...judged, definition })).toBe("not-applicable");
});
