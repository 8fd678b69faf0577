import * as pulumi from "@pulumi/pulumi";
import { BadInput } from "../definition/bad-input.ts";
import { loadSystem } from "../definition/catalogue.ts";
import { contactsNamespace, refuseBadContacts } from "../definition/contacts-config.ts";
import { directionOf } from "../definition/direction.ts";
import { configByNamespace, namedSystems, withoutSecrets } from "../definition/named-systems.ts";
import { readLedger } from "../definition/ledger.ts";
import { declaredSystems, refuseUpward, rollbackOf } from "../definition/rollback-of.ts";
import { stackEnvironment } from "../definition/stack-environment.ts";
import { maintenanceFromConfig, stageFromConfig } from "../definition/stage-config.ts";
import { settle } from "../definition/tbd.ts";
import { deriveTransition } from "../definition/transition.ts";
import { ttlSince } from "../definition/ttl-since.ts";
import { unorderedWaysBack } from "../definition/unordered-ways-back.ts";
import { CutoverSystem } from "./cutover-system.ts";
import type { LastOutputs } from "./last-outputs.ts";
import { ledgerOutput } from "./ledger-output.ts";
import type { DeclareNames } from "./names.ts";
import { rehearsalProviders } from "./providers.ts";
import { routeOutOfStep } from "./route-out-of-step.ts";
import { loadSplit } from "./traffic-split.ts";

/** What the stack exports. */
export interface StackOutputs {
  /** Append-only history of moves, by system. */
  readonly ledger: pulumi.OutputInstance<unknown>;
  /** Monitor id by threshold name, by system, for commands that read the gates' facts themselves. */
  readonly alarms: pulumi.OutputInstance<unknown>;
}

/**
 * The whole program: each system that the stack's config names, at the stage that its config asks for.
 * @param last what the last update left, as soon as it is read.
 * @throws pulumi.RunError with one line for config that cannot be right.
 */
export const program = async (last: Promise<LastOutputs>): Promise<StackOutputs> => {
  try {
    return await stack(last);
  } catch (error) {
    throw error instanceof BadInput ? new pulumi.RunError(error.message) : error;
  }
};

const stack = async (reading: Promise<LastOutputs>): Promise<StackOutputs> => {
  const file = `Pulumi.${pulumi.getStack()}.yaml`;
  const secrets = secretKeys();
  const config = configByNamespace(withoutSecrets(pulumi.runtime.allConfig(), secrets));
  const environment = stackEnvironment(config["cutover"], file);
  const rolledBack = process.env[rollbackOf];
  const names = declaredSystems(namedSystems(Object.keys(config), file), rolledBack);
  const definitions = await Promise.all(
    names.map(async (name) => ({ name, definition: await loadSystem(name, file) })),
  );

  const mechanisms = definitions.map(({ definition }) => definition.traffic.mechanism);
  const providers = await rehearsalProviders(environment, mechanisms);
  const last = await reading;
  const kept = rolledBack === undefined ? { ledger: {}, alarms: {} } : last;
  const histories: Record<string, unknown> = { ...kept.ledger };
  const alarmIds: Record<string, unknown> = { ...kept.alarms };
  for (const { name, definition } of definitions) {
    const stage = stageFromConfig(definition, config[name] ?? {}, file);
    if (rolledBack === undefined) {
      refuseBadContacts(definition, config[contactsNamespace(name)] ?? {}, secrets, file);
    }
    const system = settle(definition, {
      // A way back waits for no value that is still open: its targets use none.
      rehearsal: environment === "rehearsal" || rolledBack !== undefined,
      file: `stacks/${name}.ts`,
    });
    const reading = readLedger(name, last.ledger[name]);
    const derived = deriveTransition(reading, stage.name);
    if (rolledBack !== undefined && !derived.recorded) {
      refuseUpward(name, directionOf(definition, derived.transition));
    }
    const writtenOver = derived.recorded
      ? await routeOutOfStep(system, environment, stage.name)
      : undefined;
    const { weights, alarms } = new CutoverSystem(
      name,
      {
        ...{ system, environment, derived, writtenOver },
        maintenanceOn: maintenanceFromConfig(definition, config[name] ?? {}, file),
        declareSplit: await loadSplit(system.traffic),
        unordered: unorderedWaysBack(system, reading.entries, derived.transition),
        ...(system.names !== undefined && {
          names: {
            declare: await loadNames(),
            ttlSince: ttlSince(system, reading.entries, derived.transition),
          },
        }),
      },
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

/** Loaded for systems with names only, as is the mechanism's component. */
const loadNames = async (): Promise<DeclareNames> => {
  const { Names } = await import("./names.ts");
  return (...args) => new Names(...args);
};

/** Keys of the config that are encrypted, where the SDK has them from: it does not hand them on. */
const secretKeys = (): readonly string[] =>
  JSON.parse(process.env["PULUMI_CONFIG_SECRET_KEYS"] ?? "[]") as readonly string[];
