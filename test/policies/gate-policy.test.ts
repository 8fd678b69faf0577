import type { ResourceValidation } from "@pulumi/policy";
import { expect, describe, test } from "vitest";
import type { SystemDefinition } from "../../definition/system.ts";
import { seconds } from "../../definition/units.ts";
import { allRules } from "../../policies/all-rules.ts";
import type { FactValues } from "../../policies/facts/facts.ts";
import { unknown } from "../../policies/facts/reading.ts";
import { noSources, type Sources } from "../../policies/facts/sources.ts";
import { gatePolicy } from "../../policies/gate-policy.ts";
import { passed, rule, type Rule } from "../../policies/rules/rule.ts";
import { Sittings } from "../../policies/sittings.ts";
import type { Surroundings } from "../../policies/sitting.ts";
import { lms } from "../../stacks/lms.ts";
import { cutoverArgs, cutoverProps, NotApplicable, unknownText } from "./cutover-component.ts";
import { entered, minutes } from "./lms-night.ts";

const surroundings = (changes: Partial<Surroundings> = {}): Surroundings => ({
  load: async () => lms,
  open: () => noSources("the source is silent"),
  rules: allRules,
  ...changes,
});

/** What the policies of these rules report about one component. */
const violations = async (
  args: ReturnType<typeof cutoverArgs>,
  changes: Partial<Surroundings> = {},
  deadline?: number,
): Promise<Readonly<Record<string, string>>> => {
  const sittings = new Sittings(surroundings(changes));
  const reported: Record<string, string> = {};
  for (const one of changes.rules ?? allRules) {
    const { validateResource } = gatePolicy(one, sittings, deadline);
    try {
      await (validateResource as ResourceValidation)(args, (message) => {
        reported[one.name] = message;
      });
    } catch (error) {
      if (!(error instanceof NotApplicable)) throw error;
    }
  }
  return reported;
};

const ruleOf = (
  judge: Parameters<typeof rule>[0]["judge"],
  needs: readonly (keyof FactValues)[] = [],
  binds: Rule["binds"] = ["begin", "forward", "recorded"],
): Rule =>
  rule({
    name: "one",
    sentence: "A rule for tests",
    severity: "high",
    remediation: "None.",
    binds,
    needs,
    judge,
  });

test("each rule is a policy with its words for people, mandatory", () => {
  for (const one of allRules) {
    expect(gatePolicy(one, new Sittings(surroundings()))).toMatchObject({
      name: one.name,
      description: one.sentence,
      enforcementLevel: "mandatory",
      remediationSteps: one.remediation,
    });
  }
});

test("other resources are not looked at", async () =>
  expect(await violations(cutoverArgs({}, { type: "aws:s3/bucket:Bucket" }))).toEqual({}));

describe("what nobody knows refuses a step up and holds up nothing else", () => {
  test("facts", async () => {
    const reported = await violations(cutoverArgs(cutoverProps("canary", "half")));
    expect(Object.keys(reported)).toEqual([
      "change-window",
      "soak",
      "maintenance-over",
      "sole-owner",
      "read-back",
      "observed-share",
      "green-ready",
      "sides-answer",
      "live-health",
      "alarms-quiet",
      "safe-side",
      "schema-at-head",
      "backup-proof",
      "checkpoint-answered",
    ]);
    expect(reported["soak"]).toBe("refused: nobody knows the time: the source is silent.");
    for (const [from, to] of [
      ["half", "baseline"],
      ["full", "half"],
    ] as const) {
      expect(await violations(cutoverArgs(cutoverProps(from, to)))).toEqual({});
    }
    const recorded = { ignoreChanges: ["recorded"] };
    expect(await violations(cutoverArgs(cutoverProps("canary", "half"), recorded))).toEqual({});
  });
  test("values that a preview does not know", async () => {
    const unknowns = { alarms: unknownText, panels: unknownText };
    const reported = async (from: string, to: string) =>
      Object.keys(await violations(cutoverArgs({ ...cutoverProps(from, to), ...unknowns })));
    expect(await reported("canary", "half")).toContain("watched");
    // Alarms are yet to be created; the backup that the migration waits for is there or not.
    expect(await reported("(none)", "baseline")).toEqual(["sole-owner", "backup-proof"]);
    expect(await reported("half", "baseline")).toEqual([]);
  });
  test("a move back is allowed with nothing but its direction", async () => {
    const { system, environment, transition } = cutoverProps("half", "baseline");
    expect(await violations(cutoverArgs({ system, environment, transition }))).toEqual({});
  });
});

describe("a direction that nobody knows is refused in one line", () => {
  test.for([
    [
      { transition: unknownText },
      "refused: not judged: transition is only known once the update has created it.",
    ],
    [
      { transition: "half" },
      "refused: not judged: transition of the Cutover component is not readable.",
    ],
    [
      { system: undefined },
      "refused: not judged: system of the Cutover component is not readable.",
    ],
  ] as const)("%j", async ([changes, message]) =>
    expect(
      Object.values(
        await violations(cutoverArgs({ ...cutoverProps("half", "baseline"), ...changes })),
      ),
    ).toEqual(allRules.map(() => message)),
  );
  test("a system without a definition", async () => {
    const reported = await violations(cutoverArgs(cutoverProps("canary", "half")), {
      load: () => Promise.reject(new Error("stacks/: no such file\n  at somewhere")),
    });
    expect(reported["ladder"]).toBe("refused: not judged: stacks/: no such file at somewhere.");
  });
});

