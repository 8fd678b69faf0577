/**
 * What the commands ask of an engine. Two engines answer: the real CLI through the Automation API, and
 * the embedded one that rehearsals run on. Nothing above this interface knows which one it talks to.
 */

/** One stack of one project, and where both engines find its program, its config and its state. */
export interface Workspace {
  /** Folder with `Pulumi.yaml` and `Pulumi.<stack>.yaml`. */
  readonly directory: string;
  readonly stack: string;
  /** `file://…`, where either engine reads the other's state; other backends serve the real engine alone. */
  readonly backendUrl: string;
  /** Environment of the program, the policy pack and the providers, beside the process's own. */
  readonly environment: Readonly<Record<string, string>>;
}

export type OperationKind =
  "same" | "create" | "update" | "replace" | "delete" | "read" | "refresh" | "import" | "discard";

/** One resource's part in an update, as the engine planned or did it. */
export interface Step {
  readonly operation: OperationKind;
  readonly urn: string;
  readonly type: string;
  /** Top-level input keys that differ, empty for anything but an update or a replacement. */
  readonly changedKeys: readonly string[];
  readonly outcome: "planned" | "done" | "failed";
}

/** A policy that refused (mandatory) or warned (advisory). */
export interface Violation {
  readonly policy: string;
  readonly pack: string;
  readonly level: "advisory" | "mandatory";
  readonly urn: string;
  readonly message: string;
}

export interface Diagnostic {
  readonly severity: "debug" | "info" | "warning" | "error";
  readonly message: string;
  readonly urn: string | undefined;
}

export type EngineEvent =
  | { readonly kind: "step"; readonly step: Step }
  | { readonly kind: "step-started"; readonly operation: OperationKind; readonly urn: string }
  | { readonly kind: "violation"; readonly violation: Violation }
  | { readonly kind: "diagnostic"; readonly diagnostic: Diagnostic };

/** How many resources are in work at once unless said otherwise: alike on every machine and engine. */
export const defaultParallel = 16;

export interface OperationOptions {
  /** Folders of policy packs, each with a `PulumiPolicy.yaml`. */
  readonly policyPacks?: readonly string[];
  /** URNs that alone may change. */
  readonly targets?: readonly string[];
  /** How many resources may be in work at once; {@link defaultParallel} unless said. */
  readonly parallel?: number;
  /** Path of a saved plan that `up` must not go beyond. */
  readonly plan?: string;
  /** Path at which `preview` saves its plan. */
  readonly savePlan?: string;
  readonly onEvent?: (event: EngineEvent) => void;
  /** Aborts the operation as an interrupt would: the state stays valid and the lock is released. */
  readonly signal?: AbortSignal;
}

export interface OperationResult {
  readonly succeeded: boolean;
  /** Every step in the order in which it ended. */
  readonly steps: readonly Step[];
  readonly operations: {
    readonly create: number;
    readonly update: number;
    readonly replace: number;
    readonly delete: number;
    readonly same: number;
  };
  readonly violations: readonly Violation[];
  readonly diagnostics: readonly Diagnostic[];
  /** Stack outputs after the operation (secrets as `"[secret]"`). */
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly milliseconds: number;
}

/** A resource as the state holds it. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  /** URN of the parent; empty for the stack itself. */
  readonly parent: string;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
}

export interface Engine {
  readonly name: "embedded" | "pulumi";
  preview(workspace: Workspace, options?: OperationOptions): Promise<OperationResult>;
  up(workspace: Workspace, options?: OperationOptions): Promise<OperationResult>;
  refresh(workspace: Workspace, options?: OperationOptions): Promise<OperationResult>;
  destroy(workspace: Workspace, options?: OperationOptions): Promise<OperationResult>;
  outputs(workspace: Workspace): Promise<Readonly<Record<string, unknown>>>;
  /** Everything in the stack's state, in its order; nothing where there is no stack yet. */
  resources(workspace: Workspace): Promise<readonly StateResource[]>;
  /** Who holds the stack's lock, if anyone. Locks can be looked at where the backend is a folder; elsewhere undefined. */
  lockHolder(workspace: Workspace): Promise<LockHolder | undefined>;
  /** Removes the stack's lock, whoever holds it. Pending operations stay for the next update to settle. */
  cancel(workspace: Workspace): Promise<void>;
}

export interface LockHolder {
  readonly pid: number;
  readonly hostname: string;
  readonly username: string;
  /** ISO 8601, UTC. */
  readonly since: string;
  /** True when the holder ran on this host and its process is gone. */
  readonly dead: boolean;
}

/** The stack is held by another update. */
export class StackLocked extends Error {
  override readonly name = "StackLocked";
  readonly holder: LockHolder;
  constructor(holder: LockHolder) {
    super(
      `the stack is locked by process ${holder.pid} of ${holder.username} on ${holder.hostname} since ${holder.since}` +
        (holder.dead ? "; that process is gone" : ""),
    );
    this.holder = holder;
  }
}

/** Whether a gate refused the operation. */
export const isRefused = ({ violations }: Pick<OperationResult, "violations">): boolean =>
  violations.some(({ level }) => level === "mandatory");

/** The first error of an operation, on one line; where that line only announces the reason, with the reason. */
export const firstError = ({ diagnostics }: Pick<OperationResult, "diagnostics">): string => {
  const error = diagnostics.find(({ severity }) => severity === "error")?.message ?? "";
  const [first = "no reason given", second] = error
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return first.endsWith(":") && second !== undefined ? `${first} ${second}` : first;
};

/** The steps that change something, or would. */
export const changingSteps = ({ steps }: Pick<OperationResult, "steps">): readonly Step[] =>
  steps.filter(({ operation }) => operation !== "same" && operation !== "read");
