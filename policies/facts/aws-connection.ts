import { NoAnswer, NotThere } from "./bounded.ts";

/** Which AWS is asked: the account of the usual credentials, or a rehearsal's world at `endpoint`. */
export type AwsConnection =
  { readonly by: "credentials" } | { readonly by: "world"; readonly endpoint: string };

/** What a client of the SDK is told: nothing for the account of the usual credentials. */
export const clientConfig = (
  connection: AwsConnection,
): {
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
} =>
  connection.by === "credentials"
    ? {}
    : {
        endpoint: connection.endpoint,
        credentials: { accessKeyId: "rehearsal", secretAccessKey: "rehearsal" },
      };

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
  return denied.includes(error.name)
    ? new NoAnswer(`${service} cannot be read: ${error.name}: ${error.message}`)
    : error;
};

const denied = ["AccessDenied", "InvalidClientTokenId", "CredentialsProviderError"];
