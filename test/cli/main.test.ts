import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { z } from "zod";

const root = fileURLToPath(new URL("../..", import.meta.url));

interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly log: string;
}

/** Runs the command line as `npm run -s cutover --` does. */
const cutover = (words: readonly string[], readsOut = true): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", "tsx", "cli/main.ts", ...words], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [out, log] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
    if (!readsOut) child.stdout.destroy();
    child.once("error", reject);
    child.once("close", (status) => {
      resolve({ status, out, log });
    });
  });

const listedSystems = z
  .array(
    z.strictObject({
      name: z.string(),
      title: z.string(),
      stages: z
        .array(
          z.strictObject({
            stage: z.string(),
            title: z.string(),
            set: z.record(z.string(), z.unknown()),
            posture: z.record(z.string(), z.unknown()),
            soakMilliseconds: z.number().min(0),
          }),
        )
        .min(2),
    }),
  )
  .min(1);

const listedFaults = z
  .array(
    z.strictObject({
      name: z.string(),
      sentence: z.string().endsWith("."),
      stages: z.array(z.string()).min(1),
      expects: z.object({
        outcome: z.enum(["completed", "rolled-back", "refused"]),
        because: z.string(),
      }),
    }),
  )
  .min(1);

test("systems --json", async () => {
  const { status, out, log } = await cutover(["systems", "--json", "--json"]);
  expect({ status, log }).toEqual({ status: 0, log: "" });
  expect(listedSystems.parse(JSON.parse(out)).map(({ name }) => name)).toContain("lms");
});

test("faults lms --json", async () => {
  const { status, out, log } = await cutover(["faults", "lms", "--json"]);
  expect({ status, log }).toEqual({ status: 0, log: "" });
  expect(listedFaults.parse(JSON.parse(out)).map(({ name }) => name)).toContain("error-spike");
});

test("systems and faults in words, within 80 columns", async () => {
  const [systems, faults] = await Promise.all([cutover(["systems"]), cutover(["faults", "lms"])]);
  expect([systems.status, faults.status]).toEqual([0, 0]);
  expect(systems.out).toContain("  canary    lms:trafficWeight 10: 10 % of the requests on Green");
  expect(faults.out).toContain("error-spike@{canary,half,full}\n");
  const lines = `${systems.out}\n${faults.out}`.split("\n");
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
});

test("bad input: one line on stderr, nothing on stdout, exit status 2", async () => {
  const [option, fault] = await Promise.all([
    cutover(["rehearse", "lms", "--json", "--sped", "60"]),
    cutover(["rehearse", "lms", "--json", "--fault", "error-spike@nowhere"]),
  ]);
  expect(option).toMatchObject({ status: 2, out: "" });
  expect(option.log).toMatch(/^cutover rehearse: unknown option '--sped' .*\n$/);
  expect(fault).toMatchObject({ status: 2, out: "" });
  expect(fault.log).toMatch(/^cutover rehearse: --fault is "error-spike@nowhere", expected .*\n$/);
});

test("help and no command at all", async () => {
  const [help, nothing] = await Promise.all([cutover(["--help"]), cutover([])]);
  expect(help).toMatchObject({ status: 0, log: "" });
  expect(nothing).toMatchObject({ status: 2, out: "" });
  expect(nothing.log).toBe(help.out);
});

test("nobody reads the result to its end: no trace", async () => {
  const { status, log } = await cutover(["faults", "lms", "--json"], false);
  expect({ status, log }).toEqual({ status: 0, log: "" });
});
