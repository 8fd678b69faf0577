/** Faults that are rehearsed at baseline: there the night ends early. `stands`: whether baseline is reached. */
export const rehearsedAtBaseline = [
  { fault: "green-never-healthy", stands: false },
  { fault: "migration-failed", stands: false },
  { fault: "operator-skips-stage", stands: true },
  { fault: "metrics-silent", stands: true },
  { fault: "alarm-firing", stands: true },
  { fault: "weights-edited", stands: true },
  { fault: "route-taken", stands: true },
  { fault: "backup-stale", stands: false },
  { fault: "checklist-open", stands: true },
] as const;

/** Faults that are rehearsed at canary. */
export const rehearsedAtCanary = [
  { fault: "error-spike", outcome: "rolled-back" },
  { fault: "green-crash-loop", outcome: "rolled-back" },
  { fault: "silent-no-op", outcome: "refused" },
  { fault: "blue-degraded", outcome: "refused" },
  { fault: "answer-forged", outcome: "refused" },
] as const;

/**
 * Faults whose nights are longer or like another's: their declaration is checked, and what they do to an
 * update is in the tests of interrupted updates.
 */
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
] as const;
