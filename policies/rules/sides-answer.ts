import type { SettledSystem } from "../../definition/system.ts";
import { answerProblems } from "./answer-problems.ts";
import { passed, refused, rule } from "./rule.ts";

/** Green says on its own address that it is well and what was tested, and blue that it is what to go back to. */
export const sidesAnswer = rule({
  name: "sides-answer",
  sentence:
    "Asked on its own address, each side runs its version, and green is well and reaches what it needs",
  severity: "critical",
  remediation:
    "Look at what the side's health endpoint says; no traffic is needed to mend green. The address is in the definition.",
  binds: ["forward"],
  needs: ["blueAnswers", "greenAnswers"],
  judge({ definition, facts: { blueAnswers: blue, greenAnswers: green } }) {
    const { environments, workload } = definition;
    const { health } = workload;
    const problems = [
      ...answerProblems(`${environments.blue.name} ${health.path}`, blue.health, {
        version: environments.blue.version,
      }),
      ...answerProblems(
        `${environments.green.name} ${health.path}`,
        green.health,
        fitGreen(definition),
        health.reports,
      ),
      ...answerProblems(`${environments.green.name} ${health.statusPath}`, green.status, {}),
    ];
    return problems.length === 0
      ? passed(
          `blue says ${environments.blue.version}, green ${environments.green.version} and that it is well`,
        )
      : refused({
          found: problems.join("; "),
          expected: "both sides as the definition has them",
          says: problems.join("; "),
        });
  },
});

/** What green's health endpoint must say, by field. */
const fitGreen = ({
  environments,
  workload: { health },
}: SettledSystem): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(health.dependencies.map((name) => [name, "connected"])),
  ...health.expects,
  version: environments.green.version,
});
