import { callFaults } from "./call-faults.ts";
import { dataFaults } from "./data-faults.ts";
import type { FaultsOf } from "./fault.ts";
import { healthFaults } from "./health-faults.ts";
import { peopleFaults } from "./people-faults.ts";
import { trafficFaults } from "./traffic-faults.ts";
import { watchingFaults } from "./watching-faults.ts";

/** Every fault that a rehearsal can inject, as it is for a system; without stages where it means nothing there. */
export const faultsOf: FaultsOf = (system) => [
  ...healthFaults(system),
  ...callFaults(system),
  ...dataFaults(system),
  ...trafficFaults(system),
  ...watchingFaults(system),
  ...peopleFaults(system),
];
