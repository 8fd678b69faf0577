import { DatadogRefusal } from "../../world/monitoring/datadog-refusal.ts";
import type { DatadogWorld } from "../../world/monitoring/datadog-world.ts";
import type { Properties } from "../property-values.ts";

/** What the stand-ins act on: Datadog in the world, as one provider configuration may use it. */
export interface DatadogAccount {
  readonly datadog: DatadogWorld;
  /** Whether the configured keys are right; they may be wrong where `validate` is "false". */
  readonly authorized: boolean;
}

/** After how long the real provider gives up on an API that is silent, milliseconds of wall time. */
const TIMEOUT_MILLISECONDS = 60_000;

/**
 * Datadog, if it answers. @throws DatadogRefusal 403 with wrong keys; 429, 503 or 504 during an outage.
 */
export const answeringDatadog = ({ datadog, authorized }: DatadogAccount): DatadogWorld => {
  switch (datadog.outage()) {
    case "error":
      throw new DatadogRefusal(503, "503 Service Unavailable");
    case "rate limited":
      throw new DatadogRefusal(429, "429 Too Many Requests");
    case "silent":
      throw new DatadogRefusal(504, "Datadog did not answer in time");
    case "none":
      if (!authorized) throw new DatadogRefusal(403, "403 Forbidden");
      return datadog;
  }
};

/** As `answeringDatadog`, but spends the time that the real provider waits for a silent API. */
export const awaitedDatadog = async (
  account: DatadogAccount,
  signal: AbortSignal,
): Promise<DatadogWorld> => {
  if (account.datadog.outage() === "silent") {
    const end = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MILLISECONDS)]);
    await new Promise<void>((resolve) => {
      if (end.aborted) resolve();
      else end.addEventListener("abort", () => resolve(), { once: true });
    });
  }
  return answeringDatadog(account);
};

/** Deletes; what is gone already is no failure, as in the real provider. */
export const removeIfThere = (remove: () => void): void => {
  try {
    remove();
  } catch (error) {
    if (!(error instanceof DatadogRefusal) || error.status !== 404) throw error;
  }
};

/** The same properties without those that are `undefined`, which Pulumi's protocol cannot carry. */
export const definedOnly = (properties: Properties): Properties =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
