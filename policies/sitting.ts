import { loadSystem } from "../definition/catalogue.ts";
import type { SystemDefinition } from "../definition/system.ts";
import { settle } from "../definition/tbd.ts";
import { declaredBy, identityOf } from "./declared.ts";
import { factsOfMove } from "./facts/facts-of-move.ts";
import { unknown, type Reading } from "./facts/reading.ts";
import {
  connectionsFor,
  noSources,
  openSources,
  type Sources,
  type Variables,
} from "./facts/sources.ts";
import { judgeMove, waitsForOrder, type Judgement } from "./judge.ts";
import { kindOf, type Move } from "./move.ts";
import { recordedMark } from "./recorded-mark.ts";
import type { Rule } from "./rules/rule.ts";

/** One component as the engine shows it to the gates. */
export interface Component {
  readonly urn: string;
  readonly props: unknown;
  readonly ignoreChanges: readonly string[];
}

/** What a sitting needs from outside; tests give their own. */
export interface Surroundings {
  readonly load: (system: string) => Promise<SystemDefinition>;
  readonly open: (move: Move, definition: Parameters<typeof connectionsFor>[1]) => Sources;
  readonly rules: readonly Rule[];
}

/** The surroundings of a real update, judged by these rules. */
export const realSurroundings = (variables: Variables, rules: readonly Rule[]): Surroundings => ({
  load: (system) => loadSystem(system, "Cutover"),
  open: (move, definition) => {
    const connections = connectionsFor(move, definition, variables);
    return connections.known ? openSources(connections.value) : noSources(connections.reason);
  },
  rules,
});

/** A move and what the rules say of it; `judgement` waits for facts, `move` does not. */
export interface Sitting {
  readonly move: Move;
  /** Whether it is a way back that waits for a signed order. */
  readonly ordered: boolean;
  readonly judgement: Promise<Judgement>;
}

/**
 * Finds out what a component does to its system, and begins to judge it. The direction is known before
 * any fact is read, and does not need a settled definition.
 */
export const sit = async (
  { urn, props, ignoreChanges }: Component,
  { load, open, rules }: Surroundings,
): Promise<Reading<Sitting>> => {
  const identity = identityOf(props);
  if (!identity.known) return unknown(identity.reason);
  const { system, environment, transition, unordered } = identity.value;
  const plan = await load(system);
  const declared = declaredBy(props);
  const move: Move = {
    system,
    environment,
    stack: urn.split(":")[2] ?? "",
    ...transition,
    ...(unordered !== undefined && { unordered }),
    kind: kindOf(plan, transition, {
      recorded: ignoreChanges.includes(recordedMark),
      green: declared.weights.known ? declared.weights.value.green : undefined,
    }),
  };
  const definition = settle(plan, {
    // A way back never waits for a value that is still open: no rule that binds it reads one.
    rehearsal: environment === "rehearsal" || move.kind === "back",
    file: `stacks/${system}.ts`,
  });
  const ordered = waitsForOrder(plan, move);
  // Any other way back is judged by no fact.
  const sources =
    move.kind === "back" && !ordered
      ? noSources("nobody reads facts for a move back")
      : open(move, definition);
  const facts = factsOfMove({ definition, move, declared, sources });
  const judgement = judgeMove({ definition, move, facts, rules });
  return { known: true, value: { move, ordered, judgement } };
};
