import type { ResourceState } from "../values/resource-state.ts";
import { writeCheckpoint } from "./write-checkpoint.ts";
import { type PendingOperation, type PendingType, type Snapshot } from "./snapshot.ts";
import type { SecretsProvider } from "./secrets-provider.ts";
import { writeAtomically } from "./stack-files.ts";

/** Where a journal writes, or undefined for a preview, which leaves no trace. */
export interface JournalTarget {
  readonly file: string;
  readonly stack: string;
  readonly secrets: SecretsProvider;
}

/**
 * Keeps the state file true while an update runs: what is about to be done is on disk before it is done, what was
 * done is on disk before anyone is told. Changes that come while a write is under way share the next one.
 */
export class Journal {
  readonly #base: Snapshot;
  readonly #target: JournalTarget | undefined;
  readonly #news = new Set<ResourceState>();
  /** States that no longer stand: replaced by a newer one, or deleted. */
  readonly #done = new Set<ResourceState>();
  readonly #pending = new Set<PendingOperation>();
  #writing: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(base: Snapshot, target: JournalTarget | undefined) {
    this.#base = base;
    this.#target = target;
  }

  /** The state as it stands: what this update made, then what it has not touched yet. */
  snapshot(): Snapshot {
    const standing = (state: ResourceState): boolean => !this.#done.has(state);
    return {
      resources: normalized([...this.#news, ...this.#base.resources].filter(standing)),
      pending: [...this.#pending, ...this.#base.pending.filter(({ type }) => type === "creating")],
    };
  }

  /** Records that something is about to happen to the resource; resolves once that is on disk. */
  async begin(resource: ResourceState, type: PendingType): Promise<() => void> {
    const operation: PendingOperation = { resource, type };
    this.#pending.add(operation);
    await this.flush();
    return () => this.#pending.delete(operation);
  }

  /** A state that is part of the stack from now on. */
  add(state: ResourceState): void {
    this.#news.add(state);
  }

  /** A state that is no longer part of the stack. */
  drop(state: ResourceState): void {
    this.#done.add(state);
  }

  /** Resolves once everything recorded so far is on disk. */
  flush(): Promise<void> {
    const target = this.#target;
    if (target === undefined) {
      return Promise.resolve();
    }
    if (this.#writing === undefined) {
      this.#writing = this.#write(target).finally(() => (this.#writing = undefined));
      return this.#writing;
    }
    const running = this.#writing;
    this.#next ??= running
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        return this.flush();
      });
    return this.#next;
  }

  async #write(target: JournalTarget): Promise<void> {
    await writeAtomically(
      target.file,
      await writeCheckpoint(target.stack, this.snapshot(), target.secrets),
    );
  }
}

/** Names resources by their new URN where the rest of the state still knows them by an alias. */
function normalized(resources: readonly ResourceState[]): readonly ResourceState[] {
  const renamed = new Map(
    resources.flatMap(({ urn, aliases }) => aliases.map((alias) => [alias, urn] as const)),
  );
  if (renamed.size === 0) {
    return resources;
  }
  const current = (urn: string): string => renamed.get(urn) ?? urn;
  const provider = (reference: string): string => {
    const split = reference.lastIndexOf("::");
    return split < 0 ? reference : current(reference.slice(0, split)) + reference.slice(split);
  };
  return resources.map((state) => ({
    ...state,
    aliases: [],
    parent: current(state.parent),
    dependencies: state.dependencies.map(current),
    deletedWith: current(state.deletedWith),
    provider: provider(state.provider),
    propertyDependencies: Object.fromEntries(
      Object.entries(state.propertyDependencies).map(([key, urns]) => [key, urns.map(current)]),
    ),
  }));
}
