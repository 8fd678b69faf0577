import type { RehearsalRequest, Rehearsals } from "../../cli/rehearsals.ts";
import type { RehearsalRecord } from "../../rehearsal/rehearsal-record.ts";
import { completedRecord } from "./example-record.ts";

/** Rehearsals that start nothing, and keep what they were asked for. */
export interface RecordingRehearsals extends Rehearsals {
  readonly requests: readonly RehearsalRequest[];
  readonly reports: readonly string[];
}

/** Rehearsals that end as the record says, or as `rehearse` does. */
export const recordingRehearsals = (
  record: RehearsalRecord = completedRecord,
  rehearse: Rehearsals["rehearse"] = () => Promise.resolve(record),
): RecordingRehearsals => {
  const requests: RehearsalRequest[] = [];
  const reports: string[] = [];
  return {
    requests,
    reports,
    rehearse: (request) => {
      requests.push(request);
      return rehearse(request);
    },
    writeReport: (file) => {
      reports.push(file);
      return Promise.resolve();
    },
  };
};
