import { definitionDigest } from "../../../definition/ledger.ts";
import type { SettledSystem } from "../../../definition/system.ts";
import { days, hours, minutes, percent, seconds } from "../../../definition/units.ts";
import type { FactValues } from "../../../policies/facts/facts.ts";
import { known } from "../../../policies/facts/reading.ts";
import type { Move } from "../../../policies/move.ts";
import type { Unsigned } from "../../../rehearsal/people/rehearsal-people.ts";
import { entered, goodFacts, system } from "../../policies/lms-night.ts";
import { evidenceOf } from "../../policies/signed-evidence.ts";

/*
 * A night on which every gate has something to say and nothing to refuse: the Leave Management System with all that the
 * plans of the other systems ask for as well, half an hour into its canary.
 */

const source = "a test";
const need = "Data reconciled by hand";

/** The system from whose canary nothing moves up past a gate that has nothing to judge. */
export const definition: SettledSystem = {
  ...system,
  calendar: { ...system.calendar, notice: hours(48) },
  communications: [],
  comparisons: [
    {
      ...{ name: "slower", title: "Response time", measure: "p95-latency", worse: "higher" },
      ...{ tolerance: percent(10), leastValues: 8, source },
    },
  ],
  dataChecks: [
    {
      ...{ name: "mismatches", title: "Rows that differ", query: "sum:rows{*}", source },
      ...{ limit: { below: percent(1) }, notOlderThan: minutes(5) },
    },
  ],
  names: [
    { zoneId: "Z1", name: "www.example", leadsTo: "balancer.example", ttlAsFound: minutes(5) },
  ],
  ...(system.readiness !== undefined && { readiness: { ...system.readiness, toLeave: "canary" } }),
  ladder: system.ladder.map((stage) =>
    stage.name === "canary"
      ? {
          ...stage,
          leave: {
            ...stage.leave,
            ...{ checklists: ["a-day-before", "an-hour-before"], data: ["mismatches"] },
            ...{ signedBy: ["devOps"], rehearsed: { notOlderThan: days(7) } },
          },
        }
      : stage.name === "half"
        ? { ...stage, rollback: { to: "baseline", within: seconds(60), needs: [need] } }
        : stage,
  ),
};

/** When it is judged, milliseconds since the epoch. */
export const now = entered + minutes(30).milliseconds;

/** A way back that went without its order, and was reviewed since. */
export const unordered = {
  ...{ sequence: 1, hash: "a".repeat(64), from: "half", to: "baseline" },
  brokenGlass: {
    ...{ person: "ops", reason: "nobody answered", file: "evidence/lms/glass.json" },
    sha256: "b".repeat(64),
  },
};

const signedBy = (of: Move, about: SettledSystem) =>
  ({
    version: 1,
    ...{ system: of.system, stack: of.stack, definition: definitionDigest(about) },
    at: new Date(now).toISOString(),
    until: new Date(now + days(1).milliseconds).toISOString(),
  }) as const;

/** What people sign on this night beside what the plan of the LMS asks for. */
const alsoSigned = (of: Move, about: SettledSystem): readonly Unsigned[] => {
  const head = signedBy(of, about);
  const { from, to, place } = of;
  const move = { from, to, sequence: place?.sequence ?? 1, follows: place?.follows ?? "" };
  const { sequence, hash } = unordered;
  return [
    { statement: "rollback", ...head, role: "releaseManager", move },
    { statement: "glass-review", ...head, role: "releaseManager", entry: { sequence, hash } },
    {
      ...{ statement: "notice", ...head, role: "projectManager" },
      sentAt: new Date(now - days(3).milliseconds).toISOString(),
    },
    {
      ...{ statement: "staging", ...head, role: "qa", of: "staging", reached: "full" },
      ...{ reachedAt: head.at, head: "c".repeat(64) },
    },
  ];
};

const steady = Array.from({ length: 10 }, (_, minute) => 50 + (minute % 3));

/** Facts on which nothing is wrong. */
export const factsOf = (of: Move, about: SettledSystem): FactValues => {
  const good = goodFacts(of, about, now);
  const { signed } = evidenceOf(alsoSigned(of, about));
  // What was signed when the glass was broken is known by its digest alone by now.
  const glass = { file: "evidence/lms/glass.json", reason: "it is of another definition" };
  const { sha256 } = unordered.brokenGlass;
  const evidence = {
    signed: [...good.evidence.signed, ...signed],
    rejected: [{ ...glass, kind: "break-glass", sha256 } as const],
  };
  return {
    ...good,
    evidence,
    readinessFacts: { ...good.readinessFacts, evidence: known(evidence) },
    comparedValues: { slower: known({ blue: steady, green: steady }) },
    dataFigures: { mismatches: known({ value: 0, at: now }) },
    liveNames: [{ name: "www.example", ttl: 300, leadsTo: "balancer.example" }],
  };
};
