import type { Problem } from "./bad-input.ts";
import { maintenanceKey } from "./maintenance.ts";
import type { Plan } from "./plan.ts";

/** What is wrong with a plan's maintenance: its config key must be its own, and what turns it on must have it. */
export const maintenanceProblems = ({ config, options, maintenance, night }: Plan): Problem[] =>
  maintenance === undefined
    ? night.slots.flatMap(({ maintenance: turned }, index) =>
        turned === undefined
          ? []
          : [
              {
                key: "maintenance",
                found: "missing",
                expected: `the time that it may take, as night.slots.${index} turns it ${turned}`,
              },
            ],
      )
    : (["config", "options"] as const).flatMap((part) =>
        Object.hasOwn({ config, options }[part] ?? {}, maintenanceKey)
          ? [
              {
                key: `${part}.${maintenanceKey}`,
                found: "a key of the plan's own",
                expected: "another key, as this one turns maintenance on and off",
              },
            ]
          : [],
      );
