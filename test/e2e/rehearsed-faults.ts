/** Faults that are rehearsed at baseline: there the night ends early. `stands`: whether baseline is reached. */
export const rehearsedAtBaseline = [
  { fault: "green-never-healthy", stands: false },
  { fault: "migration-failed", stands: false },
  { fault: "metrics-silent", stands: true },
  { fault: "weights-edited", stands: true },
  { fault: "maintenance-left-on", stands: true },
  { fault: "platform-down", stands: true },
  { fault: "backup-stale", stands: false },
] as const;

/** Faults of the schema, rehearsed at baseline, and the gate that holds green's first traffic then. */
export const rehearsedOnSchema = [
  { fault: "schema-behind", gate: "schema-at-head" },
  { fault: "migration-breaks-blue", gate: "safe-side" },
] as const;

/** Faults that are rehearsed at canary. */
export const rehearsedAtCanary = [
  { fault: "error-spike", outcome: "rolled-back" },
  { fault: "green-crash-loop", outcome: "rolled-back" },
  { fault: "blue-degraded", outcome: "refused" },
] as const;

/** Faults whose nights are longer, like another's, or another system's: only their declaration is checked. */
export const onlyDeclared = [
  "slow-green",
  "cpu-saturation",
  "memory-growth",
  "database-lost",
  "provider-error",
  "gateway-stuck",
  "metrics-nan",
  "killed-update",
  "checkpoint-unanswered",
  "checkpoint-answered-no",
  "answer-forged",
  "operator-skips-stage",
  "operator-turns-back",
  "alarm-firing",
  "route-taken",
  "checklist-open",
  "silent-no-op",
  "api-throttled",
  "checkout-failures",
  "payment-error",
  "data-mismatch",
  "final-sync-slow",
  "final-sync-mismatch",
  "sync-stalled",
  "sync-misses-changes",
  "targets-unhealthy",
  "clients-stick",
  "ttl-put-back",
  "alarm-silent",
  "channels-down",
  "figure-breached",
] as const;
