import fc from "fast-check";
import { expect, test } from "vitest";
import { digest } from "../../definition/ledger.ts";
import { stage } from "../../definition/stage.ts";
import type { SettledSystem } from "../../definition/system.ts";
import { minutes as span } from "../../definition/units.ts";
import type { FactValues } from "../../policies/facts/facts.ts";
import { known, unknown } from "../../policies/facts/reading.ts";
import type { Signed } from "../../policies/evidence/evidence.ts";
import { allRules } from "../../policies/all-rules.ts";
import { judgeMove, type Judgement } from "../../policies/judge.ts";
import { kindOf, type Move } from "../../policies/move.ts";
import { entered, factsFrom, goodFacts, minutes, move, readingsOf, system } from "./lms-night.ts";
import { signedBy } from "./signed-evidence.ts";

/*
 * Random ladders, moves and nights against a model that knows nothing of the rules: a night has defects or
 * none, a move goes one stage up, further up, or back, and a way back is free or waits for somebody's word.
 * Nothing else decides.
 */

/** Something wrong with a night, and where it matters. */
interface Defect {
  readonly name: string;
  /** Whether it makes a step up from a stage with this weight of green unsafe. */
  readonly unsafe: (green: number) => boolean;
  readonly night?: (facts: FactValues, green: number) => Partial<FactValues>;
  readonly nobodyKnows?: keyof FactValues;
  /** Whether it keeps the word of whoever orders a way back from the gates. */
  readonly silencesOrders?: true;
  readonly move?: Partial<Move>;
}

/** A way back for which somebody broke the glass, and which nobody reviews. */
const unreviewed = {
  ...{ sequence: 1, hash: "a".repeat(64), from: "s1", to: "s0" },
  brokenGlass: { person: "ops", reason: "nobody answers", file: "b", sha256: "b".repeat(64) },
};

const always = (): boolean => true;
const underTraffic = (green: number): boolean => green > 0;
const thresholds = system.thresholds.map(({ name }) => name);

const unreadable = (
  [
    ["now", always],
    ["publicHolidays", always],
    ["declaredWeights", always],
    ["declaredAlarms", always],
    ["declaredPanels", always],
    ["liveWeights", always],
    ["routeOwners", always],
    ["blueDeployment", always],
    ["greenDeployment", always],
    ["blueAnswers", always],
    ["greenAnswers", always],
    ["greenValues", always],
    ["watchedRequests", always],
    ["recentRequests", always],
    ["alarmStates", always],
    ["evidence", always],
  ] as const
).map(([name, unsafe]): Defect => ({
  ...{ name: `nobody knows ${name}`, unsafe, nobodyKnows: name },
  ...((name === "evidence" || name === "now") && { silencesOrders: true }),
}));

