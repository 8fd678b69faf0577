import {
  emptyResourcePlan,
  noPlanDiff,
  type GoalPlan,
  type Plan,
  type PlanDiff,
  type ResourcePlan,
} from "./plan.ts";
import { isRecord } from "../values/property-wire.ts";
import { containsSecrets, type PropertyMap } from "../values/property-values.ts";
import { noTimeouts, type Alias } from "../values/resource-state.ts";
import { manifest, timeoutsToDisk } from "../state/write-checkpoint.ts";
import type { Crypter } from "../state/passphrase-crypter.ts";
import type { SecretsProvider } from "../state/secrets-provider.ts";
import { mapFromDisk, mapToDisk } from "../state/state-values.ts";
import { reading } from "../state/reading.ts";
import { readIfThere, writeAtomically } from "../state/stack-files.ts";
import type { StepOperation } from "../steps/step.ts";

/** Writes a plan in the form that `pulumi preview --save-plan` gives it. */
export async function writePlan(
  path: string,
  plan: Plan,
  config: Readonly<Record<string, unknown>>,
  secrets: SecretsProvider,
): Promise<void> {
  const crypter = [...plan.values()].some(holdsSecrets) ? await secrets.crypter() : undefined;
  // A stack that had no secret before has no key yet: the plan then brings its own.
  const signed = crypter === undefined ? manifest() : { ...manifest(), salt: crypter.salt };
  const resourcePlans = Object.fromEntries(
    [...plan].sort().map(([urn, resource]) => [urn, resourcePlanToDisk(resource, crypter)]),
  );
  await writeAtomically(
    path,
    `${JSON.stringify({ manifest: signed, config, resourcePlans }, undefined, 4)}\n`,
  );
}

type SecretsOf = (salt: string | undefined, file: string) => SecretsProvider;

/**
 * Reads a saved plan.
 * @throws BadInput if the file is missing, is no plan, or does not open
 */
export function readPlan(path: string, secretsOf: SecretsOf): Promise<Plan> {
  const expectation = {
    file: path,
    expected: "a plan that a preview saved",
    remedy: "Run the preview once more.",
  };
  return reading(expectation, async () => {
    const text = await readIfThere(path);
    if (text === undefined) {
      throw new Error("no such file");
    }
    return planOf(text, path, secretsOf);
  });
}

async function planOf(text: string, path: string, secretsOf: SecretsOf): Promise<Plan> {
  const document: unknown = JSON.parse(text);
  if (!isRecord(document) || !isRecord(document["manifest"])) {
    throw new Error("no manifest");
  }
  const { salt } = document["manifest"];
  const secrets = secretsOf(typeof salt === "string" ? salt : undefined, path);
  const crypter = text.includes(`"ciphertext"`) ? await secrets.crypter() : undefined;
  const plans = isRecord(document["resourcePlans"]) ? document["resourcePlans"] : {};
  return new Map(
    Object.entries(plans).map(([urn, disk]) => [urn, resourcePlanFromDisk(disk, crypter)]),
  );
}

function holdsSecrets({ goal, outputs }: ResourcePlan): boolean {
  const maps: readonly PropertyMap[] = [
    outputs,
    ...(goal === undefined
      ? []
      : [goal.inputDiff, goal.outputDiff].flatMap(({ adds, updates }) => [adds, updates])),
  ];
  return maps.some(containsSecrets);
}

function resourcePlanToDisk(
  { goal, operations, outputs, seed }: ResourcePlan,
  crypter: Crypter | undefined,
): unknown {
  return {
    ...(goal === undefined ? {} : { goal: goalToDisk(goal, crypter) }),
    ...(operations.length === 0 ? {} : { steps: operations }),
    state: goal === undefined ? null : mapToDisk(outputs, crypter),
    ...(seed === undefined ? {} : { seed: Buffer.from(seed).toString("base64") }),
  };
}

