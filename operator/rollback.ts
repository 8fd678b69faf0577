import { configAt, needsOfWayBack, rung, wayBackFrom } from "../definition/ladder.ts";
import { maintenanceKey } from "../definition/maintenance.ts";
import type { Posture } from "../definition/posture.ts";
import { rollbackOf } from "../definition/rollback-of.ts";
import type { SystemDefinition } from "../definition/system.ts";
import {
  firstError,
  isRefused,
  StackLocked,
  type EngineEvent,
  type OperationResult,
  type StateResource,
} from "../engine/engine.ts";
import { cutoverType } from "../policies/cutover-type.ts";
import { ledgerIn, type OperatedSystem } from "./stack.ts";
import { setInStackFile, stackFile } from "./stack-file.ts";
import { update } from "./update.ts";

/** How a rollback went. */
export interface RollbackResult {
  /** Stage in which the ledger had the system; undefined where that could not be read. */
  readonly from: string | undefined;
  readonly to: string;
  /** The update that ended it. */
  readonly update: OperationResult;
  /** Why the gates were left out, if they were. */
  readonly withoutGates: string | undefined;
}

/** There is no way back from where the system stands. The message says what to do instead. */
export class NoWayBack extends Error {
  override readonly name = "NoWayBack";
}

/**
 * Takes a system back to where its plan lands from the stage that it is in: sets the values in the stack
 * file, and updates this system's cutover alone, so that neither another system nor what watches this one
 * can hold it up. An update that fails without a gate's refusal is tried once more without the gates:
 * none of them may hold up the way back, and a pack that does not even load must not either. A way that needs a
 * signed order is the exception.
 * @throws NoWayBack past the plan's point of no return, and where nobody could look for an order that is needed.
 * @throws StackLocked while a living process updates the stack.
 * @throws BadInput when the stack file cannot be read.
 */
export const rollBack = async (
  operated: OperatedSystem,
  onEvent?: (event: EngineEvent) => void,
): Promise<RollbackResult> => {
  const { definition, engine, workspace, policyPack, onNote } = operated;
  const [resources, from] = await Promise.all([engine.resources(workspace), standingAt(operated)]);
  const targets = cutoverOf(resources, definition.name);
  const to = landing(operated, from);
  await setInStackFile(stackFile(workspace.directory, workspace.stack), definition.name, {
    ...configAt(definition, to),
    ...answeringUsers(definition),
  });
  const variables = { [rollbackOf]: definition.name };
  const options = {
    targets,
    ...(onEvent !== undefined && { onEvent }),
  };
  const gated = await attempt(() =>
    update(operated, { ...options, policyPacks: [policyPack] }, variables),
  );
  if ("result" in gated && (gated.result.succeeded || isRefused(gated.result))) {
    return { from, to, update: gated.result, withoutGates: undefined };
  }
  operated.signal.throwIfAborted();
  // Only the gates know whether somebody has signed for what the plan asks of this way.
  if (from !== undefined && needsOfWayBack(definition, { from, to }).length > 0) {
    if ("result" in gated) return { from, to, update: gated.result, withoutGates: undefined };
    throw new NoWayBack(
      `${definition.name}: the way back from ${from} needs a signed order, and no gate could look for it: ${gated.failure}`,
    );
  }
  const withoutGates = "result" in gated ? firstError(gated.result) : gated.failure;
  onNote(`The update failed: ${withoutGates} Once more, without the gates.`);
  return { from, to, update: await update(operated, options, variables), withoutGates };
};

/** Whoever goes back wants users to be answered. */
const answeringUsers = ({ maintenance }: Pick<SystemDefinition, "maintenance">): Posture =>
  maintenance === undefined ? {} : { [maintenanceKey]: "off" };

type Attempt = { readonly result: OperationResult } | { readonly failure: string };

/** An update that may fail before it begins, as it does with a pack that has no program. */
const attempt = async (run: () => Promise<OperationResult>): Promise<Attempt> => {
  try {
    return { result: await run() };
  } catch (error) {
    if (error instanceof StackLocked) throw error;
    const message = error instanceof Error ? error.message : String(error);
    return { failure: message.split("\n")[0] ?? message };
  }
};

const standingAt = async (operated: OperatedSystem): Promise<string | undefined> => {
  const { definition, engine, workspace, onNote } = operated;
  try {
    const { entries } = ledgerIn(await engine.outputs(workspace), operated);
    const last = entries.at(-1)?.to;
    return last !== undefined && rung(definition, last) >= 0 ? last : undefined;
  } catch (error) {
    onNote(
      `The ledger cannot be read (${error instanceof Error ? error.message : String(error)}).`,
    );
    return undefined;
  }
};

const landing = ({ definition }: OperatedSystem, from: string | undefined): string => {
  if (from === undefined) return definition.rollback.to;
  const back = wayBackFrom(definition, from);
  if ("to" in back) return back.to;
  throw new NoWayBack(
    `${definition.name}: no way back from ${from}: ${back.refused} ${back.wayForward}`,
  );
};

/** URNs of the system's cutover, of all that is below it, and of the stack with its outputs. */
const cutoverOf = (resources: readonly StateResource[], name: string): readonly string[] => {
  const cutover = resources.find(
    ({ type, urn }) => type === cutoverType && urn.endsWith(`::${name}-cutover`),
  );
  // Without a target the update would take away whatever else the stack holds.
  if (cutover === undefined) {
    throw new NoWayBack(`${name}: this stack's state holds no cutover of it, so nothing moved.`);
  }
  const below = new Set([cutover.urn]);
  for (const { urn, parent } of resources) if (below.has(parent)) below.add(urn);
  const stack = resources.filter(({ type }) => type === "pulumi:pulumi:Stack");
  return [...stack.map(({ urn }) => urn), ...below];
};
