import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nothingYet } from "../../../definition/ledger.ts";
import type { Readiness } from "../../../definition/readiness.ts";
import type { SettledSystem } from "../../../definition/system.ts";
import { count, hours, minutes as span, percent } from "../../../definition/units.ts";
import type { ReadinessFacts } from "../../../policies/facts/readiness-facts.ts";
import { known, unknown } from "../../../policies/facts/reading.ts";
import { readiness } from "../../../policies/rules/readiness.ts";
import { readinessScore } from "../../../policies/rules/readiness/readiness-score.ts";
import { supabase } from "../../../stacks/supabase.ts";
import { intelliflow } from "../../definition/plans/intelliflow.ts";
import { nxop } from "../../definition/plans/nxop.ts";
import { rawdog } from "../../../stacks/rawdog.ts";
import { goodFacts, messageOf, minutes, move, night, outcome, without } from "../lms-night.ts";
import { planNight, withFacts } from "../plan-night.ts";
import { evidenceOf } from "../signed-evidence.ts";

const first = move("baseline", "canary");
const good = goodFacts(first);
const judged = (changes: Partial<ReadinessFacts>) =>
  night(first, { readinessFacts: { ...good.readinessFacts, ...changes } });

describe("S1-44: nothing of the LMS's checks may be missing before the first traffic", () => {
  test("all of it is there", () => expect(outcome(readiness, night(first))).toBe("passed"));
  test("one check that nobody has signed is named with its owner", () => {
    const signed = good.evidence.signed.map(({ statement, ...key }) =>
      statement.statement === "checklist" &&
      statement.checklist === "an-hour-before" &&
      statement.role === "dba"
        ? { ...key, statement: { ...statement, done: ["Production database answers"] } }
        : { ...key, statement },
    );
    expect(messageOf(readiness.judge(judged({ evidence: known({ signed, rejected: [] }) })))).toBe(
      "refused: readiness is 95.4 %, at least 100 % is asked for; Checks of the hour before: 9 of 10 signed; open: Backup verified (Database Administrator).",
    );
  });
  test("S1-38, S1-40: what machines see counts as well", () => {
    const { deployments, alarmStates } = good.readinessFacts;
    const green = { ...good.greenDeployment, ready: 2 };
    for (const changes of [
      { deployments: { ...deployments, green: known(green) } },
      { deployments: { ...deployments, blue: known({ ...good.blueDeployment, imageDigest: "" }) } },
      { deployments: { ...deployments, blue: unknown("Kubernetes is silent") } },
      { alarmStates: known({ ...good.alarmStates, cpu: known("Alert") }) },
      { alarmStates: known({ ...good.alarmStates, cpu: unknown("gone") }) },
      { alarmStates: unknown("Datadog is silent") },
      { evidence: unknown("evidence/ cannot be read") },
      { evidence: known({ signed: [], rejected: [] }) },
    ]) {
      expect(outcome(readiness, judged(changes)), JSON.stringify(changes)).toBe("refused");
    }
    expect(alarmStates.known).toBe(true);
  });
  test("S1-39: gateway and control plane of the mesh stand whole, each counts for its share", () => {
    const whole = known({ ...good.blueDeployment, name: "istiod" });
    const down = known({ ...good.blueDeployment, name: "istio-ingressgateway", ready: 0 });
    const half = readiness.judge(judged({ shared: { mesh: [whole, down] } }));
    expect(messageOf(half)).toBe(
      "refused: readiness is 97.7 %, at least 100 % is asked for; Gateway and control plane of the mesh stand whole: 0 of 3 replicas of istio-ingressgateway are ready.",
    );
    const silent = [whole, unknown("the cluster has no Deployment istio-system/istiod")];
    const none = { shared: {} };
    for (const changes of [{ shared: { mesh: silent } }, none, { shared: { mesh: [whole] } }]) {
      expect(outcome(readiness, judged(changes)), JSON.stringify(changes)).toBe("refused");
    }
  });
  test("S1-47: the backup counts by the gate's own rule", () => {
    const signed = good.evidence.signed.filter(({ statement }) => statement.statement !== "backup");
    expect(
      messageOf(readiness.judge(judged({ evidence: known({ signed, rejected: [] }) }))),
    ).toContain("Backup read back: nobody has signed for it");
  });
});

