import type { Properties } from "./property-values.ts";

/**
 * The resource exists but did not become ready: the engine records it with its outputs, and the update
 * fails with `reasons`; the next update tries again.
 */
export class InitializationFailed extends Error {
  override readonly name = "InitializationFailed";
  readonly id: string;
  readonly outputs: Properties;
  readonly reasons: readonly string[];

  constructor(id: string, outputs: Properties, message: string, reasons: readonly string[]) {
    super(message);
    this.id = id;
    this.outputs = outputs;
    this.reasons = reasons;
  }
}
