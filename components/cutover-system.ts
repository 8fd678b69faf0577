import * as pulumi from "@pulumi/pulumi";
import { finalSyncPassages, isCopied } from "../definition/copying.ts";
import { directionOf } from "../definition/direction.ts";
import { weightsAt } from "../definition/ladder.ts";
import { definitionDigest } from "../definition/ledger.ts";
import type { StackEnvironment } from "../definition/stack-environment.ts";
import type { SettledSystem } from "../definition/system.ts";
import type { Weights } from "../definition/traffic.ts";
import { trafficObject } from "../definition/traffic-object.ts";
import type { DerivedTransition } from "../definition/transition.ts";
import type { UnorderedWayBack } from "../definition/unordered-ways-back.ts";
import { CutoverDashboard } from "./cutover-dashboard.ts";
import { Cutover, type CutoverArgs } from "./cutover.ts";
import { DataSync } from "./data-sync.ts";
import { Environment } from "./environment.ts";
import { finalSyncHooks } from "./final-sync.ts";
import { lastReadingHook } from "./last-reading.ts";
import { declareMaintenance } from "./maintenance.ts";
import { Migration } from "./migration.ts";
import type { DeclareNames } from "./names.ts";
import { Notifications } from "./notifications.ts";
import { ThresholdAlarms } from "./threshold-alarms.ts";
import type { DeclareSplit, WriteHooks } from "./traffic-split.ts";

export interface CutoverSystemArgs {
  readonly system: SettledSystem;
  readonly environment: StackEnvironment;
  readonly derived: DerivedTransition;
  /** The component of the system's mechanism. */
  readonly declareSplit: DeclareSplit;
  /** Whether the config asks for maintenance, where the plan has any. */
  readonly maintenanceOn?: boolean;
  /** What the route is to say that it was written over, if anything. */
  readonly writtenOver?: string | undefined;
  /** Where the system has names: their component, and when their TTL was written, as the ledger says. */
  readonly names?: { readonly declare: DeclareNames; readonly ttlSince: string };
  /** Ways back without the order that they needed, which nobody has reviewed yet. */
  readonly unordered?: readonly UnorderedWayBack[];
}

/**
 * Everything of one system: both environments, what watches them, and the cutover that splits the traffic
 * between them.
 */
export class CutoverSystem extends pulumi.ComponentResource {
  /** The weights in force once the traffic has moved, as the mechanism reports them. */
  readonly weights: pulumi.Output<Weights>;
  /** Monitor id by threshold name. */
  readonly alarms: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: CutoverSystemArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cutover:index:System", name, {}, opts);
    const { system, environment, derived, maintenanceOn: on = false, unordered = [] } = args;
    const child = { parent: this };
    const { green } = system.environments;
    const { workload, stores, requestMetrics, maintenance } = system;

    // A side that somebody else owns is there already; nothing of it is declared here.
    const side = (
      which: "blue" | "green",
      dependsOn: readonly pulumi.Resource[],
    ): readonly Environment[] => {
      const environment = system.environments[which];
      if (environment.owner === "elsewhere") return [];
      const args = {
        ...{ system: name, side: which, environment },
        ...{ workload, stores, requestMetrics, maintenance },
      };
      return [new Environment(environment.name, args, { ...child, dependsOn: [...dependsOn] })];
    };
    const blueSide = side("blue", []);
    const maintained =
      maintenance === undefined
        ? []
        : [
            declareMaintenance(
              `${name}-maintenance`,
              { system, environment, maintenance, on },
              child,
            ),
          ];
    const migration = new Migration(
      `${name}-migration`,
      { environment: green, workload, stores },
      // Where users are to see a page meanwhile, they see it before anything changes under them.
      { ...child, dependsOn: [...blueSide, ...maintained] },
    );
    const greenSide = side("green", [migration]);
    const sync =
      stores.kind === "one database"
        ? []
        : [
            new DataSync(
              `${name}-sync`,
              {
                ...{ system: name, stores, workload },
                running: isCopied(system, derived.transition.to),
              },
              { ...child, dependsOn: migration },
            ),
          ];

    const notifications = new Notifications(`${name}-notifications`, system, child);
    const alarms = new ThresholdAlarms(`${name}-alarms`, { system, notifications }, child);
    const dashboard = new CutoverDashboard(`${name}-dashboard`, { system }, child);

    // Green gets traffic only when it is whole and watched; blue alone needs only itself, and serves while
    // green is prepared. On the way back the traffic waits for nothing: a sick green or an unreachable
    // Datadog must not stand in the way.
    const direction = directionOf(system, derived.transition);
    const back = direction === "back";
    const weights = weightsAt(system, derived.transition.to);
    const move = {
      system: name,
      environment,
      definition: definitionDigest(system),
      transition: derived.transition,
      recorded: derived.recorded,
      weights,
      route: trafficObject(system).address,
      alarms: back ? {} : alarms.ids,
      panels: back ? [] : dashboard.panels,
      ...(args.names !== undefined && { ttlSince: args.names.ttlSince }),
      ...(unordered.length > 0 && { unordered }),
    };
    const cutover = new Cutover(`${name}-cutover`, move, {
      ...child,
      // The gates look once users are answered again, where this update sees to that.
      dependsOn: back
        ? []
        : [...blueSide, ...maintained, ...(weights.green > 0 ? [...greenSide, ...sync] : [])],
    });
    const names = args.names?.declare(
      `${name}-names`,
      { system, stage: derived.transition.to },
      { parent: cutover },
    );
    const split = args.declareSplit(
      `${name}-split`,
      {
        system,
        weights,
        back,
        writtenOver: args.writtenOver,
        // Only a step up can become unsafe between the verdict and the write.
        hooks:
          direction === "forward" && !derived.recorded
            ? stepUpHooks(`${name}-cutover`, move, args)
            : { beforeUpdate: [], afterUpdate: [] },
      },
      // What the ledger says of the names is true only once they are written. No way back waits for them.
      { parent: cutover, dependsOn: back ? [] : (names ?? []) },
    );

    this.weights = split.weights;
    this.alarms = alarms.ids;
    this.registerOutputs({ weights: this.weights, alarms: this.alarms });
  }
}

/** What a step up does around the write of its weights: reads the night once more, and what the plan puts inside it. */
const stepUpHooks = (
  name: string,
  move: CutoverArgs,
  { system, environment }: Pick<CutoverSystemArgs, "system" | "environment">,
): WriteHooks => {
  const { stores } = system;
  const frozen = finalSyncPassages(system).find(({ stage }) => stage.name === move.transition.to);
  const lastReading = lastReadingHook(name, move);
  if (stores.kind === "one database" || frozen === undefined) {
    return { beforeUpdate: [lastReading], afterUpdate: [] };
  }
  const within = frozen.passage.within.milliseconds;
  const { beforeUpdate, afterUpdate } = finalSyncHooks(name, {
    ...{ system, stores, environment, within },
  });
  return { beforeUpdate: [lastReading, ...beforeUpdate], afterUpdate };
};
