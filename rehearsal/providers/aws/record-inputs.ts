import * as z from "zod";
import { recordTypes } from "../../world/dns/record-set.ts";

/** Inputs of `aws.route53.Record` that simple, weighted and alias records have; other inputs are refused. */
export const recordInputs = z
  .strictObject({
    zoneId: z.string().min(1),
    name: z.string().min(1),
    type: z.enum(recordTypes),
    ttl: z.int().optional(),
    records: z.array(z.string()).optional(),
    setIdentifier: z.string().min(1).max(128).optional(),
    weightedRoutingPolicies: z
      .array(z.strictObject({ weight: z.int() }))
      .max(1)
      .optional(),
    healthCheckId: z.string().max(64).optional(),
    aliases: z
      .array(
        z.strictObject({
          name: z.string().min(1).max(1024),
          zoneId: z.string().min(1).max(32),
          evaluateTargetHealth: z.boolean(),
        }),
      )
      .max(1)
      .optional(),
    allowOverwrite: z.boolean().optional(),
  })
  .superRefine(({ aliases, records, ttl, setIdentifier, weightedRoutingPolicies }, context) => {
    const wrong = (path: string, message: string): void => {
      context.addIssue({ code: "custom", path: [path], message });
    };
    if (aliases !== undefined && records !== undefined) {
      wrong("aliases", "only one of `aliases,records` can be specified");
    }
    if (aliases === undefined && records === undefined) {
      wrong("records", "one of `aliases,records` must be specified");
    }
    if (aliases !== undefined && ttl !== undefined) wrong("aliases", "conflicts with ttl");
    if (aliases === undefined && (records === undefined) !== (ttl === undefined)) {
      wrong("ttl", "all of `records,ttl` must be specified");
    }
    if (weightedRoutingPolicies !== undefined && setIdentifier === undefined) {
      const both = "all of `setIdentifier,weightedRoutingPolicies` must be specified";
      wrong("weightedRoutingPolicies", both);
    }
  });

/** Checked inputs of a record. */
export type RecordInputs = z.infer<typeof recordInputs>;
