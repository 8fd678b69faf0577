import { stackEnvironments } from "../../definition/stack-environment.ts";
import { isRehearsalStack } from "../rehearsal-stack.ts";
import { passed, refused, rule } from "./rule.ts";

/** Only a rehearsal runs on stand-ins and on its own clock, and it never touches anything else. */
export const environment = rule({
  name: "environment",
  sentence: "A rehearsal runs on a rehearsal's stack, and nothing else does",
  severity: "critical",
  remediation: "Correct cutover:environment in the stack file, or choose the stack that you meant.",
  binds: ["begin", "forward"],
  needs: [],
  judge({ move }) {
    const known = stackEnvironments.find((one) => one === move.environment);
    if (known === undefined) {
      return refused({
        found: `cutover:environment "${move.environment}"`,
        expected: stackEnvironments.join(", "),
      });
    }
    return isRehearsalStack(move.stack) === (known === "rehearsal")
      ? passed(`${known} on stack ${move.stack}`)
      : refused({
          found: `cutover:environment ${known} on stack ${move.stack}`,
          expected:
            known === "rehearsal"
              ? "a stack named rehearsal, or rehearsal-…"
              : "a stack whose name does not begin with rehearsal",
        });
  },
});
