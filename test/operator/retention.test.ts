import { describe, expect, test } from "vitest";
import { append, type LedgerEntry } from "../../definition/ledger.ts";
import {
  earlyRemovals,
  goneBy,
  retainedUntil,
  retentionProblems,
} from "../../operator/retention.ts";
import { days } from "../../definition/units.ts";
import { lms } from "../../stacks/lms.ts";
import { rawdog } from "../../stacks/rawdog.ts";

const at = (day: number, hour = 0): string =>
  `2026-01-${String(day).padStart(2, "0")}T${String(hour).padStart(2, "0")}:00:00.000Z`;
const history = (...moves: readonly (readonly [to: string, at: string])[]) =>
  moves.reduce<readonly LedgerEntry[]>(
    (ledger, [to, when]) =>
      append(ledger, {
        system: "lms",
        from: ledger.at(-1)?.to ?? "(none)",
        to,
        at: when,
        definition: "",
        commit: "",
      }),
    [],
  );
const whole = history(
  ["baseline", at(10)],
  ["canary", at(10, 1)],
  ["half", at(10, 2)],
  ["full", at(10, 3)],
);
const end = Date.parse("2026-02-09T03:00:00.000Z");

const chain = "cutover:index:System$cutover:kubernetes:Environment$kubernetes:apps/v1:Deployment";
const urn = (types: string, name: string): string => `urn:pulumi:prod::cutover::${types}::${name}`;
const blue = urn(chain, "lms-blue-deployment");
const step = (operation: "delete" | "replace" | "update", of: string) => ({
  operation,
  urn: of,
  type: "kubernetes:apps/v1:Deployment",
  changedKeys: [],
  outcome: "planned" as const,
});

describe("S1-115: the term of the old side", () => {
  test("begins when all traffic has left it, and lasts 30 days", () => {
    expect(retainedUntil(lms, whole)).toBe(end);
    expect(retainedUntil(lms, whole.slice(0, 3))).toBeUndefined();
    expect(retainedUntil(lms, [])).toBeUndefined();
  });

  test("begins anew after a rollback and a second way up", () => {
    const again = history(
      ["full", at(10)],
      ["baseline", at(11)],
      ["canary", at(12)],
      ["full", at(13)],
    );
    expect(retainedUntil(lms, again)).toBe(Date.parse(at(13)) + 30 * 86_400_000);
    expect(retainedUntil(lms, again.slice(0, 2))).toBeUndefined();
  });

  test("never ends where the plan keeps the old side", () => {
    const stays = { ...lms, retention: { ...lms.retention, oldSideStays: true } };
    expect(retainedUntil(stays, whole)).toBeUndefined();
  });
});

describe("S1-115: an update that would take a side away", () => {
  test.each(["delete", "replace"] as const)(
    "is refused for a %s until its last second",
    (operation) => {
      const found = earlyRemovals(lms, whole, [step(operation, blue)], end - 1_000);
      expect(found).toEqual([
        {
          urn: blue,
          message: `refused: it would ${operation} lms-blue-deployment, which lms keeps until 2026-02-09T03:00:00.000Z.`,
        },
      ]);
      expect(earlyRemovals(lms, whole, [step(operation, blue)], end)).toEqual([]);
    },
  );

  test("is no update of it, nothing beside it, and nothing of another system", () => {
    const others = [
      step("update", blue),
      step("delete", urn("cutover:index:System$kubernetes:batch/v1:Job", "lms-migration-job")),
      step("delete", urn(chain, "payroll-blue-deployment")),
    ];
    expect(earlyRemovals(lms, whole, others, 0)).toEqual([]);
  });
});

describe("S1-115: a state", () => {
  const kept = ["lms-blue", "lms-green"].flatMap((side) => {
    const parent = urn("cutover:index:System$cutover:kubernetes:Environment", side);
    return [
      {
        urn: parent,
        type: "cutover:kubernetes:Environment",
        parent: "",
        protect: false,
        retainOnDelete: false,
      },
      {
        urn: urn(chain, `${side}-deployment`),
        type: "kubernetes:apps/v1:Deployment",
        parent,
        protect: true,
        retainOnDelete: false,
      },
    ];
  });

  test("that holds both sides protected is in order", () => {
    expect(retentionProblems(lms, whole, kept, end - 1_000)).toEqual([]);
  });

  test("in which somebody lifted a protection is not", () => {
    const lifted = kept.map((resource) =>
      resource.urn === blue ? { ...resource, protect: false } : resource,
    );
    expect(retentionProblems(lms, whole, lifted, end - 1_000)).toEqual([
      "lms-blue-deployment is no longer protected",
    ]);
    expect(retentionProblems(lms, whole, lifted, end)).toEqual([]);
  });

  test("from which a side is gone is not, unless somebody else owns it", () => {
    const gone = kept.filter(({ urn: of }) => !of.includes("lms-blue"));
    expect(retentionProblems(lms, whole, gone, end - 1_000)).toEqual([
      "lms-blue is gone from the state",
    ]);
    const { blue: ours, green } = lms.environments;
    const taken = {
      ...lms,
      environments: { blue: { ...ours, owner: "elsewhere" as const }, green },
    };
    expect(retentionProblems(taken, whole, gone, end - 1_000)).toEqual([]);
  });
});

describe("an old side that the plan lets live for sixty days at the most", () => {
  const ending = { ...rawdog, environments: lms.environments };
  const moves = history(
    ["prepare", at(1)],
    ["canary", at(2)],
    ["full", at(3)],
    ["retained", at(4)],
  );
  const by = Date.parse(at(3)) + days(60).milliseconds;

  test("is late from then on, and not a second before", () => {
    expect(goneBy(ending, moves)).toBe(by);
    expect(retentionProblems(ending, moves, [], by - 1_000)).toEqual([]);
    expect(retentionProblems(ending, moves, [], by)).toEqual([
      `the plan ends the old side's life at ${new Date(by).toISOString()}: go on to retired`,
    ]);
  });

  test("is not late once it is given up, before its traffic has left it, or by a plan that says nothing", () => {
    expect(goneBy(ending, [...moves, ...history(["retired", at(5)])])).toBeUndefined();
    expect(goneBy(ending, moves.slice(0, 2))).toBeUndefined();
    expect(goneBy(lms, whole)).toBeUndefined();
  });
});
