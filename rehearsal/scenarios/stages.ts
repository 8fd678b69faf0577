import { finalSyncPassages } from "../../definition/copying.ts";
import { greenWeightAt, needsOfWayBack, stageNamed, wayBackFrom } from "../../definition/ladder.ts";
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

/** Stages at which green has traffic, and more of it than at the stage before. */
export const moved: Stages = (system) =>
  withTraffic(system).filter((stage) => {
    const before = names(system)[names(system).indexOf(stage) - 1];
    return before === undefined || greenWeightAt(system, before) < greenWeightAt(system, stage);
  });

/** Stages with traffic on green from which an alarm alone may lead back: no one has to do something first. */
export const alarmLeadsBack: Stages = (system) =>
  withTraffic(system).filter((stage) => {
    const back = wayBackFrom(system, stage);
    return "to" in back && needsOfWayBack(system, { from: stage, to: back.to }).length === 0;
  });

/** Stages with traffic on green that a forward move leaves. */
export const leftWithTraffic: Stages = (system) =>
  left(system).filter((stage) => greenWeightAt(system, stage) > 0);

/** Stages with traffic on both sides. */
export const shared: Stages = (system) =>
  withTraffic(system).filter((stage) => greenWeightAt(system, stage) < 100);

/** Stages that have one to skip above them. */
export const skippable: Stages = (system) => names(system).slice(0, -2);

/** Stages from which green gets its first traffic, where the plan has a maintenance that must be over by then. */
export const maintained: Stages = (system) =>
  left(system).filter((stage, index) => {
    const next = names(system)[index + 1];
    const firstTraffic =
      greenWeightAt(system, stage) === 0 && withTraffic(system).includes(next ?? "");
    return system.maintenance !== undefined && firstTraffic;
  });

/** Stages that a forward move leaves by way of a checkpoint. */
export const leftByCheckpoint: Stages = (system) =>
  left(system).filter((stage) => stageNamed(system, stage).leave?.checkpoint !== undefined);

/** Stages that a forward move leaves with a checklist done. */
export const leftByChecklist: Stages = (system) =>
  left(system).filter((stage) => stageNamed(system, stage).leave?.checklists !== undefined);

/** The first stage, where a backup must be there before it. */
export const afterBackup: Stages = (system) =>
  system.backups.some(({ madeIn }) => madeIn === undefined) ? first(system) : [];

/** The stage into which the final sync of two stores leads. */
export const afterFinalSync: Stages = (system) =>
  finalSyncPassages(system).map(({ stage }) => stage.name);
