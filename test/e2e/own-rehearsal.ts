import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { EmbeddedEngine } from "../../rehearsal/engine/embedded-engine.ts";
import type { RehearsalRecord } from "../../rehearsal/rehearsal-record.ts";
import { rehearse } from "../../rehearsal/rehearse.ts";

/** Far beyond what a rehearsal takes on a busy machine, milliseconds. */
export const rehearsalTimeout = 900_000;

/**
 * A rehearsal of the Leave Management System whose temporary files have a folder of their own, so that
 * what it leaves behind is seen; then checks what holds for every rehearsal, however it ends.
 */
export const ownRehearsal = async ({
  faults,
  speed,
}: {
  readonly faults: readonly string[];
  readonly speed: number;
}): Promise<RehearsalRecord> => {
  const before = process.env["TMPDIR"];
  const folder = await mkdtemp(join(tmpdir(), "own-rehearsal-"));
  process.env["TMPDIR"] = folder;
  try {
    const record = await rehearse({
      system: "lms",
      faults,
      engine: new EmbeddedEngine(),
      speed,
      seed: 1,
      onProgress: () => undefined,
      signal: new AbortController().signal,
    });
    expect(await readdir(folder)).toEqual([]);
    expect(await processesWith(folder)).toEqual([]);
    expectSound(record);
    return record;
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
    await rm(folder, { recursive: true, force: true });
  }
};

const expectSound = ({ requests, expectation, rollback, stages }: RehearsalRecord): void => {
  expect(expectation).toMatchObject({ met: true, differences: [] });
  const { sent, ok, failed, lost, maintenance } = requests;
  expect(lost).toBe(0);
  expect(ok + failed + maintenance).toBe(sent);
  for (const { stage, changed } of stages.slice(1)) {
    expect(changed.map((urn) => urn.split("::").at(-1)).sort(), stage).toEqual([
      "lms-cutover",
      "lms-split-route",
    ]);
  }
  if (rollback === null) return;
  expect(Object.values(rollback.parts).every((part) => part >= 0)).toBe(true);
  expect(Object.values(rollback.parts).reduce((sum, part) => sum + part, 0)).toBeCloseTo(
    rollback.restoredMilliseconds,
    6,
  );
  expect(rollback.budgetMilliseconds).toBe(60_000);
};

/** Processes that inherited a folder in their environment; none where the system does not show that. */
const processesWith = async (folder: string): Promise<readonly string[]> => {
  const names = await readdir("/proc").catch(() => []);
  const found = await Promise.all(
    names
      .filter((name) => /^\d+$/.test(name))
      .map(async (name) => {
        const environment = await readFile(`/proc/${name}/environ`, "utf8").catch(() => "");
        return environment.includes(folder) ? [name] : [];
      }),
  );
  return found.flat();
};