function goalToDisk(goal: GoalPlan, crypter: Crypter | undefined): unknown {
  const optional = {
    parent: goal.parent,
    dependencies: goal.dependencies,
    provider: goal.provider,
    propertyDependencies: goal.propertyDependencies,
    ignoreChanges: goal.ignoreChanges,
    additionalSecretOutputs: goal.additionalSecretOutputs,
    structuredAliases: goal.aliases.map(aliasToDisk),
  };
  return {
    type: goal.type,
    name: goal.name,
    custom: goal.custom,
    inputDiff: planDiffToDisk(goal.inputDiff, crypter),
    outputDiff: planDiffToDisk(goal.outputDiff, crypter),
    protect: goal.protect,
    ...Object.fromEntries(
      Object.entries(optional).filter(([, value]) => Object.keys(value).length > 0),
    ),
    ...(goal.deleteBeforeReplace === undefined
      ? {}
      : { deleteBeforeReplace: goal.deleteBeforeReplace }),
    customTimeouts: timeoutsToDisk(goal.customTimeouts),
  };
}

function planDiffToDisk(
  { adds, updates, deletes }: PlanDiff,
  crypter: Crypter | undefined,
): unknown {
  return {
    ...(Object.keys(adds).length === 0 ? {} : { adds: mapToDisk(adds, crypter) }),
    ...(deletes.length === 0 ? {} : { deletes: [...deletes].sort() }),
    ...(Object.keys(updates).length === 0 ? {} : { updates: mapToDisk(updates, crypter) }),
  };
}

function resourcePlanFromDisk(disk: unknown, crypter: Crypter | undefined): ResourcePlan {
  const fields = isRecord(disk) ? disk : {};
  return {
    ...emptyResourcePlan(),
    goal: isRecord(fields["goal"]) ? goalFromDisk(fields["goal"], crypter) : undefined,
    operations: strings(fields["steps"]) as StepOperation[],
    outputs: mapFromDisk(fields["state"], crypter),
    seed: typeof fields["seed"] === "string" ? Buffer.from(fields["seed"], "base64") : undefined,
  };
}

function goalFromDisk(
  disk: Readonly<Record<string, unknown>>,
  crypter: Crypter | undefined,
): GoalPlan {
  const dependencies = isRecord(disk["propertyDependencies"]) ? disk["propertyDependencies"] : {};
  return {
    type: String(disk["type"]),
    name: String(disk["name"]),
    custom: disk["custom"] === true,
    inputDiff: planDiffFromDisk(disk["inputDiff"], crypter),
    outputDiff: planDiffFromDisk(disk["outputDiff"], crypter),
    parent: typeof disk["parent"] === "string" ? disk["parent"] : "",
    protect: disk["protect"] === true,
    dependencies: strings(disk["dependencies"]),
    provider: typeof disk["provider"] === "string" ? disk["provider"] : "",
    propertyDependencies: Object.fromEntries(
      Object.entries(dependencies).map(([key, urns]) => [key, strings(urns)]),
    ),
    deleteBeforeReplace:
      typeof disk["deleteBeforeReplace"] === "boolean" ? disk["deleteBeforeReplace"] : undefined,
    ignoreChanges: strings(disk["ignoreChanges"]),
    additionalSecretOutputs: strings(disk["additionalSecretOutputs"]),
    aliases: Array.isArray(disk["structuredAliases"])
      ? disk["structuredAliases"].map(aliasFromDisk)
      : [],
    customTimeouts: {
      ...noTimeouts,
      ...(isRecord(disk["customTimeouts"]) ? disk["customTimeouts"] : {}),
    },
  };
}

function planDiffFromDisk(disk: unknown, crypter: Crypter | undefined): PlanDiff {
  return isRecord(disk)
    ? {
        adds: mapFromDisk(disk["adds"], crypter),
        updates: mapFromDisk(disk["updates"], crypter),
        deletes: strings(disk["deletes"]),
      }
    : noPlanDiff;
}

/** Plans name these fields as the real engine's own source does. */
function aliasToDisk(alias: Alias): unknown {
  const spec =
    "urn" in alias
      ? { name: "", type: "", stack: "", project: "", parent: "", noParent: false }
      : alias;
  return {
    URN: "urn" in alias ? alias.urn : "",
    Name: spec.name,
    Type: spec.type,
    Stack: spec.stack,
    Project: spec.project,
    Parent: spec.parent,
    NoParent: spec.noParent,
  };
}

function aliasFromDisk(disk: unknown): Alias {
  const fields = isRecord(disk) ? disk : {};
  const text = (key: string): string => (typeof fields[key] === "string" ? fields[key] : "");
  return text("URN") === ""
    ? {
        name: text("Name"),
        type: text("Type"),
        stack: text("Stack"),
        project: text("Project"),
        parent: text("Parent"),
        noParent: fields["NoParent"] === true,
      }
    : { urn: text("URN") };
}

const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