const defects: readonly Defect[] = [
  ...unreadable,
  ...["error-rate", "failed-requests"].map((name): Defect => ({
    name: `${name} is over its limit`,
    unsafe: underTraffic,
    night: ({ greenValues }) => ({ greenValues: { ...greenValues, [name]: known(50) } }),
  })),
  ...["error-rate", "failed-requests", "p95-latency"].map((name): Defect => ({
    name: `${name} is not a number`,
    unsafe: underTraffic,
    night: ({ greenValues }) => ({ greenValues: { ...greenValues, [name]: known(NaN) } }),
  })),
  ...thresholds.map((name): Defect => ({
    name: `the alarm of ${name} is raised`,
    unsafe: always,
    night: ({ alarmStates }) => ({ alarmStates: { ...alarmStates, [name]: known("Alert") } }),
  })),
  ...thresholds.map((name): Defect => ({
    name: `${name} has no alarm`,
    unsafe: always,
    night: ({ declaredAlarms }) => {
      const { [name]: _gone, ...left } = declaredAlarms;
      return { declaredAlarms: left };
    },
  })),
  {
    name: "somebody moved traffic by hand",
    unsafe: always,
    // A weight that no generated stage has.
    night: () => ({ liveWeights: { blue: 1, green: 99 } }),
  },
  {
    name: "traffic does not go where the weights say",
    unsafe: always,
    night: (_, green) => {
      const seen = green >= 50 ? green - 30 : green + 30;
      const counts = { blue: (100 - seen) * 100, green: seen * 100 };
      return { recentRequests: counts, lastMinuteRequests: counts };
    },
  },
  {
    name: "a replica of green is not ready",
    unsafe: always,
    night: ({ greenDeployment }) => ({ greenDeployment: { ...greenDeployment, ready: 2 } }),
  },
  {
    name: "green runs another image",
    unsafe: always,
    night: ({ greenDeployment }) => ({
      greenDeployment: { ...greenDeployment, imageDigest: "sha256:0" },
    }),
  },
  {
    name: "green is of another version",
    unsafe: always,
    night: ({ greenAnswers: { health, status } }) => ({
      greenAnswers: { status, health: { ...health, fields: { ...health.fields, version: "2" } } },
    }),
  },
  {
    name: "blue has no replica left",
    unsafe: always,
    night: ({ blueDeployment }) => ({ blueDeployment: { ...blueDeployment, ready: 0 } }),
  },
  { name: "another tool manages the route", unsafe: always, night: () => ({ routeOwners: ["X"] }) },
  {
    name: "a broken glass is not reviewed",
    unsafe: always,
    move: { unordered: known([unreviewed]) },
  },
  {
    name: "nobody can tell which ways back are to be reviewed",
    unsafe: always,
    move: { unordered: unknown("garbage") },
  },
  { name: "the ledger is damaged", unsafe: always, move: { damage: "entry 1 was changed" } },
  {
    name: "nobody signed anything",
    unsafe: always,
    night: () => ({ evidence: { signed: [], rejected: [] } }),
    silencesOrders: true,
  },
];

/** Whose word a way back waits for, and whether it is there. */
const words = ["free", "not ordered", "ordered", "glass broken", "glass broken long ago"] as const;

interface Case {
  readonly definition: SettledSystem;
  readonly from: string;
  readonly to: string;
  readonly found: readonly Defect[];
  /** What the way back from where it stands needs, and has. */
  readonly word: (typeof words)[number];
  /** Milliseconds of the soak that are still missing; 0 when it is over. */
  readonly missing: number;
  readonly green: number;
}

/** Weights without 1 and 99, which the defects use. */
const between = fc.uniqueArray(fc.integer({ min: 2, max: 98 }), { minLength: 1, maxLength: 5 });

const cases: fc.Arbitrary<Case> = between
  .chain((weights) => {
    const ladder = [0, ...weights.toSorted((one, other) => one - other), 100];
    const at = fc.integer({ min: 0, max: ladder.length - 1 });
    return fc.record({
      ladder: fc.constant(ladder),
      soaks: fc.array(fc.integer({ min: 1, max: 30 }), {
        minLength: ladder.length,
        maxLength: ladder.length,
      }),
      from: at,
      to: at,
      // Half of the nights have nothing wrong, so that what may go is tried as often.
      found: fc.oneof(fc.constant([]), fc.subarray([...defects], { minLength: 1, maxLength: 3 })),
      word: fc.constantFrom(...words),
      early: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1_800_000 })),
    });
  })
  .filter(({ from, to }) => from !== to)
  .map(({ ladder, soaks, from, to, found, word, early }) => {
    const stages = ladder.map((green, index) =>
      stage(`s${index}`, {
        title: `${green} %`,
        set: { trafficWeight: green },
        leave: { soak: span(soaks[index] ?? 1), greenRequests: 100 },
        ...(index === from &&
          word !== "free" && { rollback: { to: "s0", within: span(1), needs: [need] } }),
      }),
    );
    return {
      definition: {
        ...system,
        ladder: stages,
        rollback: { ...system.rollback, to: "s0" },
      },
      from: `s${from}`,
      to: `s${to}`,
      ...{ found, word },
      missing: Math.min(early, (soaks[from] ?? 1) * 60_000),
      green: ladder[from] ?? 0,
    };
  });

const need = "Data reconciled by hand";

