import { greenWeightAt, stageNamed } from "../../definition/ladder.ts";
import type { SystemDefinition } from "../../definition/system.ts";

type Stages = (system: SystemDefinition) => readonly string[];

const names: Stages = ({ ladder }) => ladder.map(({ name }) => name);

/** The first stage: green is prepared and has no traffic. */
export const first: Stages = (system) => names(system).slice(0, 1);

/** Every stage that a forward move leaves. */
export const left: Stages = (system) => names(system).slice(0, -1);

/** Every stage at which green has traffic. */
export const withTraffic: Stages = (system) =>
  names(system).filter((stage) => greenWeightAt(system, stage) > 0);

/** Stages with traffic on green that a forward move leaves. */
export const leftWithTraffic: Stages = (system) =>
  left(system).filter((stage) => greenWeightAt(system, stage) > 0);

/** Stages with traffic on both sides. */
export const shared: Stages = (system) =>
  withTraffic(system).filter((stage) => greenWeightAt(system, stage) < 100);

/** Stages that have one to skip above them. */
export const skippable: Stages = (system) => names(system).slice(0, -2);

/** Stages that a forward move leaves by way of a checkpoint. */
export const leftByCheckpoint: Stages = (system) =>
  left(system).filter((stage) => stageNamed(system, stage).leave?.checkpoint !== undefined);

/** Stages that a forward move leaves with a checklist done. */
export const leftByChecklist: Stages = (system) =>
  left(system).filter((stage) => stageNamed(system, stage).leave?.checklists !== undefined);

/** The first stage, where a backup must be there before it. */
export const afterBackup: Stages = (system) =>
  system.backups.some(({ madeIn }) => madeIn === undefined) ? first(system) : [];
