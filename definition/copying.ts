import { postureAt } from "./ladder.ts";
import type { Plan } from "./plan.ts";
import type { Passage, Stage } from "./stage.ts";
import type { Stores } from "./stores.ts";
import type { Settled } from "./tbd.ts";

interface WithStores extends Pick<Plan, "ladder" | "config"> {
  readonly stores: Stores | Settled<Stores>;
}

/** Whether changes of one store are copied to the other at a stage; never where both sides share one. */
export const isCopied = (system: WithStores, stage: string): boolean =>
  system.stores.kind === "two stores" && postureAt(system, stage)["sync"] !== "off";

/**
 * The passages in which the final sync happens, each with the stage that its move leads into: one where the definition
 * is right, none where both sides share a store.
 */
export const finalSyncPassages = ({
  ladder,
  stores,
}: Pick<WithStores, "ladder" | "stores">): readonly {
  readonly stage: Stage;
  readonly passage: Passage;
}[] => {
  if (stores.kind === "one database") return [];
  const { passage: name } = stores.sync.finalSync;
  return ladder.flatMap((stage) =>
    (stage.passages ?? [])
      .filter((passage) => passage.name === name)
      .map((passage) => ({ stage, passage })),
  );
};
