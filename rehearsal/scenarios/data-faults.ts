import { isCopied } from "../../definition/copying.ts";
import type { DataCheck, FigureQuery } from "../../definition/figure.ts";
import { dataChecksOf } from "../../definition/ladder.ts";
import type { SystemDefinition } from "../../definition/system.ts";
import { limitOf, type Threshold } from "../../definition/thresholds.ts";
import type { Disturbance } from "../world/disturbance.ts";
import { isTold } from "../world/figures/told-figures.ts";
import { isToldMetric } from "../world/figures/told-metrics.ts";
import type { Fault, FaultsOf } from "./fault.ts";
import { namesOf, triggersOf } from "./limits.ts";
import {
  afterFinalSync,
  alarmLeadsBack,
  first,
  left,
  leftWithTraffic,
  withTraffic,
} from "./stages.ts";

/** Databases, their migration, and the copying between two of them. */
export const dataFaults: FaultsOf = (system) => [
  {
    name: "migration-failed",
    sentence: "The database migration stops half-way with an error.",
    stages: first(system),
    moment: "into",
    disturbances: [{ kind: "migrations", failure: "half-applied" }],
    expects: {
      outcome: "refused",
      because: "Green is not deployed on a schema that it does not know, and blue goes on.",
      updateFails: true,
    },
  },
  {
    name: "schema-behind",
    sentence: "The database migration ends well, and was made on another database.",
    stages: first(system),
    moment: "into",
    disturbances: [{ kind: "migrations", failure: "elsewhere" }],
    expects: {
      outcome: "refused",
      because: "Green gets no traffic on a schema that is behind, whatever its Job says.",
      refusedBy: ["schema-at-head"],
    },
  },
  {
    name: "migration-breaks-blue",
    sentence: "The database migration ends well, and renames a table that blue reads.",
    stages: system.stores.kind === "one database" ? first(system) : [],
    moment: "into",
    disturbances: [{ kind: "migrations", failure: "table-renamed" }],
    expects: {
      outcome: "refused",
      because: "Blue fails its users on the new schema, so there is no safe side to go back to.",
      refusedBy: ["safe-side"],
    },
  },
  {
    name: "database-lost",
    sentence: "The database that both sides share stops answering.",
    stages: system.stores.kind === "one database" ? withTraffic(system) : [],
    moment: "during",
    disturbances: [{ kind: "database", state: "cut" }],
    expects: {
      outcome: "refused",
      because: "Both sides are down alike: no safe side, so nothing is moved and people are told.",
      refusedBy: ["safe-side"],
    },
  },
  dataMismatch(system),
  figureBreached(system),
  {
    name: "final-sync-slow",
    sentence: "The final sync takes longer than it may, and so does the next.",
    stages: afterFinalSync(system),
    moment: "into",
    // The same command is tried once more.
    disturbances: [
      { kind: "final sync", failure: "slow" },
      { kind: "final sync", failure: "slow" },
    ],
    expects: {
      outcome: "refused",
      because: "The freeze ends in time, blue serves as before, and nothing has moved.",
      updateFails: true,
    },
  },
  {
    name: "final-sync-mismatch",
    sentence: "The final sync finds a row of green that is not what blue has.",
    stages: afterFinalSync(system),
    moment: "into",
    disturbances: [{ kind: "final sync", failure: "mismatch" }],
    expects: {
      outcome: "refused",
      because: "Green takes no write on data that differs: the freeze ends, and nothing has moved.",
      updateFails: true,
    },
  },
  syncStalled(system),
  syncMissesChanges(system),
];

/** Metric of the copying that a query asks. */
const asks = (query: FigureQuery, metric: string): boolean =>
  typeof query === "string" && query.includes(`${metric}{`);

/** Thresholds on rows that differ whose breach orders the way back. */
const mismatchTriggers = (system: SystemDefinition): readonly Threshold[] =>
  triggersOf(system).filter(
    ({ measure }) =>
      typeof measure === "object" && "query" in measure && asks(measure.query, "sync.mismatches"),
  );

/** Stages that are left forward with traffic on green, and with figures of the copying in their limits. */
const leftByFigures = (system: SystemDefinition, metrics: readonly string[]): readonly string[] =>
  leftWithTraffic(system).filter(
    (stage) =>
      isCopied(system, stage) &&
      dataChecksOf(system, stage).some(({ query }) =>
        metrics.some((metric) => asks(query, metric)),
      ),
  );

const dataMismatch = (system: SystemDefinition): Fault => {
  const triggers = mismatchTriggers(system);
  return {
    name: "data-mismatch",
    sentence: "Somebody changes a row of green, behind the back of what copies between the stores.",
    stages:
      triggers.length === 0
        ? []
        : alarmLeadsBack(system).filter((stage) => isCopied(system, stage)),
    moment: "during",
    disturbances: [{ kind: "row changed" }],
    expects: {
      outcome: "rolled-back",
      because: "A row that differs orders the way back at once.",
      triggeredBy: namesOf(triggers),
    },
  };
};

/** How far a figure goes above its limit. */
const twice = 2;

const breached = ({ query, limit }: Pick<DataCheck, "query" | "limit">): Disturbance[] => {
  const value = twice * limitOf({ limit }).value + 1;
  if (typeof query === "string") {
    return isToldMetric(query) ? [{ kind: "metric", query, value }] : [];
  }
  return isTold(query) ? [{ kind: "figure", figure: query, value }] : [];
};

const figureBreached = (system: SystemDefinition): Fault => ({
  name: "figure-breached",
  sentence: "What a source outside of the cutover says of the data goes above its limit.",
  stages: left(system).filter((stage) =>
    dataChecksOf(system, stage).some((check) => breached(check).length > 0),
  ),
  moment: "during",
  disturbances: (system.dataChecks ?? []).flatMap(breached),
  expects: {
    outcome: "refused",
    because: "Data of which a figure says that it is not right takes no step forward.",
    refusedBy: ["data-in-step"],
  },
});

const syncStalled = (system: SystemDefinition): Fault => ({
  name: "sync-stalled",
  sentence: "The copying between the stores stands still.",
  stages: leftByFigures(system, ["sync.backlog", "sync.lag"]),
  moment: "during",
  disturbances: [{ kind: "sync", state: "stalled" }],
  expects: {
    outcome: "refused",
    because: "Blue falls behind, so no further step is taken away from it; what waits is not lost.",
    refusedBy: ["data-in-step"],
  },
});

const syncMissesChanges = (system: SystemDefinition): Fault => {
  const triggers = mismatchTriggers(system);
  const common = {
    name: "sync-misses-changes",
    sentence:
      "What listens to both stores misses every second change, which then neither waits nor is copied.",
    moment: "during",
    disturbances: [{ kind: "changes missed" }],
  } as const;
  return triggers.length > 0
    ? {
        ...common,
        stages: alarmLeadsBack(system).filter((stage) => isCopied(system, stage)),
        expects: {
          outcome: "rolled-back",
          because:
            "Rows that differ order the way back; comparing finds what green alone took, and blue has it then.",
          triggeredBy: namesOf(triggers),
        },
      }
    : {
        ...common,
        stages: leftByFigures(system, ["sync.mismatches"]),
        expects: {
          outcome: "refused",
          because: "Comparing finds the rows that differ, and no step forward is taken on them.",
          refusedBy: ["data-in-step"],
        },
      };
};
