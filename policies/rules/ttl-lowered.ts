import { greenWeightAt, rung } from "../../definition/ladder.ts";
import { ttlAt } from "../../definition/names.ts";
import type { SettledSystem } from "../../definition/system.ts";
import { inWords } from "../../definition/units.ts";
import type { LiveName } from "../facts/facts.ts";
import type { Move } from "../move.ts";
import { instantInWords, nextPossibleInWords } from "./instant-in-words.ts";
import { ledgerInstant } from "./ledger-instant.ts";
import { passed, refused, rule } from "./rule.ts";

type Name = NonNullable<SettledSystem["names"]>[number];

/**
 * Each name leads to the load balancer, with the TTL of its stage, and no resolver holds an answer from before the TTL
 * was lowered once traffic moves. What stands under a name is read before it is taken over as well: this stack must
 * not be what changes where it leads.
 */
export const ttlLowered = rule({
  name: "ttl-lowered",
  sentence:
    "Each name leads to the load balancer with its stage's TTL, for an old TTL before weights change",
  severity: "high",
  remediation: "Mend the record that the message names, or wait until the time that it names.",
  binds: ["begin", "forward"],
  needs: ["now", "declaredTtlSince", "liveNames"],
  exempt: ({ definition: { names = [] } }) =>
    names.length === 0 ? "no name of the system's leads to what splits its traffic" : undefined,
  judge({ move, definition, facts: { now, declaredTtlSince, liveNames } }) {
    const { names = [] } = definition;
    const stages = [move.from, move.to].filter((stage) => rung(definition, stage) >= 0);
    if (!stages.includes(move.to)) {
      return refused({ found: move.to || "no stage", expected: "a stage" });
    }
    const problems = names.flatMap((name, index) => {
      const live = liveNames[index];
      // A TTL that is there already is an update being finished.
      const ttls = stages.map((stage) => ttlAt(definition, name, stage));
      return live === undefined ? `nobody read ${name.name}` : problemsWith(name, ttls, live);
    });
    const [problem] = problems;
    if (problem !== undefined) {
      return refused({
        found: problems.join("; "),
        expected: "each name as the stage has it",
        says: problems.join("; "),
      });
    }
    const standing = `${names.map(({ name }) => name).join(", ")} as at ${stages[0] ?? ""}`;
    return movesTraffic(move, definition)
      ? expired({ move, definition, standing, since: declaredTtlSince, now })
      : passed(standing);
  },
});

const movesTraffic = ({ from, to }: Pick<Move, "from" | "to">, definition: SettledSystem) =>
  rung(definition, from) >= 0 && greenWeightAt(definition, from) !== greenWeightAt(definition, to);

const problemsWith = (
  { name, leadsTo }: Name,
  ttls: readonly number[],
  live: LiveName,
): readonly string[] => [
  ...(live.leadsTo === leadsTo ? [] : [`${name} leads to ${live.leadsTo}, expected ${leadsTo}`]),
  ...(ttls.includes(live.ttl)
    ? []
    : [`${name} has a TTL of ${live.ttl} s, expected ${[...new Set(ttls)].join(" or ")} s`]),
];

/** Whether every resolver has asked again since the TTL was lowered. */
const expired = ({
  move: { from },
  definition,
  standing,
  since,
  now,
}: {
  readonly move: Pick<Move, "from">;
  readonly definition: SettledSystem;
  readonly standing: string;
  readonly since: string;
  readonly now: number;
}) => {
  const lowered = (definition.names ?? []).filter(
    (name) => ttlAt(definition, name, from) * 1_000 < name.ttlAsFound.milliseconds,
  );
  if (lowered.length === 0) return passed(standing);
  const longest = Math.max(...lowered.map(({ ttlAsFound }) => ttlAsFound.milliseconds));
  const expected = `${inWords({ milliseconds: longest })}, the TTL as found, since the TTL was lowered`;
  const written = ledgerInstant(since);
  if (!(written <= now)) {
    const found = Number.isNaN(written)
      ? `nobody knows when the TTL was lowered: "${since}" is no time`
      : `the TTL was lowered at ${instantInWords(written, now)}, says the ledger, but it is ${instantInWords(now, now)} only`;
    return refused({ found, expected, says: found });
  }
  const nextPossibleAt = written + longest;
  if (now >= nextPossibleAt) {
    return passed(`${standing}, lowered ${inWords({ milliseconds: now - written })} ago`);
  }
  const found = `the TTL was lowered ${inWords({ milliseconds: now - written })} ago`;
  return refused({
    found,
    expected,
    says: `${found}, and resolvers may keep an answer from before for ${inWords({ milliseconds: longest })}; ${nextPossibleInWords(nextPossibleAt, now)}`,
    nextPossibleAt,
  });
};
