/** What Datadog answers when it does not do what it was asked: a status and its reasons. */
export class DatadogRefusal extends Error {
  override readonly name = "DatadogRefusal";
  /** HTTP status. */
  readonly status: number;
  readonly errors: readonly string[];

  constructor(status: number, ...errors: readonly string[]) {
    super(errors.join("; "));
    this.status = status;
    this.errors = errors;
  }
}
