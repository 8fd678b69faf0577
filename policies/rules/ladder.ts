import { configAt, rung } from "../../definition/ladder.ts";
import type { SettledSystem } from "../../definition/system.ts";
import { passed, refused, rule } from "./rule.ts";

/** One step up at a time, from the bottom, between stages that exist. */
export const ladder = rule({
  name: "ladder",
  sentence: "A cutover begins at the first stage and goes up one stage at a time",
  severity: "critical",
  remediation: "Set the config value of the stage that the message names, or roll back.",
  binds: ["begin", "forward"],
  needs: [],
  judge({ move: { from, to, kind }, definition }) {
    const stages = definition.ladder.map(({ name }) => name);
    const missing = [to, ...(kind === "begin" ? [] : [from])].find((one) => !stages.includes(one));
    if (missing !== undefined) {
      return refused({ found: missing || "an unnamed stage", expected: stages.join(", ") });
    }
    const at = kind === "begin" ? -1 : rung(definition, from);
    const next = definition.ladder[at + 1];
    if (next?.name === to) return passed(`${from} → ${to} is one step`);
    const found = `${from} → ${to}`;
    if (next === undefined || rung(definition, to) <= at) {
      return refused({ found, expected: "a step up", says: `${found} is no step up the ladder` });
    }
    const expected = `${next.name} (${inWords(definition, next.name)})`;
    const says =
      kind === "begin"
        ? `the cutover cannot begin at ${to}; it begins at ${expected}`
        : `${found} leaves out ${next.name}; the next stage is ${expected}`;
    return refused({ found, expected, says });
  },
});

const inWords = (definition: SettledSystem, stage: string): string =>
  Object.entries(configAt(definition, stage))
    .map(([key, value]) => `${definition.name}:${key} ${JSON.stringify(value)}`)
    .join(", ");
