import { loadSystem } from "../definition/catalogue.ts";
import { definitionDigest } from "../definition/ledger.ts";
import { settle } from "../definition/tbd.ts";
import { limitOf } from "../definition/thresholds.ts";
import type { Engine } from "../engine/engine.ts";
import { expectation } from "./expectation.ts";
import { downtimeTaken } from "./downtime-taken.ts";
import { Journal } from "./journal.ts";
import { freezeTaken } from "./freeze-taken.ts";
import { firstPart } from "./load/carried-part.ts";
import { startLoad } from "./load/start-load.ts";
import { runNight } from "./night/night.ts";
import type { NightContext } from "./night/night-context.ts";
import { Operator } from "./operator.ts";
import type { Progress } from "./progress.ts";
import type { RehearsalRecord } from "./rehearsal-record.ts";
import { makeRehearsalWorkspace, policyPack } from "./rehearsal-workspace.ts";
import { plannedFaults } from "./scenarios/planned-faults.ts";
import { seriesOf } from "./series.ts";
import { insideInterval } from "./share-reading.ts";
import { startWorldProcess } from "./world/world-process.ts";

export interface RehearseOptions {
  readonly system: string;
  /** `NAME@STAGE` each. */
  readonly faults: readonly string[];
  readonly engine: Engine;
  /** Cutover seconds per wall second while only time must pass. */
  readonly speed: number;
  readonly seed: number;
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal;
}

/**
 * Rehearses a whole cutover: a world on this machine, the real program through an engine and the real
 * gates, real requests throughout. Leaves nothing behind, however it ends.
 * @throws BadInput for an unknown system or fault, before anything starts.
 */
export const rehearse = async (options: RehearseOptions): Promise<RehearsalRecord> => {
  const { engine, speed, seed, onProgress, signal } = options;
  const definition = await loadSystem(options.system, "cutover rehearse");
  const planned = plannedFaults(definition, options.faults);
  const system = settle(definition, { rehearsal: true, file: `stacks/${definition.name}.ts` });
  const wallBegan = Date.now();

  onProgress({ kind: "preparing", what: "starting cluster, gateway, database and monitoring" });
  const world = await startWorldProcess({ system: definition.name, seed, speed });
  const workspace = await makeRehearsalWorkspace(definition, {
    CUTOVER_WORLD: world.url,
    PULUMI_DEBUG_PROVIDERS: world.providers,
  });
  const journal = new Journal(world.clock);
  const operator = new Operator({
    definition,
    system,
    engine,
    workspace,
    environment: "rehearsal",
    policyPack,
    signal,
    onNote: (text) => {
      onProgress({ kind: "note", text });
    },
  });
  const night: NightContext = {
    definition,
    system,
    planned,
    world,
    operator,
    people: workspace.people,
    journal,
    startLoad: () =>
      startLoad({
        gatewayUrl: world.gatewayUrl,
        example: system.rehearsal,
        requestsPerSecond: system.rehearsal.requestsPerSecond * firstPart,
        seed,
        clock: world.clock,
      }),
    load: undefined,
    carried: 1,
    onProgress,
    speed,
    signal,
  };
  const beganAt = world.clock.now();
  try {
    const { outcome, rollback } = await runNight(night);
    await world.letTimePass(false);
    const endedAt = world.clock.now();
    const { load } = night;
    await load?.stop();
    const requests = load?.record.totals() ?? {
      sent: 0,
      ok: 0,
      failed: 0,
      lost: 0,
      maintenance: 0,
    };
    const { sent, ok, failed, lost, maintenance } = requests;
    const data = await world.account(load?.written ?? []);
    const freeze = await freezeTaken(system, world);
    const downtime = downtimeTaken(system, load?.record);
    const { delivered, undelivered } = await world.messages();
    journal.undelivered(undelivered);
    const messages = { delivered, undelivered: undelivered.length };
    const happened = {
      outcome,
      rollback,
      requests: { sent, ok, failed, lost, maintenance },
      data,
      freeze,
      downtime,
      messages,
      violations: journal.violations,
      stages: journal.stages,
      updateFailed: journal.updateFailed,
      failure: journal.failure,
      misrouted: journal.shares.filter((share) => !insideInterval(share)).map(({ stage }) => stage),
    };
    const record: RehearsalRecord = {
      system: definition.name,
      engine: engine.name,
      seed,
      definition: definitionDigest(system),
      ranAt: new Date(wallBegan).toISOString(),
      outcome,
      rollback,
      requests: happened.requests,
      data,
      freeze,
      downtime,
      messages,
      expectation: expectation(planned, happened),
      title: definition.title,
      document: `${definition.document.id} ${definition.document.version}`,
      speed,
      beganAt,
      endedAt,
      wallMilliseconds: Date.now() - wallBegan,
      versions: {
        blue: system.environments.blue.version,
        green: system.environments.green.version,
      },
      thresholds: system.thresholds.map((threshold) => {
        const { value, unit } = limitOf(threshold);
        const { name, title, breach } = threshold;
        return { name, title, limit: value, unit, breach };
      }),
      ...journal.record,
      series: seriesOf(load?.record, journal.weights),
    };
    onProgress({ kind: "ended", outcome, record });
    return record;
  } finally {
    await night.load?.stop();
    await world.stop();
    await workspace.remove();
  }
};
