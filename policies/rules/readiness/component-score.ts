import type { LimitedFigure } from "../../../definition/figure.ts";
import type { NamedDeployment, ReadinessComponent } from "../../../definition/readiness.ts";
import type { SettledSystem } from "../../../definition/system.ts";
import { greenWeightAt, rung } from "../../../definition/ladder.ts";
import type { DeploymentStatus, Newest } from "../../facts/facts.ts";
import type { ReadinessFacts } from "../../facts/readiness-facts.ts";
import type { Reading } from "../../facts/reading.ts";
import type { Move } from "../../move.ts";
import { alarmComplaint } from "../alarm-complaint.ts";
import { deploymentProblems } from "../deployment-problems.ts";
import { backupStanding } from "../evidence/backup-standing.ts";
import { checklistStanding, type ItemStanding } from "../evidence/checklist-standing.ts";
import { inPassing } from "../evidence/counting.ts";
import { listed, titleOf } from "../evidence/how-to-sign.ts";
import { figureStanding } from "../figure-standing.ts";
import { sideProblems } from "../side-problems.ts";

/** What one component has, and what it is known by. */
export interface ComponentFinding {
  /** 0 to 100: how much of it is there. */
  readonly score: number;
  /** When the oldest evidence for it was made, milliseconds since the epoch; undefined without any. */
  readonly at: number | undefined;
  /** In words, for people. */
  readonly found: string;
  /** Each item of a checklist. */
  readonly items?: readonly ItemStanding[];
}

/** A system's night, as its components are scored by it. */
export interface ReadinessNight {
  readonly definition: SettledSystem;
  readonly move: Move;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly facts: ReadinessFacts;
}

/** Scores one component: what nobody knows, what is stale and what is missing gives nothing. */
export const componentScore = (
  component: ReadinessComponent,
  night: ReadinessNight,
): ComponentFinding => {
  const { from, name } = component;
  if ("checklist" in from) return ofChecklist(from.checklist, night);
  if ("backup" in from) return ofBackup(from.backup, night);
  if ("replicas" in from) return ofReplicas(from.replicas, night);
  if ("deployments" in from) {
    return ofDeployments(from.deployments, night.facts.shared[name], night.now);
  }
  if ("alarms" in from) return ofAlarms(night);
  return ofMeasure(from, night.facts.measured[name], night.now);
};

const nothing = (found: string): ComponentFinding => ({ score: 0, at: undefined, found });

const silent = (reading: Reading<unknown> | undefined): ComponentFinding =>
  nothing(reading?.known === false ? reading.reason : "nobody read it");

const ofChecklist = (
  name: string,
  { definition, move, now, facts: { evidence } }: ReadinessNight,
): ComponentFinding => {
  const checklist = definition.checklists.find((one) => one.name === name);
  if (checklist === undefined) throw new RangeError(`${name} is no checklist of the plan`);
  const about = { definition, move, now };
  // Without evidence every item is open, and is still shown with its owner.
  const { items, dropped } = checklistStanding(checklist, {
    ...about,
    evidence: evidence.known ? evidence.value : { signed: [], rejected: [] },
  });
  const done = items.flatMap(({ by }) => by ?? []);
  const open = items.filter(({ by }) => by === undefined);
  const left = listed(
    open.map(({ item: { title, owner } }) => `${title} (${titleOf(definition, owner)})`),
  );
  const state = `${done.length} of ${items.length} signed`;
  return {
    score: (100 * done.length) / items.length,
    at: done.length === 0 ? undefined : Math.min(...done.map(({ at }) => at)),
    found: evidence.known
      ? `${state}${open.length === 0 ? "" : `; open: ${left}${inPassing(dropped)}`}`
      : evidence.reason,
    items,
  };
};

const ofBackup = (
  of: string,
  { definition, move, now, facts: { evidence } }: ReadinessNight,
): ComponentFinding => {
  const backup = definition.backups.find((one) => one.of === of);
  if (backup === undefined) throw new RangeError(`${of} is no backup of the plan`);
  if (!evidence.known) return silent(evidence);
  const about = { definition, move, now, evidence: evidence.value };
  const { proof, problem, dropped } = backupStanding(backup, about);
  if (proof === undefined) {
    return nothing(`${problem ?? "nobody has signed for it"}${inPassing(dropped)}`);
  }
  const { file, takenAt } = proof.statement;
  return { score: 100, at: Date.parse(takenAt), found: file };
};

const ofReplicas = (
  side: "blue" | "green",
  { definition, now, facts: { deployments } }: ReadinessNight,
): ComponentFinding => {
  const deployment = deployments[side];
  if (!deployment.known) return silent(deployment);
  const problems = sideProblems(definition, side, deployment.value);
  const { ready, desired } = deployment.value;
  return problems.length === 0
    ? { score: 100, at: now, found: `${ready} of ${desired} replicas ready` }
    : { score: 0, at: now, found: problems.join("; ") };
};

const ofDeployments = (
  named: readonly NamedDeployment[],
  readings: readonly Reading<DeploymentStatus>[] = [],
  now: number,
): ComponentFinding => {
  const problems = named.map((of, index) => {
    const reading = readings[index];
    if (reading?.known !== true) {
      return [reading?.reason ?? `nobody read ${of.namespace}/${of.name}`];
    }
    return deploymentProblems(reading.value, { least: 1 });
  });
  const whole = problems.filter((of) => of.length === 0).length;
  return {
    score: (100 * whole) / named.length,
    at: now,
    found:
      whole === named.length
        ? `every replica of ${listed(named.map(({ name }) => name))} is ready`
        : problems.flat().join("; "),
  };
};

const ofAlarms = ({
  definition,
  move: { from },
  now,
  facts: { alarmStates },
}: ReadinessNight): ComponentFinding => {
  if (!alarmStates.known) return silent(alarmStates);
  const carries = rung(definition, from) >= 0 && greenWeightAt(definition, from) > 0;
  const loud = definition.thresholds.flatMap(({ name, title }) => {
    const says = alarmComplaint(alarmStates.value[name], carries);
    return says === undefined ? [] : `${title} ${says}`;
  });
  const all = definition.thresholds.length;
  return {
    score: (100 * (all - loud.length)) / Math.max(all, 1),
    at: now,
    found: loud.length === 0 ? `${all} alarms, none raised` : listed(loud),
  };
};

const ofMeasure = (
  figure: LimitedFigure,
  newest: Reading<Newest> | undefined,
  now: number,
): ComponentFinding => {
  if (newest?.known !== true) return silent(newest);
  const { good, found } = figureStanding(figure, newest.value, now);
  return { score: good ? 100 : 0, at: newest.value.at, found };
};
