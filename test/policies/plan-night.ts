import type { Plan } from "../../definition/plan.ts";
import type { SettledSystem } from "../../definition/system.ts";
import { settle } from "../../definition/tbd.ts";
import type { FactValues } from "../../policies/facts/facts.ts";
import { kindOf, type Move } from "../../policies/move.ts";
import type { Judged } from "../../policies/rules/rule.ts";
import { readingsOf } from "./lms-night.ts";
import { askedFor, evidenceOf } from "./signed-evidence.ts";

/** When the stage that is left began, and when the move is judged. */
export const begun = Date.parse("2026-01-10T22:00:00Z");

/** A plan as rules see it: they look at nothing that it does not have. */
export const settled = (plan: Plan): SettledSystem =>
  settle(plan, { rehearsal: true, file: `stacks/${plan.name}.ts` }) as unknown as SettledSystem;

/** A night of any plan on which everybody has signed what the plan asks for, `after` milliseconds into a stage. */
export const planNight = (
  plan: Plan,
  [from, to]: readonly [string, string],
  after: number,
): Judged & { readonly now: number; readonly asked: ReturnType<typeof askedFor> } => {
  const definition = settled(plan);
  const now = begun + after;
  const move: Move = {
    system: plan.name,
    environment: "production",
    stack: "prod",
    from,
    to,
    since: new Date(begun).toISOString(),
    damage: "",
    place: { sequence: 4, follows: "e".repeat(64), sinceCommit: "c".repeat(40) },
    kind: kindOf(plan, { from, to }, { recorded: false, green: undefined }),
  };
  const asked = askedFor(definition, move, now);
  return { move, definition, now, asked, facts: readingsOf(factsAt(now, asked)) };
};

/** The facts that people's words are judged by. */
export const factsAt = (
  now: number,
  asked: Parameters<typeof evidenceOf>[0],
  changes: Partial<FactValues> = {},
): Partial<FactValues> => ({
  now,
  evidence: evidenceOf(asked),
  changeAuthors: ["an engineer"],
  runningPlan: "",
  ...changes,
});

/** The same night with other words of people, or other facts. */
export const withFacts = (night: ReturnType<typeof planNight>, changes: Partial<FactValues>) => ({
  ...night,
  facts: readingsOf({ ...factsAt(night.now, night.asked), ...changes }),
});
