import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { systemNames } from "../../definition/catalogue.ts";
import { runCommandLine, subcommands } from "../../cli/run.ts";
import { recordingConsole } from "./recording-console.ts";
import { recordingRehearsals } from "./recording-rehearsals.ts";

const known = `one of ${systemNames().join(", ")}`;

const run = async (words: readonly string[]) => {
  const console = recordingConsole();
  const rehearsals = recordingRehearsals();
  const status = await runCommandLine(words, console, rehearsals);
  return { status, out: console.outLines, log: console.logLines, rehearsals };
};

const commands = subcommands(recordingRehearsals())
  .map(({ name }) => name)
  .join(", ");

describe("bad input: one line, exit status 2, and nothing begins", () => {
  const seeHelp = "See: npm run -s cutover -- rehearse --help. Nothing changed.";
  const options = "--json, --fault, --engine, --speed, --seed, --report, --help";
  test.for<[words: string, line: string]>([
    [
      "rehears lms",
      `cutover: unknown command 'rehears' (Did you mean rehearse?), expected ${commands}. See: npm run -s cutover -- --help. Nothing changed.`,
    ],
    [
      "--jsno systems",
      `cutover: unknown option '--jsno', expected ${commands}, --help. See: npm run -s cutover -- --help. Nothing changed.`,
    ],
    [
      "rehearse --spead 60",
      `cutover rehearse: unknown option '--spead' (Did you mean --speed?), expected ${options}. ${seeHelp}`,
    ],
    [
      "rehearse lms lms",
      `cutover rehearse: too many arguments, expected cutover rehearse [options] [system]. ${seeHelp}`,
    ],
    [
      "rehearse --seed",
      `cutover rehearse: option '--seed <n>' argument missing, expected a value after it. ${seeHelp}`,
    ],
    [
      "faults",
      "cutover faults: missing required argument 'system', expected cutover faults [options] <system>. See: npm run -s cutover -- faults --help. Nothing changed.",
    ],
    [
      "rehearse lsm",
      `cutover rehearse: the system is "lsm", expected ${known}. Did you mean lms? Nothing changed.`,
    ],
    [
      "faults elephant",
      `cutover faults: the system is "elephant", expected ${known}. Nothing changed.`,
    ],
    [
      "rehearse --speed 0",
      'cutover rehearse: --speed is "0", expected a number from 1 to 600. Nothing changed.',
    ],
    [
      "rehearse --speed 601",
      'cutover rehearse: --speed is "601", expected a number from 1 to 600. Nothing changed.',
    ],
    [
      "rehearse --speed 1e2",
      'cutover rehearse: --speed is "1e2", expected a number from 1 to 600. Nothing changed.',
    ],
    [
      "rehearse --seed -1",
      'cutover rehearse: --seed is "-1", expected a whole number from 0 to 2147483647. Nothing changed.',
    ],
    [
      "rehearse --seed 1.5",
      'cutover rehearse: --seed is "1.5", expected a whole number from 0 to 2147483647. Nothing changed.',
    ],
    [
      "rehearse --seed 2147483648",
      'cutover rehearse: --seed is "2147483648", expected a whole number from 0 to 2147483647. Nothing changed.',
    ],
    [
      "rehearse --engine terraform",
      'cutover rehearse: --engine is "terraform", expected embedded or pulumi. Nothing changed.',
    ],
    [
      "rehearse --fault error-spike@nowhere",
      'cutover rehearse: --fault is "error-spike@nowhere", expected error-spike@canary, error-spike@half, error-spike@full. Nothing changed.',
    ],
    [
      "rehearse --fault error-spike",
      'cutover rehearse: --fault is "error-spike", expected error-spike@canary, error-spike@half, error-spike@full. Nothing changed.',
    ],
    [
      "rehearse --report /nowhere/r.html",
      'cutover rehearse: --report is "/nowhere/r.html", whose folder does not exist, expected a file in a folder that exists. Nothing changed.',
    ],
    [
      "rehearse --report /tmp",
      'cutover rehearse: --report is "/tmp", which names a folder, expected the name of a file. Nothing changed.',
    ],
    [
      "rehearse --report /proc/version/r.html",
      'cutover rehearse: --report is "/proc/version/r.html", whose folder does not exist, expected a file in a folder that exists. Nothing changed.',
    ],
  ])("%s", async ([words, line]) => {
    for (const json of [[], ["--json"]]) {
      // An option without its value would take the next word for it.
      if (words.endsWith("--seed") && json.length > 0) continue;
      const { status, out, log, rehearsals } = await run([...words.split(" "), ...json]);
      expect({ status, out, log }).toEqual({ status: 2, out: [], log: [line] });
      expect(rehearsals.requests).toEqual([]);
    }
  });

  test.for([["no-such-fault@canary"], ["error-spike@canary@half"], [""]])(
    "a fault written %j",
    async ([fault = ""]) => {
      const { status, out, log, rehearsals } = await run(["rehearse", "--fault", fault]);
      expect({ status, out }).toEqual({ status: 2, out: [] });
      expect(log).toHaveLength(1);
      expect(log[0]).toContain(`--fault is ${JSON.stringify(fault)}, expected NAME@STAGE`);
      expect(rehearsals.requests).toEqual([]);
    },
  );

  test("a report without a name", async () => {
    const { status, log } = await run(["rehearse", "--report", ""]);
    expect(status).toBe(2);
    expect(log).toEqual([
      'cutover rehearse: --report is "", which is no file name, expected the name of a file. Nothing changed.',
    ]);
  });

  test("no command at all: help on stderr", async () => {
    const { status, out, log } = await run([]);
    expect({ status, out }).toEqual({ status: 2, out: [] });
    expect(log.join("\n")).toContain("Usage: cutover COMMAND [options]");
  });
});

