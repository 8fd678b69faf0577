import { greenWeightAt } from "../../definition/ladder.ts";
import { definitionDigest, nothingYet } from "../../definition/ledger.ts";
import { settle } from "../../definition/tbd.ts";
import type { SettledSystem } from "../../definition/system.ts";
import type { FactName, Facts, FactValues, Readings } from "../../policies/facts/facts.ts";
import { known, unknown, type Reading } from "../../policies/facts/reading.ts";
import { kindOf, type Move } from "../../policies/move.ts";
import type { Judged, Rule, Verdict } from "../../policies/rules/rule.ts";
import { lms } from "../../stacks/lms.ts";
import { askedFor, evidenceOf } from "./signed-evidence.ts";

/** The Leave Management System as a rehearsal sees it. */
export const system: SettledSystem = settle(lms, { rehearsal: true, file: "stacks/lms.ts" });
const leaveManagement = system;

/** 22:26 on the night of the cutover: when the stage that is left was entered. */
export const entered = Date.parse("2026-01-10T22:26:00Z");

export const minutes = (count: number): number => count * 60_000;

/** A move between stages of the LMS, its kind derived. */
export const move = (from: string, to: string, changes: Partial<Move> = {}): Move => ({
  system: "lms",
  environment: "rehearsal",
  stack: "rehearsal",
  from,
  to,
  since: new Date(entered).toISOString(),
  damage: "",
  place: { sequence: 3, follows: "f".repeat(64), sinceCommit: "c".repeat(40) },
  kind: kindOf(system, { from, to }, { recorded: false, green: undefined }),
  ...changes,
});

const deployment = (side: "blue" | "green") => ({
  name: system.environments[side].name,
  desired: 3,
  ready: 3,
  updated: 3,
  total: 3,
  observed: true,
  imageDigest: system.environments[side].image.digest,
});

/** What a side that is well says of itself. */
const answers = (side: "blue" | "green") => {
  const { version } = system.environments[side];
  const fields = { status: "healthy", version, database: "connected", timestamp: "now" };
  return { health: { code: 200, fields }, status: { code: 200, fields: {} } };
};

const healthy = {
  "error-rate": known(0.2),
  "failed-requests": known(0.1),
  "p95-latency": known(55),
  cpu: known(41),
  memory: known(47),
};

/** Public holidays as far as the tests' nights need them. */
export const publicHolidays = {
  firstYear: 2025,
  lastYear: 2028,
  places: { US: { "2026-01-01": "New Year's Day", "2026-01-19": "Martin Luther King Jr. Day" } },
};

/** Facts of a night on which nothing is wrong, half an hour after the stage was entered unless said. */
export const goodFacts = (
  of: Move,
  system: SettledSystem = leaveManagement,
  now = entered + minutes(30),
): FactValues => {
  const { from, to } = of;
  // The backup was signed for before its stage began, everything else just now.
  const backups = askedFor(system, { ...of, from: nothingYet }, entered - minutes(90));
  const weightAt = (stage: string): number =>
    system.ladder.some(({ name }) => name === stage) ? greenWeightAt(system, stage) : 0;
  const green = weightAt(from);
  const requests = { blue: (100 - green) * 100, green: green * 100 };
  const evidence = evidenceOf([...backups, ...askedFor(system, of, now)]);
  const alarmStates = Object.fromEntries(system.thresholds.map(({ name }) => [name, known("OK")]));
  return {
    now,
    publicHolidays,
    declaredDefinition: definitionDigest(system),
    declaredWeights: { blue: 100 - weightAt(to), green: weightAt(to) },
    declaredAlarms: Object.fromEntries(
      system.thresholds.map(({ name }, index) => [name, known(String(index + 1))]),
    ),
    declaredPanels: system.thresholds.map(({ name }) => name),
    declaredTtlSince: "",
    liveNames: [],
    liveWeights: { blue: 100 - green, green },
    routeOwners: [],
    maintenance: null,
    blueDeployment: deployment("blue"),
    greenDeployment: deployment("green"),
    blueAnswers: answers("blue"),
    greenAnswers: answers("green"),
    blueValues: healthy,
    greenValues: healthy,
    comparedValues: {},
    watchedRequests: requests,
    recentRequests: requests,
    lastMinuteRequests: requests,
    alarmStates,
    evidence,
    dataFigures: {},
    schemaRevisions: [system.stores.migration.head],
    readinessFacts: {
      evidence: known(evidence),
      deployments: { blue: known(deployment("blue")), green: known(deployment("green")) },
      alarmStates: known(alarmStates),
      shared: { mesh: [known(deployment("blue")), known(deployment("blue"))] },
      measured: {},
    },
    changeAuthors: ["an engineer"],
    runningPlan: "",
  };
};

/** Facts as readings, all of them known. */
export const readingsOf = (values: Partial<FactValues>): Readings =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, known(value)]));

/** A move on a good night, with the given facts in place of the good ones. */
export const night = (of: Move, changes: Partial<FactValues> = {}): Judged => ({
  move: of,
  definition: system,
  facts: readingsOf({ ...goodFacts(of), ...changes }),
});

/** The same night when nobody knows one fact. */
export const without = (judged: Judged, name: FactName): Judged => ({
  ...judged,
  facts: { ...judged.facts, [name]: unknown("the source is silent") },
});

/** Facts behind the interface that rules read them by. */
export const factsFrom = (readings: Readings): Facts =>
  new Proxy({} as Facts, {
    get: (_, name: FactName) => async () =>
      (readings[name] as Reading<unknown> | undefined) ?? unknown("nobody read it"),
  });

/** The message of a refusal; the outcome where it is none. */
export const messageOf = (verdict: Verdict): string =>
  verdict.outcome === "refused" ? verdict.message : verdict.outcome;

/** What a rule says about a night, in one word. */
export const outcome = (rule: Rule, judged: Judged): Verdict["outcome"] =>
  rule.judge(judged).outcome;
