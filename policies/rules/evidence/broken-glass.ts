import { needsOfWayBack } from "../../../definition/ladder.ts";
import type { BrokenGlass } from "../../../definition/ledger.ts";
import type { UnorderedWayBack } from "../../../definition/unordered-ways-back.ts";
import { hours } from "../../../definition/units.ts";
import type { FactValues } from "../../facts/facts.ts";
import type { Night } from "../rule.ts";
import { counting, type Counted, type Counting } from "./counting.ts";

/**
 * How long the word of somebody who breaks the glass counts: long enough for a night's way back with everything that
 * may go wrong in it, and too short to be kept in a drawer. A choice of ours; no plan names a figure.
 */
export const glassCounts = hours(1);

/**
 * Who has broken the glass for a way back: anybody with a role of the plan, who states that each of its needs holds.
 * @param now milliseconds since the epoch; nothing where what has happened is told of afterwards.
 */
export const brokenGlass = ({
  move,
  definition,
  evidence,
  now,
}: Pick<Night<never>, "move" | "definition"> &
  Pick<FactValues, "evidence"> & {
    readonly now: number | undefined;
  }): Counting<"break-glass"> => {
  const { counted, dropped } = counting({
    kind: "break-glass",
    ...{ evidence, definition, move, now },
    longest: glassCounts.milliseconds,
  });
  const needs = needsOfWayBack(definition, move);
  const problemOf = ({ statement }: Counted<"break-glass">): string | undefined => {
    const { role, statesThatThisHolds: stated } = statement;
    if (!Object.hasOwn(definition.roles, role)) return "its role is none of the plan's";
    return needs.every((need) => stated.includes(need))
      ? undefined
      : "it does not state that everything holds that this way back needs";
  };
  const judged = counted.map((each) => ({ each, problem: problemOf(each) }));
  return {
    counted: judged.flatMap(({ each, problem }) => (problem === undefined ? [each] : [])),
    dropped: [
      ...dropped,
      ...judged.flatMap(({ each: { file }, problem }) =>
        problem === undefined ? [] : [`${file}: ${problem}`],
      ),
    ],
  };
};

/** What the ledger keeps of it. */
export const glassBrokenBy = ({
  person,
  statement: { reason },
  file,
}: Counted<"break-glass">): BrokenGlass => ({ person, reason, file });

/** It in words, for every place that tells of it. */
export const glassInWords = ({ person, reason }: Omit<BrokenGlass, "file">): string =>
  `broken glass by ${person}: ${reason}`;

/** A way back that is to be reviewed, in words. */
export const unorderedInWords = ({ sequence, from, to, brokenGlass }: UnorderedWayBack): string =>
  `entry ${sequence}, ${from} → ${to}: ${
    brokenGlass === undefined
      ? "no gate is known to have found the order that it needs"
      : glassInWords(brokenGlass)
  }`;