/** The score of NXOP with such values, each of such an age, milliseconds. */
const nxopNight = planNight(nxop, ["ready", "core-west"], span(30).milliseconds);
const nxopScore = (
  values: Readonly<Record<string, number>>,
  asked: Readiness | undefined = nxop.readiness,
  age = 0,
) => {
  const definition = { ...nxopNight.definition, ...(asked !== undefined && { readiness: asked }) };
  const readinessFacts: ReadinessFacts = {
    evidence: unknown("nobody asked"),
    deployments: { blue: unknown("nobody asked"), green: unknown("nobody asked") },
    alarmStates: unknown("nobody asked"),
    shared: {},
    measured: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        known({ value, at: nxopNight.now - age }),
      ]),
    ),
  };
  return { ...withFacts({ ...nxopNight, definition }, { readinessFacts }), definition };
};
const all = Object.fromEntries((nxop.readiness?.components ?? []).map(({ name }) => [name, 0]));

describe("S2-53, S2-59: 90 % of the score, no data is nothing", () => {
  test("a part of ten percent may be missing", () => {
    expect(outcome(readiness, nxopScore(all))).toBe("passed");
    const { edge: _, ...others } = all;
    expect(outcome(readiness, nxopScore(others))).toBe("passed");
    const { clients: __, ...fewer } = others;
    expect(messageOf(readiness.judge(nxopScore(fewer)))).toContain(
      "readiness is 80 %, at least 90 % is asked for; West as the edge's target: nobody read it; AMQP",
    );
  });
  test.for([
    [899, "refused"],
    [900, "passed"],
    [901, "passed"],
  ] as const)("%i of 1000: %s", ([weight, expected]) => {
    const component = nxop.readiness?.components.find(({ name }) => name === "edge");
    if (component === undefined || nxop.readiness === undefined) throw new Error("no such part");
    const parts = [
      { ...component, weight },
      { ...component, name: "gone", weight: 1_000 - weight },
    ];
    const asked = { ...nxop.readiness, components: parts };
    expect(outcome(readiness, nxopScore({ edge: 0 }, asked))).toBe(expected);
  });
  test.for(["layers", "database"])("without %s nothing moves, whatever the score", (name) => {
    const { [name]: _, ...others } = all;
    const lenient = { ...nxop.readiness, atLeast: percent(50) } as Readiness;
    expect(outcome(readiness, nxopScore(all, lenient))).toBe("passed");
    expect(messageOf(readiness.judge(nxopScore(others, lenient)))).toContain("(required)");
  });
  test("30 s of lag are too many, a moment less is not", () => {
    expect(outcome(readiness, nxopScore({ ...all, database: 30_000 }))).toBe("refused");
    expect(outcome(readiness, nxopScore({ ...all, database: 29_999 }))).toBe("passed");
    expect(outcome(readiness, nxopScore({ ...all, database: NaN }))).toBe("refused");
    expect(outcome(readiness, nxopScore({ ...all, database: -1 }))).toBe("refused");
  });
  test("what is older than five minutes counts as missing", () => {
    const old = (age: number) => outcome(readiness, nxopScore(all, nxop.readiness, age));
    expect(old(span(5).milliseconds)).toBe("passed");
    expect(old(span(5).milliseconds + 1)).toBe("refused");
    expect(old(NaN)).toBe("refused");
  });
});

/** What machines see of a system that is well; nothing of a plan without resources. */
const machinesSee = (of: Partial<SettledSystem>): Omit<ReadinessFacts, "evidence"> => {
  const standing = (side: "blue" | "green"): ReadinessFacts["deployments"]["blue"] => {
    const environment = of.environments?.[side];
    if (environment === undefined) return unknown("nobody asked");
    return known({
      ...good.greenDeployment,
      name: environment.name,
      imageDigest: environment.image.digest,
    });
  };
  const { thresholds = [], readiness: asked } = of;
  const shared = (asked?.components ?? []).flatMap(({ name, from }) =>
    "deployments" in from
      ? [[name, from.deployments.map(() => known(good.greenDeployment))] as const]
      : [],
  );
  return {
    deployments: { blue: standing("blue"), green: standing("green") },
    alarmStates: known(Object.fromEntries(thresholds.map(({ name }) => [name, known("OK")]))),
    shared: Object.fromEntries(shared),
    measured: {},
  };
};

