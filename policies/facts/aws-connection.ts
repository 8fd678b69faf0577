import { NoAnswer, NotThere } from "./bounded.ts";

/** Which service of AWS is asked, and whether with the usual credentials or with those of a rehearsal's world. */
export interface AwsConnection {
  readonly by: "credentials" | "world";
  /** Given, so that no variable and no profile of AWS puts another in its place; `{region}` stands for the region. */
  readonly endpoint: string;
  readonly timeoutMilliseconds?: number;
}

/** What a client of the SDK is told. */
export const clientConfig = (
  { by, endpoint }: AwsConnection,
  region: string,
): {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
} => ({
  region,
  endpoint: endpoint.replace("{region}", region),
  ...(by === "world" && {
    credentials: { accessKeyId: "rehearsal", secretAccessKey: "rehearsal" },
  }),
});

/**
 * What an API refuses for good is said in its own words; anything else may come right.
 * @param missing codes by which it says that what is asked for does not exist.
 */
export const plainAwsError = (
  service: string,
  missing: readonly string[],
  error: unknown,
): unknown => {
  if (!(error instanceof Error)) return error;
  if (missing.includes(error.name)) return new NotThere(error.message);
  return denied.test(error.name)
    ? new NoAnswer(`${service} cannot be read: ${error.name}: ${error.message}`)
    : error;
};

/** In the words of the older protocols and of the newer ones. */
const denied =
  /^(AccessDenied|ExpiredToken|InvalidClientTokenId|InvalidSignature|SignatureDoesNotMatch|UnrecognizedClient|CredentialsProviderError)/;
