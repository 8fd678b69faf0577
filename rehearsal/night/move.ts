import { setTimeout as sleep } from "node:timers/promises";
import { configAt, postureAt } from "../../definition/ladder.ts";
import { nothingYet } from "../../definition/ledger.ts";
import type { Stage } from "../../definition/stage.ts";
import type { SystemDefinition } from "../../definition/system.ts";
import { minutes } from "../../definition/units.ts";
import { firstError, type OperationResult } from "../../engine/engine.ts";
import { inject, misstepAt } from "./injection.ts";
import { signingMistakes, type SigningMistake } from "../people/signing-mistake.ts";
import { refusedEnding, type Ending, type NightContext } from "./night-context.ts";
import { noteRefusal } from "./refusal.ts";
import { settleLoad } from "./settle-load.ts";

/** How long an operator goes on asking when the gates refuse, before the move is tried all the same. */
const patience = minutes(3);

const changes: ReadonlySet<string> = new Set(["create", "update", "replace", "delete"]);

/** One step up: ask the gates, set the value, update. @returns an ending when that did not succeed. */
export const moveTo = async (
  context: NightContext,
  from: string,
  stage: Stage,
): Promise<Ending | undefined> => {
  const { world, operator, journal, onProgress, definition } = context;
  await operator.letSign(context.people, {
    stage: stage.name,
    now: world.clock.now(),
    mistake: signingMistake(context, from, stage.name),
  });
  if (from !== nothingYet) await askGates(context, from, stage.name);
  await world.letTimePass(false);
  await inject(context, "into", stage.name);
  await operator.set(stage.name);
  onProgress({ kind: "doing", what: `pulumi up (${inConfig(definition, stage.name)})` });
  const began = world.clock.now();
  const updated = new AbortController();
  const loading = context.load === undefined ? beginLoad(context, updated.signal) : undefined;
  const result = await update(context, stage.name).finally(() => {
    updated.abort();
  });
  await loading;
  journal.note("update", `Update to ${stage.name}`, began);
  if (!result.succeeded) return refusedEnding;
  journal.weights.push({ at: world.clock.now(), green: (await world.weights()).green });
  journal.stages.push({
    stage: stage.name,
    posture: postureAt(definition, stage.name),
    operations: result.operations,
    changed: result.steps.filter(({ operation }) => changes.has(operation)).map(({ urn }) => urn),
    milliseconds: result.milliseconds,
    observed: { requests: 0, failed: 0, share: { blue: 0, green: 0 }, p95Milliseconds: 0 },
  });
  journal.note("stage", `${stage.name} carries the traffic`);
  if (loading !== undefined) await settleLoad(context);
  return undefined;
};

/** What people do wrong when they sign for a move: a fault of the stage that it leaves, or leads into. */
const signingMistake = (
  context: NightContext,
  from: string,
  to: string,
): SigningMistake | undefined => {
  const missteps = [misstepAt(context, "during", from), misstepAt(context, "into", to)];
  return signingMistakes.find((mistake) => missteps.includes(mistake));
};

/** Updates; an update that fails half-way without a refusal is resumed once by the same command. */
const update = async (context: NightContext, stage: string): Promise<OperationResult> => {
  const { operator, journal, onProgress, signal } = context;
  if (misstepAt(context, "into", stage) === "is killed while updating") {
    await operator.upAndDie();
    journal.updateFailed = true;
    journal.note("note", "The updating process was killed");
    onProgress({ kind: "note", text: "The updating process was killed; the same command again." });
  }
  const first = await operator.up();
  if (first.succeeded || noteRefusal(context, first)) return first;
  signal.throwIfAborted();
  journal.updateFailed = true;
  onProgress({ kind: "note", text: `The update failed: ${firstError(first)} Once more.` });
  journal.note("note", `The update failed: ${firstError(first)}`);
  const second = await operator.up();
  if (!second.succeeded && !noteRefusal(context, second)) {
    const message = firstError(second);
    journal.failure = message;
    journal.note("refusal", `The update failed again: ${message}`);
    onProgress({ kind: "note", text: `The update failed again: ${message}` });
  }
  return second;
};

/** Asks until the gates let the move through or patience ends, and keeps what they said last. */
const askGates = async (context: NightContext, from: string, to: string): Promise<void> => {
  const { world, operator, journal, onProgress, signal } = context;
  onProgress({ kind: "doing", what: `asking the gates about ${to}` });
  const giveUpAt = world.clock.now() + patience.milliseconds;
  for (;;) {
    const judgement = await operator.judge(to);
    if (judgement === undefined) return;
    const now = world.clock.now();
    if (judgement.allowed || now >= giveUpAt) {
      journal.judged(from, to, judgement);
      return;
    }
    // The next minute's figures, or the instant that the gates name.
    const next = Math.max(judgement.nextPossibleAt ?? now + minutes(1).milliseconds, now + 1_000);
    await world.letTimePass(true);
    await world.clock.until(Math.min(next, giveUpAt), signal);
  }
};

/** Begins the load as soon as blue answers, so that what is prepared beside it is seen to harm nobody. */
const beginLoad = async (context: NightContext, updated: AbortSignal): Promise<void> => {
  while ((await context.world.weights()).blue !== 100) {
    if (updated.aborted) return;
    await sleep(50);
  }
  context.load = await context.startLoad();
};

/** A stage's values as a stack file has them. */
export const inConfig = (definition: SystemDefinition, stage: string): string =>
  Object.entries(configAt(definition, stage))
    .map(([key, value]) => `${definition.name}:${key} ${JSON.stringify(value)}`)
    .join(", ");
