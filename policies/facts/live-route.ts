import type { SettledSystem } from "../../definition/system.ts";
import type { Weights } from "../../definition/traffic.ts";
import { known, unknown, type Reading } from "./reading.ts";
import { connectionsFor, openSources, type Variables } from "./sources.ts";

/** What carries a system's traffic, as it is in force. */
export interface LiveRoute {
  /** Weights of both sides, added up over their destinations; 0 for a side that is not listed. */
  readonly weights: Weights;
  /** Why what it says is not in force, as far as that can be read; undefined when nothing speaks against it. */
  readonly notInForce: string | undefined;
  /** What it says that it was written over, if anything; see definition/written-over.ts. */
  readonly writtenOver: string | undefined;
  /** Names this version of it: a mark that no write before it has had. */
  readonly version: string;
  /** Whoever else keeps writing it, in words. */
  readonly owners: readonly string[];
}

/** Its weights, where nothing speaks against it that they are in force. */
export const weightsInForce = ({ weights, notInForce }: LiveRoute): Reading<Weights> =>
  notInForce === undefined ? known(weights) : unknown(notInForce);

/** The route of a system as it is in force, read from the system's own source. */
export const liveRoute = async (
  system: SettledSystem,
  where: { readonly environment: string; readonly stack: string },
  variables: Variables,
): Promise<Reading<LiveRoute>> => {
  const connections = connectionsFor(where, system, variables);
  if (!connections.known) return connections;
  return openSources(connections.value).traffic.route(system);
};
