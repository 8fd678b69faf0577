/**
 * What goes wrong with one create or update: the server refuses it, it is applied but the answer is lost,
 * it is confirmed but not applied, or it takes longer (wall milliseconds).
 */
export type Interruption =
  "fail-before" | "fail-after" | "no-op" | { readonly delayMilliseconds: number };

/** The calls an interruption is meant for: a type token and, if given, the Pulumi or the cloud name. */
export interface InterruptionTarget {
  readonly type: string;
  readonly name?: string;
}

/** The faults that wait for a provider's next calls; the world sets them, the provider server takes them. */
export class Interruptions {
  #pending: { readonly target: InterruptionTarget; readonly interruption: Interruption }[] = [];

  /** Interrupts the next create or update that fits; several queue up, one call takes one of them. */
  next(target: InterruptionTarget, interruption: Interruption): void {
    this.#pending.push({ target, interruption });
  }

  /** Hands out, once, the first interruption that fits a call. */
  take(type: string, names: readonly string[]): Interruption | undefined {
    const found = this.#pending.find(
      ({ target }) =>
        target.type === type && (target.name === undefined || names.includes(target.name)),
    );
    this.#pending = this.#pending.filter((entry) => entry !== found);
    return found?.interruption;
  }

  /** Forgets what no call has met yet. */
  clear(): void {
    this.#pending = [];
  }
}
