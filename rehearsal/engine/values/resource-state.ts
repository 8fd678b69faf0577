import type { PropertyMap } from "./property-values.ts";
import { parseProviderReference, typeOf } from "./urn.ts";

/** Seconds a provider may take; 0 where nobody said. */
export interface CustomTimeouts {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly read: number;
}

export const noTimeouts: CustomTimeouts = { create: 0, update: 0, delete: 0, read: 0 };

/** The moments at which a hook of the program may run. */
export type HookType =
  "BeforeCreate" | "AfterCreate" | "BeforeUpdate" | "AfterUpdate" | "BeforeDelete" | "AfterDelete";

export type HookNames = Readonly<Partial<Record<HookType, readonly string[]>>>;

/** One resource as the state file keeps it. Steps fill in `id`, `inputs`, `outputs` and the flags while they run. */
export interface ResourceState {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  delete: boolean;
  id: string;
  inputs: PropertyMap;
  outputs: PropertyMap;
  readonly parent: string;
  readonly protect: boolean;
  readonly external: boolean;
  readonly dependencies: readonly string[];
  initErrors: readonly string[];
  readonly provider: string;
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  pendingReplacement: boolean;
  readonly additionalSecretOutputs: readonly string[];
  readonly aliases: readonly string[];
  readonly customTimeouts: CustomTimeouts;
  readonly retainOnDelete: boolean;
  readonly deletedWith: string;
  created: string | undefined;
  modified: string | undefined;
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  readonly hooks: HookNames;
}

/** Aliases as a program states them. */
export type Alias =
  | { readonly urn: string }
  | {
      readonly name: string;
      readonly type: string;
      readonly stack: string;
      readonly project: string;
      readonly parent: string;
      readonly noParent: boolean;
    };

/** What the program asks for when it registers a resource. */
export interface Goal {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly properties: PropertyMap;
  readonly parent: string;
  readonly protect: boolean | undefined;
  readonly dependencies: readonly string[];
  readonly provider: string;
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly deleteBeforeReplace: boolean | undefined;
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly aliases: readonly Alias[];
  readonly customTimeouts: CustomTimeouts;
  readonly retainOnDelete: boolean | undefined;
  readonly deletedWith: string;
  readonly hooks: HookNames;
}

/** A goal for a resource that asks for nothing out of the ordinary. */
export function plainGoal(of: Pick<Goal, "type" | "name" | "custom" | "properties">): Goal {
  return {
    ...of,
    parent: "",
    protect: undefined,
    dependencies: [],
    provider: "",
    propertyDependencies: {},
    deleteBeforeReplace: undefined,
    ignoreChanges: [],
    replaceOnChanges: [],
    additionalSecretOutputs: [],
    aliases: [],
    customTimeouts: noTimeouts,
    retainOnDelete: undefined,
    deletedWith: "",
    hooks: {},
  };
}

/** The state a goal leads to; steps fill in what only they can know. */
export function stateOf(
  goal: Goal,
  urn: string,
  old: ResourceState | undefined,
  alias: string | undefined,
): ResourceState {
  return {
    urn,
    type: goal.type,
    custom: goal.custom,
    delete: false,
    id: "",
    inputs: goal.properties,
    outputs: {},
    parent: goal.parent,
    protect: goal.protect ?? false,
    external: false,
    dependencies: goal.dependencies,
    initErrors: [],
    provider: goal.provider,
    propertyDependencies: goal.propertyDependencies,
    pendingReplacement: false,
    additionalSecretOutputs: goal.additionalSecretOutputs,
    aliases: alias === undefined ? [] : [alias],
    customTimeouts: goal.customTimeouts,
    retainOnDelete: goal.retainOnDelete ?? false,
    deletedWith: goal.deletedWith,
    created: old?.created,
    modified: old?.modified,
    ignoreChanges: goal.ignoreChanges,
    replaceOnChanges: goal.replaceOnChanges,
    hooks: goal.hooks,
  };
}

/** Every URN that must exist before the resource does, its provider's included. */
export function dependenciesOf(state: ResourceState): ReadonlySet<string> {
  const urns = new Set<string>([
    ...state.dependencies,
    ...Object.values(state.propertyDependencies).flat(),
  ]);
  if (state.parent !== "") {
    urns.add(state.parent);
  }
  if (state.deletedWith !== "") {
    urns.add(state.deletedWith);
  }
  if (state.provider !== "") {
    urns.add(parseProviderReference(state.provider).urn);
  }
  return urns;
}

/** True for the providers that the engine made by itself: people never asked for them, so nobody is told of them. */
export function isDefaultProvider(urn: string): boolean {
  return typeOf(urn).startsWith("pulumi:providers:") && /::default(_\d.*)?$/.test(urn);
}
