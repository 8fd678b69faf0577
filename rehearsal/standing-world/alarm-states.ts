import { z } from "zod";
import { datadogApi } from "../../policies/facts/datadog-api.ts";
import type { LiveReading } from "./live-reading.ts";

const monitors = z.array(z.object({ overall_state: z.string(), tags: z.array(z.string()) }));

/** Wall milliseconds that the world may take to answer. */
const patience = 2_000;

/**
 * Reads where each alarm stands, as the gates do: from the monitoring's own API.
 * @param world address of the world.
 */
export const alarmStates = async (world: string): Promise<() => Promise<LiveReading["alarms"]>> => {
  const keys = { apiKey: "rehearsal", appKey: "rehearsal" };
  const ask = await datadogApi({ url: `${world}/datadog`, ...keys });
  return async () => {
    const answer = await ask("/api/v1/monitor", {}, AbortSignal.timeout(patience));
    return monitors.parse(answer).flatMap(({ overall_state: state, tags }) => {
      const threshold = tags.find((tag) => tag.startsWith("threshold:"))?.split(":")[1];
      return threshold === undefined ? [] : [{ threshold, state }];
    });
  };
};
