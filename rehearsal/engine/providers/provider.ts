import type { PropertyMap } from "../values/property-values.ts";

/** Why a provider does not take an input. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/** What a provider says of the difference between old and new. */
export interface ProviderDiff {
  readonly changes: "none" | "some" | "unknown";
  readonly replaceKeys: readonly string[];
  readonly changedKeys: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

export interface CheckRequest {
  readonly urn: string;
  readonly olds: PropertyMap;
  readonly news: PropertyMap;
  readonly randomSeed: Uint8Array;
}

export interface DiffRequest {
  readonly urn: string;
  readonly id: string;
  readonly oldInputs: PropertyMap;
  readonly oldOutputs: PropertyMap;
  readonly newInputs: PropertyMap;
  readonly ignoreChanges: readonly string[];
}

export interface CreateRequest {
  readonly urn: string;
  readonly inputs: PropertyMap;
  readonly timeoutSeconds: number;
  readonly preview: boolean;
}

export interface UpdateRequest extends CreateRequest {
  readonly id: string;
  readonly oldInputs: PropertyMap;
  readonly oldOutputs: PropertyMap;
  readonly ignoreChanges: readonly string[];
}

export interface ReadRequest {
  readonly urn: string;
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
  readonly timeoutSeconds: number;
}

export interface ReadResult {
  /** Empty where there is no such resource. */
  readonly id: string;
  readonly outputs: PropertyMap;
  readonly inputs: PropertyMap | undefined;
}

export interface DeleteRequest {
  readonly urn: string;
  readonly id: string;
  readonly oldInputs: PropertyMap;
  readonly oldOutputs: PropertyMap;
  readonly timeoutSeconds: number;
}

export interface InvokeResult {
  readonly properties: PropertyMap;
  readonly failures: readonly CheckFailure[];
}

/** What the engine asks of a configured provider, be it attached, built in, or the registry of providers itself. */
export interface Provider {
  check(
    request: CheckRequest,
  ): Promise<{ readonly inputs: PropertyMap; readonly failures: readonly CheckFailure[] }>;
  diff(request: DiffRequest): Promise<ProviderDiff>;
  create(request: CreateRequest): Promise<{ readonly id: string; readonly outputs: PropertyMap }>;
  update(request: UpdateRequest): Promise<{ readonly outputs: PropertyMap }>;
  delete(request: DeleteRequest): Promise<void>;
  read(request: ReadRequest): Promise<ReadResult>;
  invoke(token: string, properties: PropertyMap, preview: boolean): Promise<InvokeResult>;
}

/** The resource exists but did not become healthy: it is kept in the state, and the operation failed. */
export class InitializationFailed extends Error {
  override readonly name = "InitializationFailed";
  readonly id: string;
  readonly outputs: PropertyMap;
  readonly inputs: PropertyMap | undefined;
  readonly reasons: readonly string[];
  constructor(
    id: string,
    outputs: PropertyMap,
    inputs: PropertyMap | undefined,
    reasons: readonly string[],
  ) {
    super(reasons.join("; "));
    this.id = id;
    this.outputs = outputs;
    this.inputs = inputs;
    this.reasons = reasons;
  }
}

/** Nothing differs. */
export const noDiff: ProviderDiff = {
  changes: "none",
  replaceKeys: [],
  changedKeys: [],
  deleteBeforeReplace: false,
};
