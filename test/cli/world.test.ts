import { expect, test } from "vitest";
import { systemNames } from "../../definition/catalogue.ts";
import { runCommandLine } from "../../cli/run.ts";
import type { Rehearsals } from "../../cli/rehearsals.ts";
import { recordingConsole } from "./recording-console.ts";
import { exampleWorld, recordingRehearsals } from "./recording-rehearsals.ts";

const known = `one of ${systemNames().join(", ")}`;

const run = async (words: string, more: Partial<Rehearsals> = {}, signal?: AbortSignal) => {
  const rehearsals = recordingRehearsals();
  const console = { ...recordingConsole(), ...(signal !== undefined && { signal }) };
  const status = await runCommandLine(words.split(" "), console, { ...rehearsals, ...more });
  return { status, out: console.outLines, log: console.logLines, worlds: rehearsals.worlds };
};

test("with --json it prints one line when the world is ready, and nothing else there", async () => {
  const { status, out } = await run("world lms --json");
  const { env, directory, stack, policyPack, page } = exampleWorld;
  expect(status).toBe(0);
  expect(out).toHaveLength(1);
  expect(out[0]).not.toContain("\n");
  expect(JSON.parse(out[0] ?? "")).toEqual({ env, directory, stack, policyPack, page });
});

test("people are told the page, what to type elsewhere, and how it ends", async () => {
  const { out } = await run("world lms");
  expect(out[0]).toContain(exampleWorld.page);
  for (const line of exampleWorld.commands) expect(out[0]).toContain(`  ${line}\n`);
  expect(out[0]).toContain("Ctrl-C");
});

test("runs at wall speed unless asked", async () => {
  expect((await run("world lms")).worlds).toEqual([["lms", 1]]);
  expect((await run("world lms --speed 60")).worlds).toEqual([["lms", 60]]);
});

test.for([
  ["world", "cutover world: missing required argument 'system'"],
  ["world lsm", `cutover world: the system is "lsm", expected ${known}. Did you mean lms?`],
  ["world lms --speed 0", 'cutover world: --speed is "0", expected a number from 1 to 600.'],
])("%s is bad input, and no world is started", async ([words = "", line]) => {
  const { status, log, worlds } = await run(words);
  expect(status).toBe(2);
  expect(log.at(-1)).toContain(line);
  expect(worlds).toEqual([]);
});

/** A world that its user interrupts, which tears down what was being asked. */
const interrupted = async (isReady: boolean) => {
  const user = new AbortController();
  return run(
    "world lms",
    {
      keepWorld: ({ signal, onReady }) => {
        if (isReady) onReady(exampleWorld);
        const torn = new Promise<void>((_, reject) => {
          signal.addEventListener("abort", () => {
            reject(new Error("gone"));
          });
        });
        user.abort();
        return torn;
      },
    },
    user.signal,
  );
};

test("interrupted when it is ready, it is done; before that it is not", async () => {
  expect((await interrupted(true)).status).toBe(0);
  expect((await interrupted(false)).status).toBe(1);
});

test("a part of the world that ends by itself is a failure", async () => {
  const { status, log } = await run("world lms", {
    keepWorld: () => Promise.reject(new Error("the rehearsal's world ended (SIGKILL)")),
  });
  expect(status).toBe(1);
  expect(log.join("\n")).toContain("the rehearsal's world ended");
});
