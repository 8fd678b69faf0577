import { writtenOver } from "./written-over.ts";

/** What a load balancer's description says: whose it is, and what the last write of it replaced. */
export const balancerDescription = {
  /** @param over see definition/written-over.ts. */
  of: (system: string, over: string | undefined): string =>
    over === undefined ? ownerLine(system) : `${ownerLine(system)}, ${writtenOver}=${over}`,
  /** Whether the system's own component wrote it. */
  isOf: (system: string, text: string): boolean =>
    text === ownerLine(system) || text.startsWith(`${ownerLine(system)}, ${writtenOver}=`),
  /** What it says that it was written over, if anything. */
  writtenOverIn: (text: string): string | undefined => text.split(`${writtenOver}=`)[1],
};

const ownerLine = (system: string): string => `Cutover of ${system}`;
