import type { Plan } from "../../definition/plan.ts";
import type { SystemDefinition } from "../../definition/system.ts";
import { code, text } from "../markdown.ts";
import { afterwardsChapters, nightChapters, wayBackChapter } from "./night.ts";
import { healthChapter } from "./health.ts";
import { people } from "./people.ts";
import { calendarChapter, preparationChapters } from "./preparation.ts";
import { list } from "./words.ts";

/**
 * The runbook of a cutover as Markdown: everything that people do, with the command where there is one, from
 * the definition and nothing else. What is still open stands out as such.
 */
export const runbookMarkdown = (
  plan: Plan & Partial<Pick<SystemDefinition, "workload" | "environments">>,
): string => {
  const { name, title, document } = plan;
  const { id, version, date, classification, companions } = document;
  const chapters = [
    `# ${text(title)}: runbook`,
    `**${text(classification)}**`,
    `Written by ${code(`cutover runbook ${name}`)} from ${code(`stacks/${name}.ts`)}; change it there. The plan is ${text(id)}, version ${text(version)} of ${date}. Commands take the stack from ${code("PULUMI_STACK")}, and stand for ${code("npm run -s cutover -- …")} in the project's folder.`,
    ...(companions.length === 0
      ? []
      : [list(companions.map((each) => `${text(each.title)}: ${code(each.location)}`))]),
    ...wayBackChapter(plan),
    ...calendarChapter(plan),
    ...preparationChapters(plan),
    ...healthChapter(plan),
    ...nightChapters(plan),
    ...people(plan),
    ...afterwardsChapters(plan),
  ];
  return `${chapters.join("\n\n")}\n`;
};
