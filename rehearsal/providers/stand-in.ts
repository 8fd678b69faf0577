import type * as z from "zod";
import { checkSchema, type InputFailure } from "./check-schema.ts";
import type { Properties } from "./property-values.ts";

/** What a call is about, besides its inputs. */
export interface Call {
  readonly urn: string;
  readonly type: string;
  /** The Pulumi name of the resource. */
  readonly name: string;
  /** From `customTimeouts`, cutover seconds. */
  readonly timeoutSeconds?: number;
  /** Aborted when the engine is told to stop. */
  readonly signal: AbortSignal;
  /** Inputs of the last update, secrets revealed; empty at creation. */
  readonly oldInputs: Properties;
  /** Outputs of the last update, secrets revealed; empty at creation. */
  readonly oldOutputs: Properties;
}

export interface CheckCall {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Inputs that were checked last time; empty for a new resource. */
  readonly oldInputs: Properties;
  /** The same bytes for the same resource in one update, for names the provider makes up. */
  readonly randomSeed: Uint8Array;
}

export interface Checked {
  readonly inputs: Properties;
  readonly failures: readonly InputFailure[];
}

export interface Created {
  readonly id: string;
  readonly outputs: Properties;
}

/** What a refresh, an import or a `.get` found; `inputs` as a program would have to write them. */
export interface Found {
  readonly outputs: Properties;
  readonly inputs: Properties;
}

interface Behaviour<Inputs, World> {
  /** The type token, or which tokens it serves. */
  readonly type: string | ((type: string) => boolean);
  /** A schema, or a check of its own that may also fill in what was left out. May meet `UNKNOWN`. */
  readonly inputs:
    z.ZodType<Inputs> | ((inputs: Properties, world: World, call: CheckCall) => Checked);
  /** Paths of inputs that cannot change in place, such as `spec.selector`; those below it too. */
  readonly replaceOn?: readonly string[] | ((type: string) => readonly string[]);
  /** Whether the old one must go before its replacement comes, as when both have the same name. */
  readonly deleteBeforeReplace?: (oldInputs: Properties, newInputs: Properties) => boolean;
  /** The outputs to expect, for a preview; `UNKNOWN` marks what only the operation will know. */
  readonly preview?: (inputs: Properties, world: World, call: Call) => Properties;
  /** The id that creation will give; without it the Pulumi name, where an interruption needs one. */
  readonly idOf?: (inputs: Inputs) => string;
  readonly create: (inputs: Inputs, world: World, call: Call) => Created | Promise<Created>;
  /** Without it every change replaces. Returns the outputs. */
  readonly update?: (
    id: string,
    inputs: Inputs,
    world: World,
    call: Call,
  ) => Properties | Promise<Properties>;
  readonly delete: (id: string, world: World, call: Call) => void | Promise<void>;
  /** Without it a refresh changes nothing. `undefined` when the resource is gone. */
  readonly read?: (id: string, world: World, call: Call) => Found | undefined;
}

/** A stand-in as the provider server calls it: inputs are checked and in their own type behind it. */
export interface StandIn<World> {
  readonly serves: (type: string) => boolean;
  readonly check: (inputs: Properties, world: World, call: CheckCall) => Checked;
  readonly replaceOn: (type: string) => readonly string[];
  readonly deleteBeforeReplace: (oldInputs: Properties, newInputs: Properties) => boolean;
  readonly preview: (inputs: Properties, world: World, call: Call) => Properties;
  readonly idOf: (inputs: Properties) => string | undefined;
  readonly create: (inputs: Properties, world: World, call: Call) => Promise<Created>;
  readonly update: (
    id: string,
    inputs: Properties,
    world: World,
    call: Call,
  ) => Promise<Properties>;
  readonly updates: boolean;
  readonly delete: (id: string, world: World, call: Call) => Promise<void>;
  readonly read: (id: string, world: World, call: Call) => Found | undefined;
}

/**
 * Acts for one resource type of the cloud on the local world. Verbs get inputs that passed the check, with
 * secrets revealed and nothing unknown; what they throw fails the operation with that message, and an
 * `InitializationFailed` also records the resource. Secrets of the inputs stay secret in the outputs.
 *
 *     export const monitor = standIn({
 *       type: "datadog:index/monitor:Monitor",
 *       inputs: z.strictObject({ name: z.string(), query: z.string(), message: z.string() }),
 *       replaceOn: ["type"],
 *       create: (inputs, { monitors }: DatadogWorld) => {
 *         const id = monitors.add(inputs);
 *         return { id, outputs: { ...inputs } };
 *       },
 *       update: (id, inputs, { monitors }) => {
 *         monitors.set(id, inputs);
 *         return { ...inputs };
 *       },
 *       delete: (id, { monitors }) => monitors.remove(id),
 *       read: (id, { monitors }) => {
 *         const found = monitors.get(id);
 *         return found && { outputs: { ...found }, inputs: { ...found } };
 *       },
 *     });
 *
 *     const { port, stop } = await startProvider({
 *       package: "datadog", version: "5.11.0", standIns: [monitor], world: { monitors },
 *     });
 */
export const standIn = <Inputs, World>(behaviour: Behaviour<Inputs, World>): StandIn<World> => {
  const { type, inputs: schema, replaceOn = [] } = behaviour;
  // A check of its own has no schema to convert with: its verbs take the properties as they are.
  const parse = (inputs: Properties): Inputs =>
    typeof schema === "function" ? (inputs as Inputs) : schema.parse(inputs);
  return {
    serves: (token) => (typeof type === "function" ? type(token) : type === token),
    check: (inputs, world, call) =>
      typeof schema === "function"
        ? schema(inputs, world, call)
        : { inputs, failures: checkSchema(schema, inputs) },
    replaceOn: (token) => (typeof replaceOn === "function" ? replaceOn(token) : replaceOn),
    deleteBeforeReplace: behaviour.deleteBeforeReplace ?? (() => false),
    preview:
      behaviour.preview ??
      ((inputs, _world, call) => {
        const kept = Object.entries(call.oldOutputs).filter(([key]) => !(key in call.oldInputs));
        return { ...Object.fromEntries(kept), ...inputs };
      }),
    idOf: (inputs) => behaviour.idOf?.(parse(inputs)),
    create: async (inputs, world, call) => behaviour.create(parse(inputs), world, call),
    update: async (id, inputs, world, call) => {
      if (behaviour.update === undefined) throw new Error(`${call.type} cannot change in place`);
      return behaviour.update(id, parse(inputs), world, call);
    },
    updates: behaviour.update !== undefined,
    delete: async (id, world, call) => behaviour.delete(id, world, call),
    read:
      behaviour.read ??
      ((_id, _world, call) => ({ outputs: call.oldOutputs, inputs: call.oldInputs })),
  };
};
