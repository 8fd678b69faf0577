import type { RehearsalRequest, Rehearsals } from "../../cli/rehearsals.ts";
import type { StandingWorld } from "../../rehearsal/standing-world/keep-world.ts";
import type { RehearsalRecord } from "../../rehearsal/rehearsal-record.ts";
import { completedRecord } from "./example-record.ts";

/** Rehearsals that start nothing, and keep what they were asked for. */
export interface RecordingRehearsals extends Rehearsals {
  readonly requests: readonly RehearsalRequest[];
  readonly reports: readonly string[];
  /** Speed of each world by its system. */
  readonly worlds: readonly (readonly [system: string, speed: number])[];
}

/** What a world that is ready says, as far as any is. */
export const exampleWorld: StandingWorld = {
  env: { PULUMI_STACK: "rehearsal" },
  directory: "/somewhere",
  stack: "rehearsal",
  policyPack: "/policies",
  page: "http://127.0.0.1:1/",
  commands: [". /somewhere/environment.sh && cd /somewhere", "pulumi up   # baseline"],
};

/** Rehearsals that end as the record says, or as `rehearse` does. */
export const recordingRehearsals = (
  record: RehearsalRecord = completedRecord,
  rehearse: Rehearsals["rehearse"] = () => Promise.resolve(record),
): RecordingRehearsals => {
  const requests: RehearsalRequest[] = [];
  const reports: string[] = [];
  const worlds: [string, number][] = [];
  return {
    requests,
    reports,
    worlds,
    keepWorld: ({ system, speed, onReady }) => {
      worlds.push([system, speed]);
      onReady(exampleWorld);
      return Promise.resolve();
    },
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
