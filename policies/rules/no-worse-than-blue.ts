import { comparisonsAt } from "../../definition/comparison.ts";
import { greenWeightAt, rung } from "../../definition/ladder.ts";
import type { ComparedValues } from "../facts/facts.ts";
import type { Reading } from "../facts/reading.ts";
import { compared } from "./comparison/compared.ts";
import { passed, refused, rule } from "./rule.ts";

/**
 * Green is no worse than blue was in the same minutes, within what the plan tolerates. Absolute limits are
 * judged by `live-health`; this finds a green that keeps them and is slower than what it replaces.
 */
export const noWorseThanBlue = rule({
  name: "no-worse-than-blue",
  sentence: "Green is no worse than blue over the same minutes, within the plan's tolerance",
  severity: "high",
  remediation: "Find out what makes green worse; where the message says so, more minutes may tell.",
  binds: ["forward"],
  needs: ["comparedValues"],
  exempt: ({ move: { from }, definition }) => {
    if (definition.comparisons === undefined) return "the plan compares nothing with blue";
    if (rung(definition, from) < 0) return undefined;
    const green = greenWeightAt(definition, from);
    if (green === 0 || green === 100) return `one side has all traffic at ${from}`;
    return comparisonsAt(definition, from).length === 0
      ? `the plan compares nothing at ${from}`
      : undefined;
  },
  judge({ move: { from }, definition, facts: { comparedValues } }) {
    if (rung(definition, from) < 0) return refused({ found: from, expected: "a stage" });
    const problems: string[] = [];
    const good: string[] = [];
    for (const comparison of comparisonsAt(definition, from)) {
      const { title, tolerance, worse, leastValues, name } = comparison;
      const values = measuredOn(comparedValues[name], leastValues);
      if (typeof values === "string") {
        problems.push(`${title} cannot be compared: ${values}`);
        continue;
      }
      const { green, blue } = values;
      const { worsePercent, byChance } = compared(green, blue, worse);
      const found = `${title} on green is ${shown(worsePercent)}`;
      if (worsePercent <= tolerance.percent) good.push(found);
      else {
        const tolerated = `${found}, at most ${tolerance.percent} % worse is tolerated`;
        const told =
          byChance < significance
            ? "this is no chance"
            : `chance alone would show this in ${Math.round(100 * byChance)} of 100 windows: more minutes will tell`;
        problems.push(`${tolerated}; ${told}`);
      }
    }
    return problems.length === 0
      ? passed(good.join(", "))
      : refused({
          found: problems.join("; "),
          expected: "a green that is no worse than blue",
          says: problems.join("; "),
        });
  },
});

/** Chance that is left when a difference is called none: what Kayenta's judge is wired with, 98 % confidence. */
const significance = 0.02;

/** The values of both sides, or in words why they cannot be compared. */
const measuredOn = (
  reading: Reading<ComparedValues> | undefined,
  least: number,
): ComparedValues | string => {
  if (reading?.known !== true) return reading?.reason ?? "nobody read it";
  const { green, blue } = reading.value;
  const wrong = [...green, ...blue].find((value) => !Number.isFinite(value) || value < 0);
  if (wrong !== undefined) return `${wrong} is no measurement`;
  return green.length >= least && blue.length >= least
    ? reading.value
    : `green has ${green.length} and blue ${blue.length} of the ${least} periods needed`;
};

const shown = (percent: number): string =>
  Number.isFinite(percent)
    ? `${Math.abs(Math.round(percent * 10) / 10)} % ${percent > 0 ? "worse" : "better"} than on blue`
    : "worse, where blue has none of it";
