import { z } from "zod";
import { shown, type Problem } from "./bad-input.ts";
import { domainName } from "./domain-name.ts";
import { hostedZoneId, recordTtl } from "./hosted-zone.ts";
import { greenWeightAt, postureAt } from "./ladder.ts";
import { shapeProblems } from "./shape-problems.ts";
import type { SystemDefinition } from "./system.ts";
import { settle } from "./tbd.ts";

const shape = z.array(
  z.strictObject({
    zoneId: hostedZoneId,
    name: domainName,
    leadsTo: domainName,
    ttlAsFound: recordTtl,
  }),
);

/** What is wrong with a system's names, and with the stages that set how long their answers are kept. */
export const namesProblems = (system: SystemDefinition): readonly Problem[] => {
  const names = settle(system.names ?? [], { rehearsal: true, file: "" });
  const misshapen = shapeProblems(shape, names, "names");
  if (misshapen.length > 0) return misshapen;
  return [...placeProblems(system), ...stageProblems(system)];
};

/** Each name once, and one that the load balancer's rule takes. */
const placeProblems = (system: SystemDefinition): Problem[] => {
  const names = settle(system.names ?? [], { rehearsal: true, file: "" });
  const traffic = settle(system.traffic, { rehearsal: true, file: "" });
  if (names.length === 0) return [];
  if (traffic.mechanism !== "alb listener rule") {
    return [
      {
        key: "names",
        found: `given beside the mechanism ${traffic.mechanism}`,
        expected: "none: only a load balancer's rule has names that lead to the load balancer",
      },
    ];
  }
  return names.flatMap(({ name }, index): Problem[] => [
    ...(traffic.hosts.includes(name)
      ? []
      : [
          {
            key: `names.${name}`,
            found: "a name that the rule does not take",
            expected: `one of traffic.hosts: ${traffic.hosts.join(", ")}`,
          },
        ]),
    ...(names.findIndex((other) => other.name === name) === index
      ? []
      : [{ key: `names.${name}`, found: "given twice", expected: "each name once" }]),
  ]);
};

/** A TTL that no record has, or one that changes while traffic moves: nobody could wait for it then. */
const stageProblems = (system: SystemDefinition): Problem[] =>
  system.ladder.slice(1).flatMap(({ name: to }, index): Problem[] => {
    const from = system.ladder[index]?.name ?? to;
    const ttl = postureAt(system, to)["ttlSeconds"];
    if (ttl === postureAt(system, from)["ttlSeconds"]) return [];
    const key = `ladder.${to}.ttlSeconds`;
    if (system.names === undefined) {
      return [{ key, found: shown(ttl), expected: "none: the system has no names" }];
    }
    return greenWeightAt(system, to) === greenWeightAt(system, from)
      ? []
      : [
          {
            key,
            found: `${shown(ttl)}, in a move that changes weights`,
            expected: "the TTL of the stage before it: resolvers take as long as the old one",
          },
        ];
  });
