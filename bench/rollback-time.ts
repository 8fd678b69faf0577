import type { Engine } from "../engine/engine.ts";
import type { RollbackParts, RollbackResult } from "../rehearsal/rehearsal-record.ts";
import { rehearse } from "../rehearsal/rehearse.ts";
import type { Figure, Section } from "./section.ts";
import { summary } from "./statistics.ts";

/** Cutover seconds per wall second while only time must pass; the way back itself runs at wall speed. */
const speed = 120;

const parts: Readonly<Record<keyof RollbackParts, string>> = {
  decide: "from the trigger to the command",
  gates: "until the gates have let the move through",
  apply: "until the VirtualService is written",
  effective: "until green answers its last request",
  healthy: "until every request is answered well by blue",
};

/** (d) Time from the alarm to all traffic healthy on blue, over rehearsals with seeds 1 to N. */
export const rollbackTime = async (engine: Engine, count: number): Promise<Section> => {
  const measured: RollbackResult[] = [];
  for (let seed = 1; seed <= count; seed += 1) {
    const { rollback } = await rehearse({
      system: "lms",
      faults: ["error-spike@canary"],
      engine,
      speed,
      seed,
      onProgress: () => undefined,
      signal: new AbortController().signal,
    });
    if (rollback === null) throw new Error(`the rehearsal with seed ${seed} did not roll back`);
    measured.push(rollback);
  }
  const restored = summary(measured.map(({ restoredMilliseconds }) => restoredMilliseconds));
  const budget = measured[0]?.budgetMilliseconds ?? Number.NaN;
  return {
    name: "rollback",
    title: `Time to restored over ${count} rollbacks (error-spike@canary)`,
    figures: [
      {
        name: "restored, longest",
        value: restored.most,
        unit: "ms",
        note: "from the trigger to healthy",
        goal: budget,
      },
      { name: "restored", value: restored.median, unit: "ms", note: "median" },
      ...Object.entries(parts).map(([part, note]): Figure => ({
        name: `  ${part}`,
        value: summary(measured.map((each) => each.parts[part as keyof RollbackParts])).median,
        unit: "ms",
        note: `median, ${note}`,
      })),
      {
        name: "detected",
        value: summary(measured.map(({ detectedMilliseconds }) => detectedMilliseconds)).median,
        unit: "ms",
        note: "median, cutover time from the first bad request to the trigger",
      },
    ],
  };
};
