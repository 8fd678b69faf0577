import { directionOf, type Direction } from "../definition/direction.ts";
import type { GateOutcome, LedgerEntry } from "../definition/ledger.ts";
import type { Plan } from "../definition/plan.ts";
import type { Evidence, Signed } from "../policies/evidence/evidence.ts";
import type { Reading } from "../policies/facts/reading.ts";
import { factsHere } from "./facts-here.ts";
import { maintenanceOf, type LiveMaintenance } from "./maintenance.ts";
import { ledgerIn, type OperatedSystem } from "./stack.ts";

/** One move of a cutover, as its report tells it. */
export interface ReportedMove {
  readonly entry: LedgerEntry;
  readonly direction: Direction;
  /** How long the stage that it left had carried its traffic, milliseconds; null for the first. */
  readonly stayedMilliseconds: number | null;
  /** How long the plan wants it to, milliseconds; null where it says nothing. */
  readonly soakMilliseconds: number | null;
  /** How many gates said what; null for an entry that was made before entries kept it. */
  readonly gates: Readonly<Record<GateOutcome, number>> | null;
}

/** What happened in a cutover, from the history of its stack and what people signed. */
export interface CutoverReport {
  readonly moves: readonly ReportedMove[];
  /** What is wrong with the history, in words, if anything. */
  readonly damage: string | undefined;
  /** Whether users are answered, and for how long they were not; undefined where the plan has no maintenance. */
  readonly maintenance: Reading<LiveMaintenance> | undefined;
  /** Every word of a person that counts, in the order of its time; unknown where nobody could read them. */
  readonly words: Reading<readonly Signed[]>;
}

/** Reads what happened. It reads only; no engine runs. */
export const cutoverReport = async (operated: OperatedSystem): Promise<CutoverReport> => {
  const { definition, engine, workspace } = operated;
  const outputs = await engine.outputs(workspace);
  const { entries, damage } = ledgerIn(outputs, operated);
  const facts = factsHere(operated, outputs);
  const [evidence, maintenance] = await Promise.all([
    facts.known ? facts.value.evidence() : facts,
    maintenanceOf(operated),
  ]);
  return {
    moves: reportedMoves(definition, entries),
    damage,
    maintenance,
    words: evidence.known ? { known: true, value: inOrder(evidence.value) } : evidence,
  };
};

/** Each move of a history beside what the plan says of the stage that it left. */
export const reportedMoves = (
  plan: Pick<Plan, "ladder">,
  entries: readonly LedgerEntry[],
): readonly ReportedMove[] =>
  entries.map((entry, index) => {
    const before = entries[index - 1];
    return {
      entry,
      direction: directionOf(plan, entry),
      stayedMilliseconds:
        before === undefined ? null : Date.parse(entry.at) - Date.parse(before.at),
      soakMilliseconds: soakAt(plan, entry.from),
      gates: entry.verdicts === undefined ? null : counted(Object.values(entry.verdicts)),
    };
  });

/** A stage that the ladder no longer has asks for nothing. */
const soakAt = ({ ladder }: Pick<Plan, "ladder">, stage: string): number | null =>
  ladder.find(({ name }) => name === stage)?.leave?.soak?.milliseconds ?? null;

const counted = (said: readonly GateOutcome[]): Readonly<Record<GateOutcome, number>> => {
  const count = (wanted: GateOutcome): number =>
    said.filter((outcome) => outcome === wanted).length;
  return {
    passed: count("passed"),
    refused: count("refused"),
    "not-applicable": count("not-applicable"),
  };
};

const inOrder = ({ signed }: Evidence): readonly Signed[] =>
  signed.toSorted((one, other) => Date.parse(one.statement.at) - Date.parse(other.statement.at));
