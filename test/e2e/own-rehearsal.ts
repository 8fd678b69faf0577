import { randomUUID } from "node:crypto";
import { access } from "node:fs/promises";
import { expect } from "vitest";
import type { OperationOptions, OperationResult, Workspace } from "../../engine/engine.ts";
import { EmbeddedEngine } from "../../rehearsal/engine/embedded-engine.ts";
import type { RehearsalRecord } from "../../rehearsal/rehearsal-record.ts";
import { rehearse } from "../../rehearsal/rehearse.ts";
import { processesWith } from "./processes.ts";

/** Far beyond what a rehearsal takes on a busy machine, milliseconds. */
export const rehearsalTimeout = 900_000;

/** Every process of a rehearsal inherits it, and a value of its own. */
const mark = "CUTOVER_REHEARSAL_MARK";

/** Remembers the folders that it worked in. */
class WitnessEngine extends EmbeddedEngine {
  readonly folders = new Set<string>();

  override up(workspace: Workspace, options?: OperationOptions): Promise<OperationResult> {
    this.folders.add(workspace.directory);
    return super.up(workspace, options);
  }
}

/** A system that is rehearsed, and which resources a stage of it touches, by name and in order. */
export interface RehearsedSystem {
  readonly name: string;
  readonly touches: (stage: string) => readonly string[];
}

const lms: RehearsedSystem = { name: "lms", touches: () => ["lms-cutover", "lms-split-route"] };

/**
 * A rehearsal, of the Leave Management System unless another is named; then checks what holds for every rehearsal,
 * however it ends: it leaves nothing behind, every request is accounted for, and a stage change touches what it must.
 */
export const ownRehearsal = async ({
  system = lms,
  faults,
  speed,
}: {
  readonly system?: RehearsedSystem;
  readonly faults: readonly string[];
  readonly speed: number;
}): Promise<RehearsalRecord> => {
  const value = randomUUID();
  const engine = new WitnessEngine();
  process.env[mark] = value;
  try {
    const record = await rehearse({
      system: system.name,
      faults,
      engine,
      speed,
      seed: 1,
      onProgress: () => undefined,
      signal: new AbortController().signal,
    });
    expect(engine.folders.size).toBe(1);
    for (const folder of engine.folders) await expect(access(folder)).rejects.toThrow("ENOENT");
    expect(await processesWith(value)).toEqual([]);
    expectSound(record, system);
    return record;
  } finally {
    Reflect.deleteProperty(process.env, mark);
  }
};

const expectSound = (record: RehearsalRecord, { touches }: RehearsedSystem): void => {
  const { requests, expectation, rollback, stages } = record;
  expect(expectation, whatHappened(record)).toMatchObject({ met: true, differences: [] });
  const { sent, ok, failed, lost, maintenance } = requests;
  expect(lost).toBe(0);
  expect(ok + failed + maintenance).toBe(sent);
  for (const { stage, changed } of stages.slice(1)) {
    const names = changed.map((urn) => urn.split("::").at(-1)).sort();
    expect(names, stage).toEqual(touches(stage));
  }
  if (rollback === null) return;
  const parts: readonly number[] = Object.values(rollback.parts);
  for (const part of parts) expect(part).toBeGreaterThanOrEqual(0);
  const whole = parts.reduce((sum, part) => sum + part, 0);
  expect(whole).toBeCloseTo(rollback.restoredMilliseconds, 6);
};

/** What tells why a night ended as it did. */
const whatHappened = ({ timeline, violations, stages, requests }: RehearsalRecord): string =>
  [
    ...timeline.map(({ at, kind, title }) => `${new Date(at).toISOString()} ${kind}: ${title}`),
    ...violations.map(({ policy, message }) => `${policy}: ${message}`),
    ...stages.map(({ stage, observed }) => `${stage}: ${JSON.stringify(observed)}`),
    JSON.stringify(requests),
  ].join("\n");
