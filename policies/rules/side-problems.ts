import type { SettledSystem } from "../../definition/system.ts";
import type { DeploymentStatus } from "../facts/facts.ts";
import { deploymentProblems } from "./deployment-problems.ts";

/** What keeps a side from taking traffic with the image that the definition names, in words. */
export const sideProblems = (
  { workload, environments }: Pick<SettledSystem, "workload" | "environments">,
  side: "blue" | "green",
  found: DeploymentStatus,
): readonly string[] => {
  const { digest } = environments[side].image;
  return [
    ...deploymentProblems(found, workload.replicas),
    ...(found.imageDigest === digest
      ? []
      : [`${found.name} runs ${found.imageDigest || "an image without digest"}, not ${digest}`]),
  ];
};
