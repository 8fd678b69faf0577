import * as z from "zod";
import { DatadogRefusal } from "../../world/monitoring/datadog-refusal.ts";
import { parseMonitor } from "../../world/monitoring/monitor-definition.ts";
import { apiMonitor } from "./monitor-translation.ts";

/** The provider takes thresholds as text. */
const numberText = z
  .string()
  .refine((text) => text.trim() !== "" && Number.isFinite(Number(text)), "must be a number");

/** Inputs of `datadog.Monitor` that metric alerts have; other inputs are refused. */
export const monitorInputs = z
  .strictObject({
    name: z.string(),
    type: z.string(),
    query: z.string(),
    message: z.string(),
    tags: z.array(z.string()).optional(),
    priority: z.enum(["1", "2", "3", "4", "5"]).optional(),
    monitorThresholds: z
      .strictObject({
        critical: numberText.optional(),
        warning: numberText.optional(),
        criticalRecovery: numberText.optional(),
        warningRecovery: numberText.optional(),
      })
      .optional(),
    onMissingData: z.string().optional(),
    notifyNoData: z.boolean().optional(),
    noDataTimeframe: z.number().optional(),
    evaluationDelay: z.number().optional(),
    requireFullWindow: z.boolean().optional(),
    renotifyInterval: z.number().optional(),
    renotifyStatuses: z.array(z.string()).optional(),
    renotifyOccurrences: z.number().optional(),
    escalationMessage: z.string().optional(),
    includeTags: z.boolean().optional(),
    notifyAudit: z.boolean().optional(),
    notificationPresetName: z.string().optional(),
    timeoutH: z.number().optional(),
    newGroupDelay: z.number().optional(),
    newHostDelay: z.number().optional(),
    restrictedRoles: z.array(z.string()).optional(),
    draftStatus: z.string().optional(),
    /** Both are the provider's own: they never reach the API. */
    validate: z.boolean().optional(),
    forceDelete: z.boolean().optional(),
  })
  .superRefine((inputs, context) => {
    try {
      parseMonitor(apiMonitor(inputs));
    } catch (error) {
      if (!(error instanceof DatadogRefusal)) throw error;
      for (const message of error.errors) context.addIssue({ code: "custom", message });
    }
  });

/** Checked inputs of a monitor. */
export type MonitorInputs = z.infer<typeof monitorInputs>;
