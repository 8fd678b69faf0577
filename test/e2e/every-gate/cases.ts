import { noWayBack } from "../../../definition/stage.ts";
import type { SettledSystem } from "../../../definition/system.ts";
import { minutes } from "../../../definition/units.ts";
import type { StatementKind } from "../../../policies/evidence/statement.ts";
import type { FactValues, Readings } from "../../../policies/facts/facts.ts";
import { known, unknown } from "../../../policies/facts/reading.ts";
import type { Move } from "../../../policies/move.ts";
import { readingsOf } from "../../policies/lms-night.ts";
import { definition, factsOf, now } from "./night.ts";

/** What is wrong with a night so that one gate must refuse. */
interface Wrong {
  readonly facts?: (good: FactValues) => Partial<FactValues>;
  /** What the component says otherwise. */
  readonly props?: Readonly<Record<string, unknown>>;
  readonly transition?: Readonly<Record<string, unknown>>;
  readonly definition?: SettledSystem;
  /** The move that it is about; the step up from the canary unless said. */
  readonly move?: readonly [string, string];
}

const without =
  (kind: StatementKind) =>
  ({ evidence: { signed, rejected } }: FactValues): Partial<FactValues> => ({
    evidence: {
      signed: signed.filter(({ statement }) => statement.statement !== kind),
      rejected,
    },
  });
const noReturn: SettledSystem = {
  ...definition,
  ladder: definition.ladder.map((stage) =>
    stage.name === "half"
      ? { ...stage, rollback: noWayBack("Blue is gone.", "Repair green.") }
      : stage,
  ),
};
/** The way back that needs an order. */
const back = ["half", "baseline"] as const;

/** For each gate of the pack, by its name, what it refuses. */
export const wrong: Readonly<Record<string, Wrong>> = {
  environment: { props: { environment: "rehearsal" } },
  ladder: { move: ["baseline", "half"] },
  "way-back": { definition: noReturn, move: back },
  "way-back-needs": { facts: without("rollback"), move: back },
  "glass-reviewed": { facts: without("glass-review") },
  structure: { facts: () => ({ declaredWeights: { blue: 0, green: 100 } }) },
  watched: { facts: () => ({ declaredPanels: [] }) },
  "ledger-intact": { transition: { damage: "entry 1 was changed after it was made" } },
  "change-window": { facts: () => ({ now: now + minutes(600).milliseconds }) },
  notice: { facts: without("notice") },
  soak: { facts: () => ({ now: now - minutes(29).milliseconds }) },
  "ttl-lowered": {
    facts: () => ({ liveNames: [{ name: "www.example", ttl: 300, leadsTo: "old.example" }] }),
  },
  "maintenance-over": {
    facts: () => ({
      maintenance: { holder: "lms-maintenance", began: now - 60_000, ends: now + 60_000 },
    }),
  },
  "sole-owner": { facts: () => ({ routeOwners: ["Argo CD"] }) },
  "read-back": { facts: () => ({ liveWeights: { blue: 70, green: 30 } }) },
  "observed-share": { facts: () => ({ recentRequests: { blue: 5_000, green: 5_000 } }) },
  "green-ready": {
    facts: ({ greenDeployment }) => ({ greenDeployment: { ...greenDeployment, ready: 2 } }),
  },
  "sides-answer": {
    facts: ({ greenAnswers }) => ({
      greenAnswers: { ...greenAnswers, health: { code: 503, fields: {} } },
    }),
  },
  "live-health": {
    facts: ({ greenValues }) => ({ greenValues: { ...greenValues, "error-rate": known(50) } }),
  },
  "no-worse-than-blue": {
    facts: () => ({
      comparedValues: {
        slower: known({ blue: Array<number>(10).fill(50), green: Array<number>(10).fill(90) }),
      },
    }),
  },
  "alarms-quiet": {
    facts: ({ alarmStates }) => ({ alarmStates: { ...alarmStates, cpu: known("Alert") } }),
  },
  "safe-side": {
    facts: ({ blueDeployment }) => ({ blueDeployment: { ...blueDeployment, ready: 0 } }),
  },
  "schema-at-head": { facts: () => ({ schemaRevisions: ["1a2b3c4d5e6f"] }) },
  "data-in-step": {
    facts: () => ({ dataFigures: { mismatches: known({ value: 7, at: now }) } }),
  },
  "backup-proof": { facts: without("backup") },
  "rehearsal-proof": { facts: without("rehearsal") },
  "staged-first": { facts: without("staging") },
  readiness: {
    facts: ({ readinessFacts }) => ({
      readinessFacts: { ...readinessFacts, evidence: known({ signed: [], rejected: [] }) },
    }),
  },
  "checklists-done": { facts: without("checklist") },
  "checkpoint-answered": { facts: without("checkpoint") },
  approvals: { facts: without("approval") },
};

/** One update: what the component declares, and what the gates are told of the night. */
export interface Case {
  readonly definition: SettledSystem;
  readonly facts: (move: Move) => Readings;
  readonly move: readonly [string, string];
  readonly props: Readonly<Record<string, unknown>>;
  readonly transition: Readonly<Record<string, unknown>> | null;
}

const up = ["canary", "half"] as const;

interface SharedNight extends Wrong {
  /** Nobody knows any fact. */
  readonly silent?: true;
  /** The component's move cannot be read. */
  readonly lost?: true;
}

/** Nights that several gates share. */
const shared: Readonly<Record<string, SharedNight>> = {
  "nothing is wrong, up": {},
  "nothing is wrong, back": { move: back },
  "nobody knows anything, up": { silent: true },
  "nobody knows anything, back": { silent: true, move: back },
  "a move that cannot be read": { lost: true },
  "nobody knows anything, back from where the plan wants no order": {
    ...{ silent: true, move: ["canary", "baseline"] },
    transition: { damage: "it is not a list" },
  },
};

/** The case of that name: a gate's own, in which it refuses, or one of the nights that they share. */
export const caseNamed = (name: string): Case => {
  const { silent, lost, ...one }: SharedNight = shared[name] ?? wrong[name] ?? {};
  const about = one.definition ?? definition;
  const silence = unknown("the source is silent");
  return {
    definition: about,
    move: one.move ?? up,
    props: one.props ?? {},
    transition: lost === true ? null : (one.transition ?? {}),
    facts: (move) => {
      const facts = factsOf(move, about);
      return silent === true
        ? Object.fromEntries(Object.keys(facts).map((fact) => [fact, silence]))
        : readingsOf({ ...facts, ...one.facts?.(facts) });
    },
  };
};
