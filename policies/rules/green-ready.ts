import { passed, refused, rule } from "./rule.ts";
import { sideProblems } from "./side-problems.ts";

/** Green stands whole, and runs the artifact that was tested. */
export const greenReady = rule({
  name: "green-ready",
  sentence: "Every replica of green is ready and runs the image that was tested",
  severity: "critical",
  remediation: "Wait for green's rollout, or mend it; no traffic is needed for that.",
  binds: ["forward"],
  needs: ["greenDeployment"],
  judge({ definition, facts: { greenDeployment: green } }) {
    const { digest } = definition.environments.green.image;
    const found = sideProblems(definition, "green", green);
    return found.length === 0
      ? passed(`${green.ready} of ${green.desired} replicas ready, image ${digest.slice(0, 19)}…`)
      : refused({
          found: found.join("; "),
          expected: `all replicas ready with image ${digest}`,
          says: found.join("; "),
        });
  },
});
