import type { ResourceState } from "../values/resource-state.ts";

/** What was being done when the state was written. */
export type PendingType = "creating" | "updating" | "deleting" | "reading";

export interface PendingOperation {
  readonly resource: ResourceState;
  readonly type: PendingType;
}

/** Everything a state file says of a stack. */
export interface Snapshot {
  readonly resources: readonly ResourceState[];
  readonly pending: readonly PendingOperation[];
}

export const emptySnapshot: Snapshot = { resources: [], pending: [] };
