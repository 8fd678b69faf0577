import { writeFile } from "node:fs/promises";
import { engineNamed, type EngineName } from "../rehearsal/engine-named.ts";
import type { RehearsalRecord } from "../rehearsal/rehearsal-record.ts";
import type { RehearseOptions } from "../rehearsal/rehearse.ts";

/** What the command line asks for; how it is done is the rehearsal's. */
export type RehearsalRequest = Omit<RehearseOptions, "engine"> & {
  readonly engine: EngineName;
};

/** Runs rehearsals and writes their reports. */
export interface Rehearsals {
  readonly rehearse: (request: RehearsalRequest) => Promise<RehearsalRecord>;
  readonly writeReport: (file: string, record: RehearsalRecord) => Promise<void>;
}

/** The real ones, loaded when they are needed: help and mistakes answer at once. */
export const realRehearsals: Rehearsals = {
  rehearse: async (request) => {
    const { rehearse } = await import("../rehearsal/rehearse.ts");
    return rehearse({ ...request, engine: await engineNamed(request.engine) });
  },
  writeReport: async (file, record) => {
    const { htmlReport } = await import("../rehearsal/report/html-report.ts");
    await writeFile(file, htmlReport(record));
  },
};
