import type { Stage } from "../definition/stage.ts";
import { minutes, type Duration } from "../definition/units.ts";

/** How long a stage without a soak is watched, so that the gates of the next move have facts. */
const leastWatch = minutes(5);

/** How long a stage carries its traffic before anybody thinks of the next one. */
export const carryTime = ({ leave }: Stage): Duration => leave?.soak ?? leastWatch;
