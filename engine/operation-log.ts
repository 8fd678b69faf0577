import type {
  Diagnostic,
  EngineEvent,
  OperationKind,
  OperationResult,
  Step,
  Violation,
} from "./engine.ts";

/** Collects what an operation did and said, and tells whoever listens as it happens. */
export class OperationLog {
  readonly #steps: Step[] = [];
  readonly #violations: Violation[] = [];
  readonly #diagnostics: Diagnostic[] = [];
  readonly #onEvent: ((event: EngineEvent) => void) | undefined;
  readonly #began = performance.now();
  #failed = false;

  constructor(onEvent: ((event: EngineEvent) => void) | undefined) {
    this.#onEvent = onEvent;
  }

  /** True once anything went wrong that makes the operation a failure. */
  get failed(): boolean {
    return this.#failed;
  }

  /** Makes the operation a failure without a message of its own. */
  fail(): void {
    this.#failed = true;
  }

  stepStarted(operation: OperationKind, urn: string): void {
    this.#onEvent?.({ kind: "step-started", operation, urn });
  }

  step(step: Step): void {
    this.#steps.push(step);
    this.#failed ||= step.outcome === "failed";
    this.#onEvent?.({ kind: "step", step });
  }

  violation(violation: Violation): void {
    this.#violations.push(violation);
    this.#failed ||= violation.level === "mandatory";
    this.#onEvent?.({ kind: "violation", violation });
  }

  /** Records a message that changes nothing about the outcome. */
  say(severity: Diagnostic["severity"], message: string, urn?: string): void {
    const diagnostic: Diagnostic = { severity, message, urn: urn === "" ? undefined : urn };
    this.#diagnostics.push(diagnostic);
    this.#onEvent?.({ kind: "diagnostic", diagnostic });
  }

  /** Records an error, which makes the operation a failure. */
  error(message: string, urn?: string): void {
    this.#failed = true;
    this.say("error", message, urn);
  }

  result(outputs: Readonly<Record<string, unknown>>): OperationResult {
    const count = (operation: OperationKind): number =>
      this.#steps.filter((step) => step.operation === operation && step.outcome !== "failed")
        .length;
    return {
      succeeded: !this.#failed,
      steps: this.#steps,
      operations: {
        create: count("create"),
        update: count("update"),
        replace: count("replace"),
        delete: count("delete"),
        same: count("same"),
      },
      violations: this.#violations,
      diagnostics: this.#diagnostics,
      outputs,
      milliseconds: Math.round(performance.now() - this.#began),
    };
  }
}