/** What somebody has signed for the way back that a case takes, if anything. */
const signedWord = ({ definition, word }: Case, of: Move, now: number): readonly Signed[] => {
  const { from, to, place } = of;
  const head = {
    version: 1,
    ...{ system: of.system, stack: of.stack, definition: digest(definition) },
    at: new Date(word === "glass broken long ago" ? now - minutes(61) : now).toISOString(),
    until: new Date(now + minutes(600)).toISOString(),
    move: { from, to, sequence: place?.sequence ?? 1, follows: place?.follows ?? "" },
  } as const;
  switch (word) {
    case "free":
    case "not ordered":
      return [];
    case "ordered":
      return [signedBy("the manager", { statement: "rollback", ...head, role: "releaseManager" })];
    default: {
      const stated = { reason: "nobody answers", statesThatThisHolds: [need], role: "devOps" };
      return [signedBy("ops", { statement: "break-glass", ...head, ...stated })];
    }
  }
};

const judged = async (one: Case): Promise<Judgement> => {
  const { definition, from, to, found, missing, green } = one;
  const soak = definition.ladder.find(({ name }) => name === from)?.leave?.soak?.milliseconds ?? 0;
  const now = entered + minutes(30);
  const of: Move = {
    ...move("baseline", "canary"),
    ...{ from, to, since: new Date(now - soak + missing).toISOString() },
    kind: kindOf(definition, { from, to }, { recorded: false, green: undefined }),
    ...Object.assign({}, ...found.map((defect) => defect.move ?? {})),
  };
  const good = goodFacts(of, definition, now);
  const { signed, rejected } = good.evidence;
  const evidence = { signed: [...signed, ...signedWord(one, of, now)], rejected };
  const values = found.reduce<FactValues>(
    (facts, { night }) => ({ ...facts, ...night?.(facts, green) }),
    { ...good, evidence },
  );
  const silent = found.flatMap(({ nobodyKnows }) => nobodyKnows ?? []);
  const readings = {
    ...readingsOf(values),
    ...Object.fromEntries(silent.map((name) => [name, unknown("the source is silent")])),
  };
  return judgeMove({ definition, move: of, facts: factsFrom(readings), rules: allRules });
};

/** What may happen, by the model. */
const mayMove = ({ from, to, found, word, missing, green }: Case): boolean => {
  const steps = Number(to.slice(1)) - Number(from.slice(1));
  if (steps < 0) {
    if (word === "free") return true;
    const isGiven = word === "ordered" || word === "glass broken";
    return isGiven && !found.some(({ silencesOrders }) => silencesOrders === true);
  }
  return steps === 1 && missing === 0 && !found.some(({ unsafe }) => unsafe(green));
};

test("no unsafe step up passes, no safe one is held up, and the way back waits for the plan's word alone", async () => {
  await fc.assert(
    fc.asyncProperty(cases, async (one) => {
      const judgement = await judged(one);
      const refusing = judgement.verdicts
        .filter(({ verdict }) => verdict.outcome === "refused")
        .map(({ rule }) => rule);
      const { from, to, found } = one;
      expect(
        judgement.allowed,
        `${from} → ${to}, ${one.word}, ${found.map(({ name }) => name).join(", ")}: ${refusing.join(", ")}`,
      ).toBe(mayMove(one));
    }),
    { numRuns: 10_000 },
  );
});

test("a verdict is the same however often it is asked for, and every refusal is one whole line", async () => {
  await fc.assert(
    fc.asyncProperty(cases, async (one) => {
      const [first, second] = await Promise.all([judged(one), judged(one)]);
      expect(second).toEqual(first);
      for (const { verdict } of first.verdicts) {
        if (verdict.outcome === "refused") expect(verdict.message).toMatch(/^refused: \S.*\.$/);
      }
    }),
    { numRuns: 500 },
  );
});

test("one system's night never touches another's verdict", async () => {
  await fc.assert(
    fc.asyncProperty(cases, cases, async (one, other) => {
      const alone = await judged(one);
      const [together] = await Promise.all([judged(one), judged(other)]);
      expect(together).toEqual(alone);
    }),
    { numRuns: 300 },
  );
});
