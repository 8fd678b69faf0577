import { setImmediate as questionsBetween, setTimeout as sleep } from "node:timers/promises";
import { loadSystem } from "../definition/catalogue.ts";
import { configByNamespace, namedSystems } from "../definition/named-systems.ts";
import type { SystemDefinition } from "../definition/system.ts";
import { settle } from "../definition/tbd.ts";
import { loadDatadogClient } from "./facts/datadog-api.ts";
import { loadPostgres } from "./facts/postgres-rows.ts";
import { readPublicHolidays, yearsAround } from "./facts/public-holidays-reader.ts";

/**
 * How long a pack leaves its time to the engine's first questions, milliseconds: some 20 go by on a quiet machine
 * from where it listens to the last answer, and the engine starts the program only then.
 */
const firstQuestions = 100;

/**
 * Loads what moves are judged with, while the engine starts the program and asks the pack nothing: between a
 * question and its verdict it would hold up the move. What cannot be loaded is told by the verdict that needs it.
 * @param config of the stack, by `namespace:key`.
 */
export const loadEarly = async (config: Readonly<Record<string, string>>): Promise<void> => {
  await sleep(firstQuestions);
  for (const load of [
    () => loadDefinitions(config),
    () => import("./evidence/read-evidence.ts"),
    () => import("yaml"),
    loadDatadogClient,
    loadPostgres,
  ]) {
    await load().catch(() => undefined);
    await questionsBetween();
  }
};

const loadDefinitions = async (config: Readonly<Record<string, string>>): Promise<void> => {
  for (const name of namedSystems(Object.keys(configByNamespace(config)), "")) {
    await loadSystem(name, "")
      .then(workOutHolidays)
      .catch(() => undefined);
    await questionsBetween();
  }
};

/** Of the years around today: a world whose clock shows another year has its own worked out with the verdict. */
const workOutHolidays = ({ calendar }: Pick<SystemDefinition, "calendar">): void => {
  // A place that is still open stands for its example here, which no verdict outside a rehearsal asks for.
  const settled = settle(calendar, { rehearsal: true, file: "" });
  readPublicHolidays(settled, yearsAround(Date.now()));
};
