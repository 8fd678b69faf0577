/** What Route 53 answers instead of doing as it was asked. */
export class Route53Refusal extends Error {
  override readonly name = "Route53Refusal";
  /** Of HTTP. */
  readonly status: number;
  /** The API's own word for the error, such as `InvalidChangeBatch`. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}
