import type { MonitorDefinition } from "../../world/monitoring/monitor-definition.ts";
import type { Properties } from "../property-values.ts";
import { definedOnly } from "./datadog-account.ts";
import type { MonitorInputs } from "./monitor-inputs.ts";

/** Names of the API's options by the provider's names for them. */
const OPTIONS = {
  onMissingData: "on_missing_data",
  notifyNoData: "notify_no_data",
  noDataTimeframe: "no_data_timeframe",
  evaluationDelay: "evaluation_delay",
  requireFullWindow: "require_full_window",
  renotifyInterval: "renotify_interval",
  renotifyStatuses: "renotify_statuses",
  renotifyOccurrences: "renotify_occurrences",
  escalationMessage: "escalation_message",
  includeTags: "include_tags",
  notifyAudit: "notify_audit",
  notificationPresetName: "notification_preset_name",
  timeoutH: "timeout_h",
  newGroupDelay: "new_group_delay",
  newHostDelay: "new_host_delay",
} as const;

const THRESHOLDS = {
  critical: "critical",
  warning: "warning",
  criticalRecovery: "critical_recovery",
  warningRecovery: "warning_recovery",
} as const;

/** The monitor that the provider would send to the API. */
export const apiMonitor = (inputs: MonitorInputs): Properties => {
  const { monitorThresholds } = inputs;
  // The provider's default; the API's own depends on the query.
  const given: Properties = { requireFullWindow: true, ...definedOnly(inputs) };
  const options = Object.entries(OPTIONS).map(([name, option]) => [option, given[name]] as const);
  const thresholds =
    monitorThresholds &&
    Object.entries(THRESHOLDS).flatMap(([name, threshold]) => {
      const text = new Map(Object.entries(monitorThresholds)).get(name);
      return text === undefined ? [] : [[threshold, Number(text)] as const];
    });
  return definedOnly({
    name: inputs.name,
    type: inputs.type,
    query: inputs.query,
    message: inputs.message,
    tags: inputs.tags ?? [],
    priority: inputs.priority === undefined ? undefined : Number(inputs.priority),
    restricted_roles: inputs.restrictedRoles,
    draft_status: inputs.draftStatus,
    options: definedOnly({
      ...Object.fromEntries(options),
      thresholds: thresholds && Object.fromEntries(thresholds),
    }),
  });
};

/**
 * The inputs that a program would have to write for a monitor; what is only a default stays out, unless
 * the program wrote it (`oldInputs`).
 */
export const inputsOfMonitor = (
  definition: MonitorDefinition,
  oldInputs: Properties,
): Properties => {
  const { name, type, query, message, tags, priority, options, restricted_roles } = definition;
  const { thresholds } = options;
  const written = Object.entries(OPTIONS).map(
    ([input, option]) => [input, options[option]] as const,
  );
  const found = Object.fromEntries(written.filter(([, value]) => value !== null));
  if (found.requireFullWindow === true && !("requireFullWindow" in oldInputs)) {
    delete found.requireFullWindow;
  }
  const monitorThresholds =
    thresholds &&
    Object.fromEntries(
      Object.entries(THRESHOLDS).flatMap(([input, threshold]) => {
        const value = thresholds[threshold];
        return value === undefined ? [] : [[input, textOf(value, oldInputs, input)]];
      }),
    );
  return definedOnly({
    ...found,
    name,
    type,
    query,
    message,
    tags: tags.length > 0 || "tags" in oldInputs ? tags : undefined,
    priority: priority === undefined || priority === null ? undefined : String(priority),
    restrictedRoles: restricted_roles ?? undefined,
    monitorThresholds,
    validate: oldInputs.validate,
    forceDelete: oldInputs.forceDelete,
    draftStatus: definition.draft_status,
  });
};

/** "1.0" and "1" are the same threshold: the way in which the program wrote it is no difference. */
const textOf = (value: number, { monitorThresholds }: Properties, name: string): string => {
  const written: unknown =
    typeof monitorThresholds === "object" && monitorThresholds !== null
      ? new Map<string, unknown>(Object.entries(monitorThresholds)).get(name)
      : undefined;
  return typeof written === "string" && Number(written) === value ? written : String(value);
};
