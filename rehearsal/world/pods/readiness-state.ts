/** Whether a container is ready, by the probes of the kubelet so far. */
export class ReadinessState {
  readonly #failureThreshold: number;
  #since: number | undefined;
  #failures = 0;
  #message: string | undefined;

  /** @param failureThreshold probes in a row that must fail before it counts as not ready. */
  constructor(failureThreshold: number) {
    this.#failureThreshold = failureThreshold;
  }

  get ready(): boolean {
    return this.#since !== undefined;
  }

  /** Cutover milliseconds at which it turned ready; undefined while it is not. */
  get since(): number | undefined {
    return this.#since;
  }

  /** What the last probe said against it. */
  get message(): string | undefined {
    return this.#message;
  }

  /** So many probes have failed in a row that the next one will hardly pass. */
  get hopeless(): boolean {
    return this.#failures >= this.#failureThreshold;
  }

  /**
   * Takes over what a probe found.
   * @param message why it failed; undefined when it passed.
   * @returns whether anything changed that others look at.
   */
  probed(message: string | undefined, cutoverMilliseconds: number): boolean {
    const before = [this.ready, this.hopeless];
    this.#message = message;
    this.#failures = message === undefined ? 0 : this.#failures + 1;
    if (message === undefined) this.#since ??= cutoverMilliseconds;
    else if (this.hopeless) this.#since = undefined;
    return before[0] !== this.ready || before[1] !== this.hopeless;
  }

  /** The container is gone, or shall get no more requests. */
  reset(): void {
    this.#since = undefined;
    this.#failures = 0;
    this.#message = undefined;
  }
}