test.for([
  ["S0-18: intelliflow", intelliflow, "prepared", "preflight"],
  ["S3-82: supabase", supabase, "prepare", "migrate"],
  ["S4-10: rawdog", rawdog, "ttl-lowered", "canary"],
] as const)(
  "%s passes with all that its plan asks for, and not with one thing less",
  ([, plan, from, to]) => {
    const ofPlan = planNight(plan, [from, to], hours(1).milliseconds);
    const withSigned = (asked: typeof ofPlan.asked) => {
      return withFacts(ofPlan, {
        readinessFacts: { ...machinesSee(ofPlan.definition), evidence: known(evidenceOf(asked)) },
      });
    };
    const backups = planNight(plan, [nothingYet, plan.ladder[0]?.name ?? ""], 0).asked.map(
      (each) => (each.statement === "backup" ? each : []),
    );
    const words = [...ofPlan.asked, ...backups.flat()];
    const [list] = words.filter(({ statement }) => statement === "checklist");
    expect(outcome(readiness, withSigned(words))).toBe("passed");
    expect(outcome(readiness, withSigned(words.filter((each) => each !== list)))).toBe("refused");
  },
);

describe("the score", () => {
  const part = fc.record({
    weight: fc.integer({ min: 1, max: 50 }),
    age: fc.integer({ min: 0, max: 2 * span(5).milliseconds }),
    good: fc.boolean(),
    known: fc.boolean(),
  });
  const scoreOf = (parts: readonly (typeof part extends fc.Arbitrary<infer T> ? T : never)[]) => {
    const asked: Readiness = {
      toLeave: "ready",
      atLeast: percent(90),
      source: "an example",
      components: parts.map(({ weight }, index) => ({
        name: `part-${index}`,
        title: `Part ${index}`,
        weight,
        from: { query: "a query", limit: { below: count(1) }, notOlderThan: span(5) },
        source: "an example",
      })),
    };
    const measured = Object.fromEntries(
      parts.map((one, index) => [
        `part-${index}`,
        one.known
          ? known({ value: one.good ? 0 : 1, at: nxopNight.now - one.age })
          : unknown("silent"),
      ]),
    );
    const { definition, move: of, now } = nxopNight;
    const facts = { ...good.readinessFacts, measured };
    return readinessScore(asked, { definition, move: of, now, facts });
  };
  const fresh = ({ age, good, known }: Parameters<typeof scoreOf>[0][number]) =>
    known && good && age <= span(5).milliseconds;

  test("is the share of the weights that are there and fresh", () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), (parts) => {
        const weigh = (some: typeof parts) => some.reduce((sum, { weight }) => sum + weight, 0);
        const { score, ready } = scoreOf(parts);
        expect(score).toBeCloseTo((100 * weigh(parts.filter(fresh))) / weigh(parts), 8);
        // In whole numbers, where nothing is rounded.
        expect(ready).toBe(10 * weigh(parts.filter(fresh)) >= 9 * weigh(parts));
      }),
    );
  });
  test("never falls when one more part is there", () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), fc.nat(), (parts, pick) => {
        const better = parts.with(pick % parts.length, {
          ...(parts[pick % parts.length] ?? { weight: 1 }),
          ...{ good: true, known: true, age: 0 },
        });
        expect(scoreOf(better).score).toBeGreaterThanOrEqual(scoreOf(parts).score);
      }),
    );
  });
  test("what is stale counts as what nobody knows", () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), (parts) => {
        const stale = parts.map((one) => ({ ...one, age: span(5).milliseconds + 1 }));
        const silent = parts.map((one) => ({ ...one, known: false }));
        expect(scoreOf(stale).score).toBe(0);
        expect(scoreOf(silent).score).toBe(0);
      }),
    );
  });
});

test("later stages do not wait for it, and a rollback never does", () => {
  expect(outcome(readiness, night(move("canary", "half")))).toBe("not-applicable");
  expect(outcome(readiness, night(move("half", "baseline")))).toBe("not-applicable");
});

test("a plan that names no score is not held to one", () => {
  const { readiness: _, ...definition } = night(first).definition;
  expect(readiness.judge({ ...night(first), definition }).outcome).toBe("not-applicable");
});

test.for(["now", "readinessFacts"] as const)("refuses when nobody knows %s", (fact) =>
  expect(outcome(readiness, without(night(first), fact))).toBe("refused"),
);

test("an hour later the checks of the hour before no longer count", () =>
  expect(
    messageOf(
      readiness.judge({
        ...night(first, { now: good.now + minutes(60) }),
      }),
    ),
  ).toContain("Checks of the hour before: 0 of 10 signed"));
