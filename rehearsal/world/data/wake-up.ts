/** Lets one wait until another one calls, or for a time at most. */
export class WakeUp {
  #called = false;
  #wake: () => void = () => undefined;

  /** Ends the wait of now, or the next one at once. */
  call(): void {
    this.#called = true;
    this.#wake();
  }

  async wait(mostMilliseconds: number): Promise<void> {
    if (!this.#called) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, mostMilliseconds);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#wake = () => undefined;
    this.#called = false;
  }
}
