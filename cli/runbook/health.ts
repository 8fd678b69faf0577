import type { SystemDefinition } from "../../definition/system.ts";
import { code, text } from "../markdown.ts";
import { chapter, list, shownOpen, span } from "./words.ts";

/** What must be true of green before it gets traffic; nothing for a plan that does not say what runs. */
export const healthChapter = ({
  workload,
  environments,
}: Partial<Pick<SystemDefinition, "workload" | "environments">>): readonly string[] => {
  if (workload === undefined || environments === undefined) return [];
  const { health, rolloutWithin } = workload;
  const { name, version } = environments.green;
  const fields = Object.entries(health.expects).map(([field, value]) => `${field}: ${value}`);
  return chapter(
    "Green is fit for traffic when",
    list([
      `every pod of ${code(name)} runs, within ${span(rolloutWithin)} of its deployment, and starts without an error in its log`,
      `${code(`GET ${health.path}`)} on green's own address says ${fields.map(code).join(", ")} and version ${shownOpen(version, code)}`,
      `${code(`GET ${health.statusPath}`)} on it answers well`,
      `it reaches all it depends on: ${shownOpen(health.dependencies, (names) => (names.length === 0 ? "nothing else" : names.map(text).join(", ")))}`,
    ]),
  );
};
