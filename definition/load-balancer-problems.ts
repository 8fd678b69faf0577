import { shown, type Problem } from "./bad-input.ts";
import type { SystemDefinition } from "./system.ts";

/** What Cloudflare would refuse of a load balancer in the middle of a first update. */
export const loadBalancerProblems = ({
  traffic,
}: Pick<SystemDefinition, "traffic">): readonly Problem[] => {
  if (traffic.mechanism !== "cloudflare load balancer") return [];
  const { every, from } = traffic.checks;
  const seconds = every.milliseconds / 1_000;
  return [
    ...(Number.isInteger(seconds) && seconds >= 10 && seconds <= 3_600
      ? []
      : [
          {
            key: "traffic.checks.every",
            found: `${every.milliseconds} ms`,
            expected:
              "whole seconds from 10 s to 1 h; your plan of Cloudflare may demand 15 s or 60 s",
          },
        ]),
    // None would mean every data center, which is for Enterprise.
    ...(from.length > 0 && from.every((region) => regions.includes(region))
      ? []
      : [
          {
            key: "traffic.checks.from",
            found: shown(from),
            expected: `one or more of ${regions.join(", ")}`,
          },
        ]),
  ];
};

/** Where Cloudflare can look from. */
const regions = [
  ...["WNAM", "ENAM", "WEU", "EEU", "NSAM", "SSAM", "OC"],
  ...["ME", "NAF", "SAF", "SAS", "SEAS", "NEAS"],
];
