import * as pulumi from "@pulumi/pulumi";
import { greenWeightAt } from "../definition/ladder.ts";
import type { StackEnvironment } from "../definition/stack-environment.ts";
import type { SettledSystem } from "../definition/system.ts";
import { liveRoute } from "../policies/facts/live-route.ts";

/**
 * What the route is to say that it was written over, when its stage is one that the ledger holds already.
 *
 * A write whose answer was lost, or a change by hand, leaves Green with more traffic than the state
 * believes. Setting the value back would then find nothing to do, and the way back would end without a
 * word while Green keeps its traffic. Such a route is written again. One that gives Green less is left
 * alone: traffic is never raised without its gates.
 */
export const routeOutOfStep = async (
  system: SettledSystem,
  environment: StackEnvironment,
  stage: string,
): Promise<string | undefined> => {
  const stack = pulumi.getStack();
  const reading = await liveRoute(system, { environment, stack }, process.env);
  if (!reading.known) {
    await pulumi.log.warn(
      `${system.name}: nobody knows the weights in force: ${reading.reason}. The update goes by the state; look at the route itself.`,
    );
    return undefined;
  }
  const { weights, writtenOver, version } = reading.value;
  const asked = greenWeightAt(system, stage);
  if (weights.green <= asked) return writtenOver;
  await pulumi.log.warn(
    `${system.name}: the route gives green ${weights.green} %, and ${stage} asks for ${asked} %: it is written again.`,
  );
  return version;
};
