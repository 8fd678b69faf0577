import * as pulumi from "@pulumi/pulumi";
import { BadInput } from "../definition/bad-input.ts";
import { loadSystem, systemNames } from "../definition/catalogue.ts";
import { readLedger, type LedgerEntry } from "../definition/ledger.ts";
import { stackEnvironment } from "../definition/stack-environment.ts";
import { stageFromConfig, type RawConfig } from "../definition/stage-config.ts";
import { settle } from "../definition/tbd.ts";
import { deriveTransition } from "../definition/transition.ts";
import { CutoverSystem } from "./cutover-system.ts";
import { ledgerOutput } from "./ledger-output.ts";
import { rehearsalProviders } from "./providers.ts";
import { routeOutOfStep } from "./route-out-of-step.ts";

/** What the stack exports. */
export interface StackOutputs {
  /** Append-only history of moves, by system. */
  readonly ledger: pulumi.Output<Record<string, readonly LedgerEntry[]>>;
  /** Monitor id by threshold name, by system, for commands that read the gates' facts themselves. */
  readonly alarms: pulumi.Output<Record<string, Record<string, string>>>;
}

/**
 * The whole program: each system that the stack's config names, at the stage that its config asks for.
 * @throws pulumi.RunError with one line for config that cannot be right.
 */
export const program = async (): Promise<StackOutputs> => {
  try {
    return await stack();
  } catch (error) {
    throw error instanceof BadInput ? new pulumi.RunError(error.message) : error;
  }
};

const stack = async (): Promise<StackOutputs> => {
  const file = `Pulumi.${pulumi.getStack()}.yaml`;
  const config = configByNamespace();
  const environment = stackEnvironment(config["cutover"]?.["environment"], file);
  const names = namedSystems(config, file);
  const ledgers = await lastLedgers();
  const providers = rehearsalProviders(environment);

  const histories: Record<string, pulumi.Output<readonly LedgerEntry[]>> = {};
  const alarmIds: Record<string, pulumi.Output<Record<string, string>>> = {};
  for (const name of names) {
    const definition = await loadSystem(name, file);
    const stage = stageFromConfig(definition, config[name] ?? {}, file);
    const system = settle(definition, {
      rehearsal: environment === "rehearsal",
      file: `stacks/${name}.ts`,
    });
    const reading = readLedger(name, ledgers[name]);
    const derived = deriveTransition(reading, stage.name);
    const writtenOver = derived.recorded
      ? await routeOutOfStep(system, environment, stage.name)
      : undefined;
    const { weights, alarms } = new CutoverSystem(
      name,
      { system, environment, derived, writtenOver },
      providers,
    );
    alarmIds[name] = alarms;
    histories[name] = ledgerOutput({
      system,
      environment,
      entries: reading.entries,
      derived,
      weights,
    });
  }
  return { ledger: pulumi.output(histories), alarms: pulumi.output(alarmIds) };
};

/** The histories that the last update left: the stack reads its own outputs. */
const lastLedgers = async (): Promise<Readonly<Record<string, unknown>>> => {
  const itself = [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()].join("/");
  const details = await new pulumi.StackReference(itself).getOutputDetails("ledger");
  const value: unknown = details.value;
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
};

/** Namespaces whose keys are no system's. */
const reserved = new Set(["cutover", "kubernetes", "datadog", "aws", "cloudflare", "pulumi"]);

const namedSystems = (
  config: Readonly<Record<string, RawConfig>>,
  file: string,
): readonly string[] => {
  const names = Object.keys(config).filter((namespace) => !reserved.has(namespace));
  if (names.length > 0) return names;
  throw new BadInput({
    where: file,
    found: "no system",
    expected: `a value for at least one of ${systemNames().join(", ")}`,
  });
};

/** The stack's whole config, as the engine hands it to the program: `namespace:key` to text. */
const configByNamespace = (): Readonly<Record<string, RawConfig>> => {
  const byNamespace: Record<string, Record<string, string>> = {};
  for (const [key, value] of Object.entries(pulumi.runtime.allConfig())) {
    const [namespace = "", ...name] = key.split(":");
    (byNamespace[namespace] ??= {})[name.join(":")] = value;
  }
  return byNamespace;
};
