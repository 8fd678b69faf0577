import * as z from "zod";
import { DatadogRefusal } from "../../world/monitoring/datadog-refusal.ts";
import { checkSchema, type InputFailure } from "../check-schema.ts";
import { UNKNOWN, type Properties } from "../property-values.ts";
import type { DatadogAccount } from "./datadog-account.ts";

/** A provider's configuration travels as text: booleans too. */
const config = z.strictObject({
  apiKey: z.string().min(1),
  appKey: z.string().min(1),
  apiUrl: z.url({ protocol: /^https?$/ }).optional(),
  validate: z.enum(["true", "false"]).optional(),
  httpClientRetryEnabled: z.enum(["true", "false"]).optional(),
  httpClientRetryTimeout: z.string().optional(),
  httpClientRetryMaxRetries: z.string().optional(),
  httpClientRetryBackoffBase: z.string().optional(),
  httpClientRetryBackoffMultiplier: z.string().optional(),
  httpClientRetryJitter: z.string().optional(),
  version: z.string().optional(),
  pluginDownloadURL: z.string().optional(),
});

/** What is wrong with the configuration of `datadog.Provider`, as far as it can be told without Datadog. */
export const checkDatadogConfig = (given: Properties): readonly InputFailure[] =>
  checkSchema(config, given);

/**
 * Datadog as a provider with this configuration may use it.
 * @throws DatadogRefusal 403 with the wrong keys, unless `validate` is "false".
 */
export const configureDatadog = (given: Properties, account: DatadogAccount): DatadogAccount => {
  const { apiKey, applicationKey } = account.datadog;
  const fits = (key: unknown, right: string): boolean => key === right || key === UNKNOWN;
  const authorized = fits(given.apiKey, apiKey) && fits(given.appKey, applicationKey);
  if (!authorized && given.validate !== "false") {
    throw new DatadogRefusal(
      403,
      "Invalid or missing credentials provided to the Datadog Provider. Please confirm your API " +
        "and APP keys are valid and are for the correct region",
    );
  }
  return { ...account, authorized };
};
