/** What an API of AWS answers instead of doing as it was asked. */
export class AwsRefusal extends Error {
  override readonly name: string = "AwsRefusal";
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

/** The answer to a caller whose key nobody knows. */
export const unknownCaller = (doing = ""): AwsRefusal =>
  new AwsRefusal(
    403,
    "InvalidClientTokenId",
    `${doing}The security token included in the request is invalid.`,
  );
