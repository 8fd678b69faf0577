import type { DeploymentStatus } from "../facts/facts.ts";

/** What keeps a side from taking traffic, in words; nothing when all its replicas are ready and current. */
export const deploymentProblems = (
  { name, desired, ready, updated, total, observed }: DeploymentStatus,
  { least }: { readonly least: number },
): readonly string[] => [
  ...(observed ? [] : [`${name}'s newest template is not rolled out yet`]),
  ...(desired >= least ? [] : [`${name} asks for ${desired} replicas, at least ${least} are due`]),
  ...(ready >= desired ? [] : [`${ready} of ${desired} replicas of ${name} are ready`]),
  ...(updated >= desired ? [] : [`${updated} of ${desired} replicas of ${name} are up to date`]),
  ...(total <= updated ? [] : [`${total - updated} replicas of ${name} are of an older template`]),
];
