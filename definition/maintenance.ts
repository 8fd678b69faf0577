import type { Plan } from "./plan.ts";
import { oneOf, type ConfigKey } from "./posture.ts";
import type { Duration } from "./units.ts";

/**
 * Maintenance that a person turns on and off by the config value `maintenance`, on its own: it moves no traffic, and
 * no stage asks for it.
 */
export interface Maintenance {
  /** What all of it may last in one cutover: it ends by itself then, whatever the config says. */
  readonly within: Duration;
  readonly source: string;
}

/** Key of the config value: `on` or `off`. */
export const maintenanceKey = "maintenance";

/**
 * Name of the Lease that holds a system's maintenance, in the namespace of the workload. While it is held, an
 * application of either side answers every request of a user with 503, a page, and in `Retry-After` when it ends at
 * the latest; what checks its health is answered as ever.
 */
export const maintenanceName = ({ name }: Pick<Plan, "name">): string => `${name}-maintenance`;

/** Annotation of that Lease: what the config value was at the last update. */
export const maintenanceAnnotation = "cutover/maintenance";

/** The config keys beside the ladder: those that the plan names, and that of its maintenance. */
export const optionsOf = ({
  options = {},
  maintenance,
}: Pick<Plan, "options" | "maintenance">): Readonly<Record<string, ConfigKey>> =>
  maintenance === undefined
    ? options
    : {
        ...options,
        [maintenanceKey]: oneOf(["off", "on"], "Whether users get a page instead of an answer", {
          unlessSet: "off",
        }),
      };
