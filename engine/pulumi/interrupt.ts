import { setTimeout as sleep } from "node:timers/promises";

/** How long a terminal's own ^C may take to be reported by the CLI, milliseconds. */
const terminalMilliseconds = 400;

/**
 * Passes an abort on to the CLI as one SIGINT, on which it ends what runs, begins nothing more and releases its lock.
 * A second one would have it drop everything, and ^C in a terminal reaches the CLI by itself: where it has reported
 * that, nothing is sent.
 */
export class Interrupt {
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal | undefined;
  #reported = false;

  constructor(outer: AbortSignal | undefined) {
    this.#outer = outer;
    const { signal } = this.#controller;
    const listen = signal.addEventListener.bind(signal);
    // The Automation API listens only when the CLI has started: an abort before that must not be missed.
    signal.addEventListener = (...given: Parameters<typeof listen>): void => {
      listen(...given);
      if (signal.aborted) signal.dispatchEvent(new Event("abort"));
    };
    outer?.addEventListener("abort", this.#onAbort, { once: true });
  }

  /** For the Automation API. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** What the CLI says on its own behalf; here it tells when it was interrupted. */
  hear(message: string): void {
    this.#reported ||= message.includes("received; cancelling");
  }

  close(): void {
    this.#outer?.removeEventListener("abort", this.#onAbort);
  }

  readonly #onAbort = (): void => {
    void sleep(terminalMilliseconds).then(() => {
      if (!this.#reported) this.#controller.abort();
    });
  };
}
