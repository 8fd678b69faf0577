import { shown, type Problem } from "./bad-input.ts";
import { finalSyncPassages } from "./copying.ts";
import { weightsAt } from "./ladder.ts";
import { settle } from "./tbd.ts";
import type { SystemDefinition } from "./system.ts";

/** What is wrong with how a system's data gets to green. */
export const storesProblems = (system: SystemDefinition): readonly Problem[] => {
  const { stores, traffic, ladder } = system;
  if (stores.kind === "one database") return [];
  const { finalSync } = settle(stores.sync, { rehearsal: true, file: "" });
  const key = "stores.sync.finalSync";
  const frozen = finalSyncPassages(system);
  const [only] = frozen;
  if (only === undefined || frozen.length > 1) {
    return [
      {
        key: `${key}.passage`,
        found: shown(finalSync.passage),
        expected: "the name of a passage of one stage",
      },
    ];
  }
  const {
    stage,
    passage: { within },
  } = only;
  const before = ladder[ladder.indexOf(stage) - 1];
  return [
    ...(before !== undefined &&
    weightsAt(system, before.name).green === 0 &&
    weightsAt(system, stage.name).green > 0
      ? []
      : [
          {
            key: `${key}.passage`,
            found: `${finalSync.passage}, in the move into ${stage.name}`,
            expected: "a passage of the move in which green gets its first traffic",
          },
        ]),
    ...(finalSync.freezeEndsAfter.milliseconds < within.milliseconds
      ? []
      : [
          {
            key: `${key}.freezeEndsAfter`,
            found: `${finalSync.freezeEndsAfter.milliseconds / 1_000} s`,
            expected: `less than the ${within.milliseconds / 1_000} s that ${finalSync.passage} may take`,
          },
        ]),
    ...(traffic.mechanism === "route53 weighted"
      ? [
          {
            key: "traffic",
            found: traffic.mechanism,
            expected:
              "a mechanism whose move is one write: a freeze would last until every resolver has it",
          },
        ]
      : []),
  ];
};