describe("help that is asked for", () => {
  test.for([["--help"], ["-h"], ["rehearse", "--help"], ["systems", "--help"], ["faults", "-h"]])(
    "%s",
    async (words) => {
      const { status, out, log } = await run(words);
      expect({ status, log }).toEqual({ status: 0, log: [] });
      const text = out.join("\n");
      expect(text).toContain("Usage: cutover");
      expect(text).toContain("Examples:\n  npm run -s cutover -- ");
      expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
    },
  );

  const examples = subcommands(recordingRehearsals()).flatMap((command) => command.examples);

  // Those that work on a stack are run in test/e2e/stack-commands.test.ts.
  test.for(examples.filter((example) => !example.includes("--stack")))(
    "its example works: %s",
    async (example) => {
      const { status, out } = await run(example.split(" "));
      expect(status).toBe(0);
      expect(out).toHaveLength(1);
    },
  );
});

test("whatever is typed: one of three exit statuses, and never a trace", async () => {
  const known = ["rehearse", "systems", "faults", "lms", "--json", "--fault", "--speed", "--seed"];
  const more = [
    "--engine",
    "--report",
    "embedded",
    "error-spike@canary",
    "--help",
    "--",
    "60",
    "-",
  ];
  const word = fc.oneof(
    fc.constantFrom(...known, ...more),
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.string({ maxLength: 300 }),
    fc.constantFrom("__proto__", "constructor", "toString", "--__proto__", "--no-json", "-x"),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 6 }), async (words) => {
      const { status, out, log } = await run(words);
      expect([0, 1, 2]).toContain(status);
      expect([...out, ...log].join("\n")).not.toMatch(/^\s+at .+:\d+:\d+|unexpected error/m);
      if (status === 2 && words.length > 0) {
        expect(out).toEqual([]);
        const said = log.join("\n");
        // Help instead of a missing command is the only answer of many lines.
        if (!said.startsWith("Usage:")) {
          expect(log).toHaveLength(1);
          expect(said).toMatch(/^cutover[^\p{Cc}]*Nothing changed\.$/u);
        }
      }
    }),
    { numRuns: 400 },
  );
});
