import { readFileSync } from "node:fs";
import { Command } from "commander";
import { expect, test } from "vitest";
import { realRehearsals } from "../../cli/rehearsals.ts";
import { subcommands } from "../../cli/run.ts";
import { systemNames } from "../../definition/catalogue.ts";
import { rawdog } from "../../stacks/rawdog.ts";

const page = readFileSync(new URL("../../docs/rawdog-scripts.md", import.meta.url), "utf8");

/** Commands in a text, each as the words after `cutover`. */
const commandsIn = (text: string): readonly string[] =>
  [...text.matchAll(/`cutover ([^`]+)`/g)].map(([, words = ""]) => words);
const commands = [...new Set(commandsIn(page))];

/** Reads words as the command line does and does nothing. @throws what commander says of words that are wrong. */
const read = async (words: string): Promise<readonly string[]> => {
  const [name = "", ...rest] = words.split(" ");
  const known = subcommands(realRehearsals).find((each) => each.name === name);
  if (known === undefined) throw new Error(`there is no command ${name}`);
  const command = new Command(name).exitOverride().configureOutput({ writeErr: () => undefined });
  known.declare(command, async () => undefined);
  return (await command.parseAsync(rest, { from: "user" })).args;
};

test("S4-77: each script of the plan has a row with a command", () => {
  const rows = [...page.matchAll(/^\| `(tooling\/[^`]+)` +\|(.*)$/gm)];
  expect(rows.map(([, script]) => script)).toEqual([
    ...["cutover", "rollback", "smoke-tests", "final-sync"].map(
      (name) => `tooling/cutover/${name}.ts`,
    ),
    ...["dashboard", "alerts", "health-check"].map((name) => `tooling/monitoring/${name}.ts`),
  ]);
  for (const [, script, row = ""] of rows) expect(commandsIn(row), script).not.toEqual([]);
});

test.for(commands)("S4-77: `cutover %s` is a command that there is", async (words) => {
  const [system] = await read(words);
  if (system !== undefined) expect(systemNames()).toContain(system);
});

test("a command, an option or a word too many would be noticed", async () => {
  for (const wrong of ["deploy rawdog", "smoke rawdog --post", "status rawdog lms"]) {
    await expect(read(wrong), wrong).rejects.toThrow();
  }
});

test("stages and checklists that the page names are the definition's", () => {
  const stages = [...page.matchAll(/\bto `([a-z-]+)`/g)].map(([, stage]) => stage);
  const checklists = [...page.matchAll(/--checklist ([a-z-]+)/g)].map(([, name]) => name);
  expect(rawdog.ladder.map(({ name }) => name)).toEqual(expect.arrayContaining(stages));
  expect(rawdog.checklists.map(({ name }) => name)).toEqual(checklists);
});
