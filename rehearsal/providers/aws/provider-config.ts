import * as z from "zod";
import { unknownCaller } from "../../world/aws/refusal.ts";
import { checkSchema, type InputFailure } from "../check-schema.ts";
import { UNKNOWN, type Properties } from "../property-values.ts";
import type { AwsAccount } from "./aws-account.ts";

/** A provider's configuration travels as text: lists and booleans too. */
const config = z.strictObject({
  region: z.string().min(1),
  accessKey: z.string().min(1),
  secretKey: z.string().min(1),
  endpoints: z.string().optional(),
  skipCredentialsValidation: z.enum(["true", "false"]).optional(),
  skipMetadataApiCheck: z.enum(["true", "false"]).optional(),
  skipRegionValidation: z.enum(["true", "false"]).optional(),
  skipRequestingAccountId: z.enum(["true", "false"]).optional(),
  version: z.string().optional(),
  pluginDownloadURL: z.string().optional(),
});

/** What is wrong with the configuration of `aws.Provider`, as far as it can be told without AWS. */
export const checkAwsConfig = (given: Properties): readonly InputFailure[] =>
  checkSchema(config, given);

/**
 * AWS as a provider with this configuration may use it.
 * @throws AwsRefusal 403 with a wrong key, unless `skipCredentialsValidation` is "true".
 */
export const configureAws = (given: Properties, account: AwsAccount): AwsAccount => {
  const { accessKey } = given;
  const authorized = accessKey === account.accessKey || accessKey === UNKNOWN;
  if (!authorized && given.skipCredentialsValidation !== "true") {
    throw unknownCaller("validating provider credentials: ");
  }
  return { ...account, authorized };
};
