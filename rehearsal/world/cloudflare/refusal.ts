/** What Cloudflare's API answers instead of doing as it was asked. */
export class CloudflareRefusal extends Error {
  override readonly name = "CloudflareRefusal";
  /** Of HTTP. */
  readonly status: number;
  /** The API's own number for the error, such as 1002. */
  readonly code: number;
  /** When it may be asked again, where it says so. */
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, code: number, message: string, retryAfterSeconds?: number) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** An object that the API does not take as it is. */
export const invalid = (message: string): CloudflareRefusal =>
  new CloudflareRefusal(400, 1002, `${message}: validation failed`);
