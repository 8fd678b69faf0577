import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { OperationOptions } from "../../engine/engine.ts";
import type { Fixture } from "../rehearsal/engine/fixture.ts";
import type {
  Declaration,
  DeclaredResource,
} from "../rehearsal/engine/programs/declared/declaration.ts";
import type { Act } from "./random-programs.ts";
import { Twins, type Outcomes } from "./twins.ts";
import type { Verb } from "./real-declared.ts";

/** Where the engines went apart. */
export interface Difference extends Outcomes {
  readonly operation: string;
  readonly said: { readonly real: string; readonly embedded: string };
}

/** Does the same with both engines, until it is over or they differ. */
export const liveThrough = async (life: readonly Act[]): Promise<Difference | undefined> => {
  const twins = await Twins.create();
  try {
    for (const [index, act] of life.entries()) {
      const difference = await play(twins, act, index);
      if (difference !== undefined) return difference;
    }
    return undefined;
  } finally {
    await twins.remove();
  }
};

const play = async (twins: Twins, act: Act, index: number): Promise<Difference | undefined> => {
  const declaration: Declaration = {
    inTurn: true,
    resources: act.resources,
    outputs: outputsOf(act.resources),
  };
  await twins.both((stack) => prepare(stack, act));
  const targets = act.targets?.map((name) => urnOf(name, act.resources));
  for (const { verb, options } of operationsOf(act, targets, index)) {
    const outcomes = await twins.run(verb, declaration, options);
    if (!isDeepStrictEqual(outcomes.real, outcomes.embedded)) {
      return { operation: `${verb} of act ${index + 1}`, ...outcomes, said: twins.said };
    }
  }
  return undefined;
};

interface PlannedOperation {
  readonly verb: Verb;
  readonly options: (stack: Fixture) => OperationOptions;
}

const operationsOf = (
  { verb }: Act,
  targets: readonly string[] | undefined,
  index: number,
): readonly PlannedOperation[] => {
  const options = targets === undefined ? {} : { targets };
  const planOf = (stack: Fixture): string => join(stack.directory, `plan-${index}.json`);
  switch (verb) {
    case "up":
    case "refresh":
    case "destroy":
      return [{ verb, options: () => (verb === "up" ? options : {}) }];
    case "preview, then up":
      return [
        { verb: "preview", options: () => options },
        { verb: "up", options: () => options },
      ];
    case "plan, then up":
      return [
        { verb: "preview", options: (stack) => ({ ...options, savePlan: planOf(stack) }) },
        { verb: "up", options: (stack) => ({ ...options, plan: planOf(stack) }) },
      ];
  }
};

const prepare = (stack: Fixture, act: Act): void => {
  const { provider } = stack;
  provider.failing.clear();
  provider.unhealthy.clear();
  act.failing.forEach((name) => provider.failing.set(name, "no capacity"));
  act.unhealthy.forEach((name) => provider.unhealthy.set(name, "not ready"));
  provider.replaceOn = act.replaceOn;
  provider.deleteBeforeReplace = act.deleteBeforeReplace;
  // Deletions run side by side: what is under way when one fails must not be left to chance.
  provider.onCall = ({ verb, name }) =>
    verb === "delete" && provider.failing.has(name)
      ? new Promise((resolve) => setTimeout(resolve, 150))
      : undefined;
  for (const [id, thing] of provider.things) {
    if (act.removedByHand.includes(String(thing["name"]))) provider.things.delete(id);
    else if (act.changedByHand.includes(String(thing["name"])))
      provider.things.set(id, { ...thing, weight: 7 });
  }
};

const outputsOf = (resources: readonly DeclaredResource[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    resources
      .filter(({ component, isProvider }) => component !== true && isProvider !== true)
      .map(({ name }) => [name, `${name}.weight`]),
  );

const urnOf = (name: string, resources: readonly DeclaredResource[]): string => {
  const typeOf = (of: string | undefined): string => {
    const resource = resources.find((candidate) => candidate.name === of);
    const own = resource?.component === true ? "test:index:Group" : "test:index:Thing";
    return resource?.parent === undefined ? own : `${typeOf(resource.parent)}$${own}`;
  };
  return `urn:pulumi:dev::demo::${typeOf(name)}::${name}`;
};
