import { fileURLToPath } from "node:url";
import { systemNames } from "../../definition/catalogue.ts";
import { planRows, type PlanRows } from "./plan-rows.ts";

/** A plan's rows and the file that they stand in. */
export interface PlanFile {
  readonly path: string;
  readonly plan: PlanRows;
}

/** In the order of the numbers in their rows: S0 is the first one's. */
const planNames = ["intelliflow", "lms", "nxop", "supabase", "rawdog"] as const;

const systems = systemNames();
const files: readonly PlanFile[] = planNames.map((name) => {
  const path = fileURLToPath(new URL(`../${name}-requirements.json`, import.meta.url));
  return { path, plan: planRows(path) };
});

/** Plans whose system stands in `stacks/`: tests show their rows. */
export const shownPlans = files.filter(({ plan }) => systems.includes(plan.system));

/** Plans whose system is yet to come: rules judge their rows. */
export const judgedPlans = files.filter(({ plan }) => !systems.includes(plan.system));