describe("no verdict is a refusal of a step up and of a way back that waits for an order, and of nothing else", () => {
  const hanging = ruleOf(() => passed(""), ["now"]);
  const silent: Sources = { ...noSources(""), now: () => new Promise(() => undefined) };
  const broken = ruleOf(() => {
    throw new Error("a bug\n    at rule.ts");
  });
  test("a source that hangs", async () => {
    const one = { rules: [hanging], open: () => silent };
    expect(await violations(cutoverArgs(cutoverProps("canary", "half")), one, 20)).toEqual({
      one: "refused: not judged: no verdict within 20 ms.",
    });
    const recorded = { ignoreChanges: ["recorded"] };
    expect(
      await violations(cutoverArgs(cutoverProps("canary", "half"), recorded), one, 20),
    ).toEqual({});
    expect(await violations(cutoverArgs(cutoverProps("half", "baseline")), one, 20)).toEqual({});
  });
  test("a rule that throws", async () => {
    const one = { rules: [broken] };
    expect(await violations(cutoverArgs(cutoverProps("canary", "half")), one)).toEqual({
      one: "refused: not judged: a bug at rule.ts.",
    });
    expect(await violations(cutoverArgs(cutoverProps("half", "baseline")), one)).toEqual({});
  });
  test("neither lets a way back through that the plan ties to a signed order", async () => {
    const ordered: SystemDefinition = {
      ...lms,
      ladder: lms.ladder.map((stage) =>
        stage.name === "half"
          ? { ...stage, rollback: { to: "baseline", within: seconds(60), needs: ["Data in step"] } }
          : stage,
      ),
    };
    const load = () => Promise.resolve(ordered);
    const back = cutoverArgs(cutoverProps("half", "baseline"));
    const throwing = ruleOf(
      () => {
        throw new Error("a bug\n    at rule.ts");
      },
      [],
      ["back"],
    );
    const waiting = ruleOf(() => passed(""), ["now"], ["back"]);
    expect(await violations(back, { load, rules: [throwing] })).toEqual({
      one: "refused: not judged: a bug at rule.ts.",
    });
    expect(await violations(back, { load, rules: [waiting], open: () => silent }, 20)).toEqual({
      one: "refused: not judged: no verdict within 20 ms.",
    });
  });
});

test("S1-2: in production open values refuse a step up, and never a rollback", async () => {
  const props = (from: string, to: string) => ({
    ...cutoverProps(from, to),
    environment: "production",
  });
  const urn = "urn:pulumi:prod::cutover::cutover:index:Cutover::lms-cutover";
  const reported = await violations(cutoverArgs(props("canary", "half"), { urn }));
  expect(reported["ladder"]).toMatch(
    /^refused: not judged: stacks\/lms\.ts: .* is still open, expected/,
  );
  expect(await violations(cutoverArgs(props("half", "baseline"), { urn }))).toEqual({});
});

test("all policies of one component share one sitting, the next update opens another", async () => {
  let opened = 0;
  const sittings = new Sittings(
    surroundings({
      open: () => {
        opened += 1;
        return { ...noSources("silent"), now: async () => unknown("silent") };
      },
    }),
  );
  const args = cutoverArgs(cutoverProps("canary", "half"));
  const ask = async () => {
    for (const one of allRules) {
      const { validateResource } = gatePolicy(one, sittings);
      await Promise.resolve((validateResource as ResourceValidation)(args, () => undefined)).catch(
        () => undefined,
      );
    }
  };
  await ask();
  expect(opened).toBe(1);
  await ask();
  expect(opened).toBe(2);
});

test("S1-70: the refusal that an operator reads", async () => {
  const now = entered + minutes(11);
  const reported = await violations(cutoverArgs(cutoverProps("canary", "half")), {
    open: () => ({ ...noSources("silent"), now: async () => ({ known: true, value: now }) }),
  });
  expect(reported["soak"]).toBe(
    "refused: 11 of 15 soak minutes at canary (10 %) have passed; next possible at 22:41:00 UTC (in 4 min).",
  );
});

test("whoever hears verdicts is told each move's once, and none of a move that the ledger has already", async () => {
  const heard: string[] = [];
  const sittings = new Sittings(surroundings(), async ({ from, to }, { verdicts }) => {
    heard.push(`${from} → ${to}: ${verdicts.length}`);
  });
  const ask = async (from: string, to: string, ignoreChanges: string[] = []): Promise<void> => {
    const args = cutoverArgs(cutoverProps(from, to), { ignoreChanges, urn: `${from}-${to}` });
    for (const one of allRules) {
      const { validateResource } = gatePolicy(one, sittings);
      await Promise.resolve((validateResource as ResourceValidation)(args, () => undefined)).catch(
        () => undefined,
      );
    }
  };
  await ask("half", "baseline");
  await ask("canary", "half");
  await ask("full", "baseline", ["recorded"]);
  expect(heard).toEqual([
    `half → baseline: ${allRules.length}`,
    `canary → half: ${allRules.length}`,
  ]);
});
