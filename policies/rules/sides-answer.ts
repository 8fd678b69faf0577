import type { SettledSystem } from "../../definition/system.ts";
import type { SideAnswer } from "../facts/facts.ts";
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
      ...problemsOf(`${environments.blue.name} ${health.path}`, blue.health, {
        version: environments.blue.version,
      }),
      ...problemsOf(
        `${environments.green.name} ${health.path}`,
        green.health,
        fitGreen(definition),
        health.reports,
      ),
      ...problemsOf(`${environments.green.name} ${health.statusPath}`, green.status, {}),
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

/** @param reports fields that must be there, whatever they say. */
const problemsOf = (
  where: string,
  { code, fields }: SideAnswer,
  expects: Readonly<Record<string, string>>,
  reports: readonly string[] = [],
): readonly string[] => {
  if (code !== 200) return [`${where} answers ${code}`];
  const found = (field: string): unknown =>
    Object.hasOwn(fields, field) ? fields[field] : undefined;
  return [
    ...Object.entries(expects).flatMap(([field, value]) =>
      found(field) === value
        ? []
        : [`${where} says ${field}: ${shown(found(field))}, not ${value}`],
    ),
    ...reports.flatMap((field) =>
      found(field) === undefined ? [`${where} says nothing of ${field}`] : [],
    ),
  ];
};

/** Comes from outside: short, and on one line. */
const shown = (value: unknown): string => {
  const text =
    value === undefined ? "nothing" : typeof value === "string" ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
};

const longest = 40;
