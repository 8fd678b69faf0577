import * as z from "zod";
import { checkSchema, type InputFailure } from "../check-schema.ts";
import { UNKNOWN, type Properties } from "../property-values.ts";
import type { CloudflareAccount } from "./cloudflare-account.ts";

const credentials = ["apiKey", "apiToken", "apiUserServiceKey"] as const;

const config = z
  .strictObject({
    apiKey: z.string().optional(),
    apiToken: z
      .string()
      .regex(/[\w-]{40}/, "API tokens must be 40 characters long")
      .optional(),
    apiUserServiceKey: z.string().optional(),
    email: z.string().optional(),
    baseUrl: z.url({ protocol: /^https?$/ }).optional(),
    userAgentOperatorSuffix: z.string().optional(),
    version: z.string().optional(),
    pluginDownloadURL: z.string().optional(),
  })
  .refine((given) => credentials.filter((name) => given[name] !== undefined).length === 1, {
    message: `must provide exactly one of ${credentials.join(", ")}`,
  });

/** What is wrong with the configuration of `cloudflare.Provider`, as far as it can be told without the API. */
export const checkCloudflareConfig = (given: Properties): readonly InputFailure[] =>
  checkSchema(config, given);

/** Cloudflare as a provider with this configuration may use it: the API looks at tokens, and at nothing else. */
export const configureCloudflare = (
  { apiToken }: Properties,
  { cloudflare }: CloudflareAccount,
): CloudflareAccount => ({
  cloudflare,
  token:
    apiToken === UNKNOWN ? cloudflare.token : typeof apiToken === "string" ? apiToken : undefined,
});
