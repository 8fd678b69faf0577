import { rung, stageNamed } from "../../definition/ladder.ts";
import type { SettledSystem } from "../../definition/system.ts";
import { inWords } from "../../definition/units.ts";
import { checklistStanding } from "./evidence/checklist-standing.ts";
import { inPassing, type Counted } from "./evidence/counting.ts";
import { howToSign, listed, titleOf } from "./evidence/how-to-sign.ts";
import { passed, refused, rule } from "./rule.ts";

/** Each item of the stage's checklists is signed by its owner, no longer ago than the list allows. */
export const checklistsDone = rule({
  name: "checklists-done",
  sentence: "Every item of the stage's checklists is signed by its owner, and still fresh",
  severity: "high",
  remediation: "Do the items that the message names, and sign them.",
  binds: ["forward"],
  needs: ["now", "evidence"],
  exempt: ({ move: { from }, definition }) =>
    rung(definition, from) >= 0 && checklistsOf(definition, from).length === 0
      ? `${from} has no checklist`
      : undefined,
  judge({ move, definition, facts: { now, evidence } }) {
    const found: string[] = [];
    const reliedOn: Counted<"checklist">[] = [];
    for (const checklist of checklistsOf(definition, move.from)) {
      const { name, title, notOlderThan } = checklist;
      const { items, dropped } = checklistStanding(checklist, { definition, move, evidence, now });
      const open = items.filter(({ by }) => by === undefined).map(({ item }) => item);
      const [next] = open;
      if (next === undefined) {
        reliedOn.push(...new Set(items.flatMap(({ by }) => by ?? [])));
        found.push(`${title}: ${items.length} of ${items.length}`);
        continue;
      }
      const state = `${title}: ${items.length - open.length} of ${items.length} done`;
      const left = listed(open.map((item) => `${item.title} (${titleOf(definition, item.owner)})`));
      const age =
        notOlderThan === undefined
          ? `since ${move.from} began`
          : `within ${inWords(notOlderThan)} before the move`;
      const command = howToSign(move, next.owner, `--checklist ${name}`);
      return refused({
        found: state,
        expected: `all of them, ${age}`,
        says: `${state} ${age}; open: ${left}; ${command}${inPassing(dropped)}`,
      });
    }
    return passed(found.join(", "), reliedOn);
  },
});

const checklistsOf = (
  definition: SettledSystem,
  stage: string,
): readonly SettledSystem["checklists"][number][] => {
  const names = stageNamed(definition, stage).leave?.checklists ?? [];
  return names.map((name) => {
    const found = definition.checklists.find((checklist) => checklist.name === name);
    if (found === undefined) throw new RangeError(`${name} is no checklist of the plan`);
    return found;
  });
};
