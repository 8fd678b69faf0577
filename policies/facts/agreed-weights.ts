import type { Weights } from "../../definition/traffic.ts";
import { NoAnswer } from "./bounded.ts";

/**
 * The weights that all parts of a route have in common.
 * @param route what it is called in messages. @param parts what its parts are called there.
 * @throws NoAnswer where there is no part, and where two of them differ.
 */
export const agreedWeights = (route: string, parts: string, each: readonly Weights[]): Weights => {
  const [only, ...others] = each;
  if (only === undefined) throw new NoAnswer(`${route} has no ${parts.replace(/s$/, "")}`);
  if (others.some(({ blue, green }) => blue !== only.blue || green !== only.green)) {
    throw new NoAnswer(`the ${parts} of ${route} have different weights`);
  }
  return only;
};
