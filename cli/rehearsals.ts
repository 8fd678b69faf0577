import { writeFile } from "node:fs/promises";
import { engineNamed, type EngineName } from "../rehearsal/engine-named.ts";
import type { RehearsalRecord } from "../rehearsal/rehearsal-record.ts";
import type { RehearseOptions } from "../rehearsal/rehearse.ts";
import type { KeepWorldOptions } from "../rehearsal/standing-world/keep-world.ts";

/** What the command line asks for; how it is done is the rehearsal's. */
export type RehearsalRequest = Omit<RehearseOptions, "engine"> & {
  readonly engine: EngineName;
};

/** Runs rehearsals and writes their reports, and keeps the world of one. */
export interface Rehearsals {
  readonly rehearse: (request: RehearsalRequest) => Promise<RehearsalRecord>;
  readonly writeReport: (file: string, record: RehearsalRecord) => Promise<void>;
  readonly keepWorld: (options: KeepWorldOptions) => Promise<void>;
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
  keepWorld: async (options) => {
    const { keepWorld } = await import("../rehearsal/standing-world/keep-world.ts");
    await keepWorld(options);
  },
};
