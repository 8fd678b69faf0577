import { isOfOneSide } from "../../definition/thresholds.ts";
import { deploymentProblems } from "./deployment-problems.ts";
import { passed, refused, rule } from "./rule.ts";
import { thresholdFindings } from "./threshold-findings.ts";

/** No step away from a blue that could not take the traffic back. */
export const safeSide = rule({
  name: "safe-side",
  sentence: "Blue is fit to take all traffic back",
  severity: "critical",
  remediation: "Mend blue before anything moves further away from it.",
  binds: ["forward"],
  needs: ["blueDeployment", "blueValues", "watchedRequests"],
  judge({ definition, facts: { blueDeployment: blue, blueValues, watchedRequests } }) {
    const { thresholds, alarms, workload } = definition;
    // With hardly any requests one failure would be a breach; NaN counts as many, and is judged.
    const judged = !(watchedRequests.blue < Math.max(1, alarms.minimumRequests));
    const { problems, good } = thresholdFindings(
      "blue",
      judged ? thresholds.filter((each) => each.breach === "roll back" && isOfOneSide(each)) : [],
      blueValues,
      { missing: "is a problem" },
    );
    const found = [...deploymentProblems(blue, workload.replicas), ...problems];
    return found.length === 0
      ? passed(
          [`${blue.ready} of ${blue.desired} replicas of ${blue.name} ready`, ...good].join(", "),
        )
      : refused({
          found: found.join("; "),
          expected: "a blue that can take all traffic back",
          says: `no safe side: ${found.join("; ")}`,
        });
  },
});
