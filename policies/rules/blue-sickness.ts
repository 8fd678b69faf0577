import type { SettledSystem } from "../../definition/system.ts";
import type { Readings } from "../facts/facts.ts";
import { thresholdFindings } from "./threshold-findings.ts";

/**
 * What is known to make blue no better than green, in words; nothing when no such thing is known. Asked
 * before an automatic rollback: unlike a step forward, it is never held up by what cannot be learned.
 */
export const blueSickness = (
  { thresholds, alarms }: Pick<SettledSystem, "thresholds" | "alarms">,
  { blueDeployment, blueValues, watchedRequests }: Readings,
): readonly string[] => {
  const gone =
    blueDeployment?.known === true && blueDeployment.value.ready === 0
      ? [`no replica of ${blueDeployment.value.name} is ready`]
      : [];
  const judged =
    watchedRequests?.known === true && watchedRequests.value.blue >= alarms.minimumRequests;
  if (!judged || blueValues?.known !== true) return gone;
  const measured = Object.entries(blueValues.value).filter(
    ([, reading]) => reading.known && Number.isFinite(reading.value),
  );
  const { problems } = thresholdFindings(
    "blue",
    thresholds.filter(({ breach }) => breach === "roll back"),
    Object.fromEntries(measured),
    { missing: "is fine" },
  );
  return [...gone, ...problems];
};
