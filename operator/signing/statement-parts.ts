import { definitionDigest } from "../../definition/ledger.ts";
import type { SettledSystem } from "../../definition/system.ts";
import { settle } from "../../definition/tbd.ts";
import { hours } from "../../definition/units.ts";
import { deriveTransition } from "../../definition/transition.ts";
import type { Statement, StatementOf } from "../../policies/evidence/statement.ts";
import { closingOf, ownItems, type AskedKind } from "./asked-kind.ts";
import { needsBehindGlass } from "./glass.ts";
import { ledgerIn, type OperatedSystem } from "../stack.ts";
import type { StagingHistory } from "./staging-history.ts";

/** The part of a statement that follows from the stack: what it is about, and for how long it counts. */
export type StatementHead = Pick<
  StatementOf<"approval">,
  "version" | "system" | "stack" | "definition" | "at" | "until"
>;

/**
 * Digest of the definition that a stack's statements are about.
 * @throws BadInput while a value of it is open: what is not settled cannot be approved.
 */
export const digestInStack = ({
  definition,
  environment,
}: Pick<OperatedSystem, "definition" | "environment">): string =>
  definitionDigest(
    settle(definition, {
      rehearsal: environment === "rehearsal",
      file: `stacks/${definition.name}.ts`,
    }),
  );

/**
 * What every statement about a system of a stack says.
 * @param now milliseconds since the epoch.
 */
export const statementHead = (
  { definition: { name: system }, workspace: { stack } }: OperatedSystem,
  {
    definition,
    now,
    validHours,
  }: { readonly definition: string; readonly now: number; readonly validHours: number },
): StatementHead => ({
  version: 1,
  system,
  stack,
  definition,
  at: new Date(now).toISOString(),
  until: new Date(now + hours(validHours).milliseconds).toISOString(),
});

/** A kind that names the move it is about. */
type MoveKind = Extract<
  AskedKind,
  { statement: "approval" | "checkpoint" | "rollback" | "break-glass" }
>;

const aboutMove: readonly AskedKind["statement"][] = [
  "approval",
  "checkpoint",
  "rollback",
  "break-glass",
];

/** Whether a statement is about one move. */
export const isAboutMove = (kind: AskedKind): kind is MoveKind =>
  aboutMove.includes(kind.statement);

/** The move from where the ledger stands to a stage, as statements name it. */
export const moveTo = async (
  operated: OperatedSystem,
  stage: (standing: string | undefined) => string,
): Promise<StatementOf<"approval">["move"]> => {
  const { engine, workspace } = operated;
  const ledger = ledgerIn(await engine.outputs(workspace), operated);
  const standing = ledger.entries.at(-1)?.to;
  const { from, to, sequence, follows } = deriveTransition(ledger, stage(standing)).transition;
  return { from, to, sequence, follows };
};

/**
 * The whole statement.
 * @throws BadInput when a checklist has no such item of that role, a window is not over, or there is no glass to break.
 */
export const completed = (
  where: string,
  plan: Pick<SettledSystem, "checklists" | "calendar" | "ladder">,
  {
    kind,
    said,
    move,
    staging,
    entry,
  }: {
    readonly kind: AskedKind;
    readonly said: StatementHead & Pick<Statement, "by" | "role">;
    readonly move: StatementOf<"approval">["move"] | undefined;
    readonly staging: StagingHistory | undefined;
    readonly entry: StatementOf<"glass-review">["entry"] | undefined;
  },
): Statement => {
  if (kind.statement === "checklist") {
    const { checklist: name, items } = kind;
    const own = { where, name, role: said.role, ...(items !== undefined && { items }) };
    return { statement: "checklist", ...said, checklist: name, done: [...ownItems(plan, own)] };
  }
  if (kind.statement === "window-unused") {
    const now = Date.parse(said.at);
    return { ...kind, ...said, closedAt: closingOf(plan, { where, window: kind.window, now }) };
  }
  if (kind.statement === "staging") {
    if (staging === undefined) throw new RangeError("staging is about another stack's history");
    return { statement: "staging", ...said, ...staging };
  }
  if (kind.statement === "glass-review") {
    if (entry === undefined) throw new RangeError("a review is about an entry of the ledger");
    return { statement: "glass-review", ...said, entry };
  }
  if (!isAboutMove(kind)) return { ...kind, ...said };
  if (move === undefined) throw new RangeError(`${kind.statement} is about a move`);
  if (kind.statement === "break-glass") {
    const statesThatThisHolds = [...needsBehindGlass(where, plan, move)];
    return { ...kind, ...said, move, statesThatThisHolds };
  }
  return { ...kind, ...said, move };
};
