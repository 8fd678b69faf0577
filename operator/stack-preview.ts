import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { directionOf, type Direction } from "../definition/direction.ts";
import { rung, wayBackFrom, weightsAt } from "../definition/ladder.ts";
import { definitionDigest } from "../definition/ledger.ts";
import { maintenanceName } from "../definition/maintenance.ts";
import { savedPlanHash } from "../definition/saved-plan-hash.ts";
import { maintenanceFromConfig, stageFromConfig } from "../definition/stage-config.ts";
import type { NoWayBack, WayBack } from "../definition/stage.ts";
import type { Weights } from "../definition/traffic.ts";
import { deriveTransition } from "../definition/transition.ts";
import {
  changingSteps,
  type OperationResult,
  type Step,
  type Violation,
} from "../engine/engine.ts";
import type { Judgement } from "../policies/judge.ts";
import { judge } from "./gates.ts";
import { earlyRemovals, isOf } from "./retention.ts";
import { readStackFile, stackFile } from "./stack-file.ts";
import { ledgerIn, timeNow, type OperatedSystem, type StackOutputs } from "./stack.ts";

/** What the stack file would do to one system. */
export interface PreviewedSystem {
  readonly system: string;
  readonly title: string;
  readonly from: string;
  readonly to: string;
  /** `stay` where the ledger holds the stage already. */
  readonly direction: Direction;
  readonly weights: { readonly before: Weights; readonly after: Weights };
  /** Digest of the settled definition. */
  readonly definition: string;
  /** What the gates say of the move now; undefined where nothing moves or the pack alone can judge. */
  readonly judgement: Judgement | undefined;
  /** The way back from where the move leads. */
  readonly back: WayBack | NoWayBack;
  /** What the update does to users by maintenance; undefined where it leaves that as it is. */
  readonly maintenance: "begins" | "ends" | undefined;
  readonly steps: readonly Step[];
}

/** A refusal or a warning, and whose pack it comes from. */
export interface PreviewedViolation extends Violation {
  /** `head`: the change's own pack. `base`: that of the branch it is to be merged into. */
  readonly by: "head" | "base";
}

/** What an update of a whole stack would do, and what the gates say of it. */
export interface StackPreview {
  readonly stack: string;
  readonly environment: string;
  readonly succeeded: boolean;
  readonly planHash: string | undefined;
  readonly systems: readonly PreviewedSystem[];
  /** Steps that belong to no system. */
  readonly others: readonly Step[];
  readonly violations: readonly PreviewedViolation[];
  readonly errors: readonly string[];
}

export interface PreviewOptions {
  /** File in which the plan is saved. */
  readonly savePlan?: string;
  /** Folder of the base branch's pack: a change must not weaken the gates that judge it. */
  readonly basePack?: string;
}

/**
 * Previews a stack with its pack, and once more with the base branch's where there is one.
 * @param systems every system that the stack's config names.
 * @throws BadInput when the stack file asks for what is no stage.
 */
export const previewStack = async (
  systems: readonly OperatedSystem[],
  { savePlan, basePack }: PreviewOptions,
): Promise<StackPreview> => {
  const [first] = systems;
  if (first === undefined) throw new RangeError("a stack without a system");
  const { engine, workspace, environment, policyPack, signal } = first;
  const head = await engine.preview(workspace, {
    policyPacks: [policyPack],
    signal,
    ...(savePlan !== undefined && { savePlan }),
  });
  const base =
    basePack === undefined
      ? undefined
      : await engine.preview(workspace, { policyPacks: [basePack], signal });
  const changes = changingSteps(head);
  const outputs = await engine.outputs(workspace);
  const previewed = await Promise.all(
    systems.map((operated) => previewSystem(operated, outputs, changes)),
  );
  const now = await timeNow(first);
  const removals = systems.flatMap(({ definition }) => {
    const { entries } = ledgerIn(outputs, { definition });
    return earlyRemovals(definition, entries, changes, now).map(retentionViolation);
  });
  const taken = new Set(previewed.flatMap(({ steps }) => steps));
  return {
    stack: workspace.stack,
    environment,
    succeeded: head.succeeded && (base?.succeeded ?? true) && removals.length === 0,
    planHash:
      savePlan === undefined || !head.succeeded
        ? undefined
        : savedPlanHash(await readFile(savePlan, "utf8"), basename(savePlan)),
    systems: previewed,
    others: changes.filter((step) => !taken.has(step)),
    violations: [
      ...violationsOf(head, "head"),
      ...(base ? violationsOf(base, "base") : []),
      ...removals,
    ],
    errors: [...errorsOf(head), ...(base ? errorsOf(base) : [])],
  };
};

const violationsOf = (
  { violations }: OperationResult,
  by: PreviewedViolation["by"],
): readonly PreviewedViolation[] => violations.map((violation) => ({ ...violation, by }));

/** No policy sees a delete: this one is found in the preview's own steps. */
const retentionViolation = (removal: {
  readonly urn: string;
  readonly message: string;
}): PreviewedViolation => ({
  ...removal,
  policy: "retention",
  pack: "preview",
  level: "mandatory",
  by: "head",
});

const errorsOf = ({ diagnostics }: OperationResult): readonly string[] =>
  diagnostics.flatMap(({ severity, message }) => (severity === "error" ? message : []));

const previewSystem = async (
  operated: OperatedSystem,
  outputs: StackOutputs,
  changes: readonly Step[],
): Promise<PreviewedSystem> => {
  const { definition, system, workspace } = operated;
  const file = stackFile(workspace.directory, workspace.stack);
  const { values } = await readStackFile(file);
  const config = values[definition.name] ?? {};
  const asked = stageFromConfig(definition, config, basename(file)).name;
  const { transition, recorded } = deriveTransition(ledgerIn(outputs, operated), asked);
  const from = recorded ? asked : transition.from;
  const direction = recorded ? "stay" : directionOf(definition, { from, to: asked });
  const moves = direction === "forward" || direction === "back";
  return {
    system: definition.name,
    title: definition.title,
    from,
    to: asked,
    direction,
    weights: { before: weightsOf(operated, from), after: weightsOf(operated, asked) },
    definition: definitionDigest(system),
    judgement: moves ? await judge(operated, outputs, asked) : undefined,
    back: wayBackFrom(definition, asked),
    maintenance: maintenanceTurned(changes, definition.name, {
      on: maintenanceFromConfig(definition, config, basename(file)),
    }),
    steps: changes.filter(({ urn }) => isOf(urn, definition.name)),
  };
};

/** A Lease that is made with the system begins nothing unless the config asks for it. */
const maintenanceTurned = (
  changes: readonly Step[],
  name: string,
  { on }: { readonly on: boolean },
): PreviewedSystem["maintenance"] => {
  const lease = changes.find(({ urn }) => urn.endsWith(`::${maintenanceName({ name })}`));
  if (lease === undefined) return undefined;
  if (on) return "begins";
  return lease.operation === "create" ? undefined : "ends";
};

/** Before the ladder, and at a stage that it lacks, blue has everything. */
const weightsOf = ({ definition }: OperatedSystem, stage: string): Weights =>
  rung(definition, stage) < 0 ? { blue: 100, green: 0 } : weightsAt(definition, stage);
