import { writeFile } from "node:fs/promises";
import type { RehearsalRecord } from "../rehearsal/rehearsal-record.ts";
import type { RehearseOptions } from "../rehearsal/rehearse.ts";

/** What the command line asks for; how it is done is the rehearsal's. */
export type RehearsalRequest = Omit<RehearseOptions, "engine"> & {
  readonly engine: EngineName;
};

/** The engines that a rehearsal can run on. */
export const engineNames = ["embedded"] as const;
export type EngineName = (typeof engineNames)[number];

/** Runs rehearsals and writes their reports. */
export interface Rehearsals {
  readonly rehearse: (request: RehearsalRequest) => Promise<RehearsalRecord>;
  readonly writeReport: (file: string, record: RehearsalRecord) => Promise<void>;
}

/** The real ones, loaded when they are needed: help and mistakes answer at once. */
export const realRehearsals: Rehearsals = {
  rehearse: async (request) => {
    const { rehearse } = await import("../rehearsal/rehearse.ts");
    const { EmbeddedEngine } = await import("../rehearsal/engine/embedded-engine.ts");
    return rehearse({ ...request, engine: new EmbeddedEngine() });
  },
  writeReport: async (file, record) => {
    const { htmlReport } = await import("../rehearsal/report/html-report.ts");
    await writeFile(file, htmlReport(record));
  },
};
