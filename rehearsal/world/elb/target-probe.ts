import { request } from "undici";
import type { TargetHealthCheck } from "./model.ts";

/** What one look at a target came to. */
export interface ProbeOutcome {
  /** Reason code of the API; undefined when it is well. */
  readonly failure: string | undefined;
}

/** Looks at a target once, by a real request. Its timeout is wall time: the work is real. */
export const probeTarget = async (
  origin: string,
  { path, matcher, timeoutSeconds }: TargetHealthCheck,
): Promise<ProbeOutcome> => {
  const signal = AbortSignal.timeout(timeoutSeconds * 1_000);
  try {
    const { statusCode, body } = await request(`${origin}${path}`, {
      headers: { "user-agent": "ELB-HealthChecker/2.0" },
      signal,
    });
    await body.dump();
    return { failure: String(statusCode) === matcher ? undefined : "Target.ResponseCodeMismatch" };
  } catch {
    return { failure: signal.aborted ? "Target.Timeout" : "Target.FailedHealthChecks" };
  }
};
