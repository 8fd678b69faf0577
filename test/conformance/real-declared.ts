import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import type { OperationOptions, OperationResult } from "../../engine/engine.ts";
import { OperationLog } from "../../engine/operation-log.ts";
import { failureBeforeBeginning } from "../../engine/pulumi/cli-failure.ts";
import { shownValues } from "../../engine/pulumi/engine-values.ts";
import { EventRecord } from "../../engine/pulumi/event-record.ts";
import type { Fixture, StateFile } from "../rehearsal/engine/fixture.ts";
import type { Declaration } from "../rehearsal/engine/programs/declared/declaration.ts";
import { hostOf } from "./declared-host.ts";

export type Verb = "preview" | "up" | "refresh" | "destroy";

/** Belongs to the passphrase of the fixtures: with it no stack needs to be made by a process of its own. */
export const salt = "v1:yhV5vuuyc1c=:v1:iSSHi5qKMgAtRTNu:P87GdTS0KYxhk49Hg74FlgGMVKTcVw==";

/** Makes the stack of a fixture as `pulumi stack init` would. */
export const initialize = async (stack: Fixture): Promise<void> => {
  await mkdir(dirname(stack.stateFile), { recursive: true });
  await writeFile(join(stack.directory, "state/.pulumi/meta.yaml"), "version: 1\n");
  const checkpoint = { stack: "organization/demo/dev", latest: null };
  await writeFile(stack.stateFile, JSON.stringify({ version: 3, checkpoint }));
  await stack.configure({ "cutover:environment": "rehearsal" }, salt);
};

/** Runs a declaration on the real CLI, without a process for the program: an update takes half a second. */
export const runReal = async (
  verb: Verb,
  stack: Fixture,
  declaration: Declaration,
  options: OperationOptions = {},
): Promise<OperationResult> => {
  const host = await hostOf(declaration);
  const events = join(stack.directory, "events.json");
  await rm(events, { force: true });
  const { environment, backendUrl } = stack.declaring(declaration);
  const child = spawn(
    "pulumi",
    [...argumentsOf(verb, options), `--client=${host.address}`, "--event-log", events],
    {
      cwd: stack.directory,
      env: {
        ...process.env,
        ...environment,
        PULUMI_BACKEND_URL: backendUrl,
        PULUMI_HOME: join(stack.directory, "home"),
        PULUMI_SKIP_UPDATE_CHECK: "1",
        PULUMI_DEBUG_COMMANDS: "true",
      },
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
  const [code] = (await once(child, "close")) as [number | null];
  host.close();
  const log = new OperationLog(options.onEvent);
  const record = new EventRecord(log);
  for (const line of (await readFile(events, "utf8").catch(() => "")).split("\n")) {
    if (line !== "") record.take(JSON.parse(line) as EngineEvent);
  }
  record.close();
  if (code !== 0) {
    if (!record.began) throw failureBeforeBeginning(stack.declaring(declaration), complaint);
    log.fail();
  }
  return log.result(record.outputs ?? (await outputsInState(stack)));
};

/** For operations that say nothing of the stack itself. */
const outputsInState = async (stack: Fixture): Promise<Readonly<Record<string, unknown>>> => {
  const { checkpoint } = JSON.parse(await stack.stateText()) as {
    checkpoint: { latest: Partial<StateFile> | null };
  };
  const resources = checkpoint.latest?.resources ?? [];
  const root = resources.find(({ urn }) => urn.includes("pulumi:pulumi:Stack::"));
  return shownValues(root?.outputs ?? {});
};

const argumentsOf = (
  verb: Verb,
  { parallel = 16, targets = [], policyPacks = [], plan, savePlan }: OperationOptions,
): readonly string[] => [
  verb,
  "--stack=dev",
  "--non-interactive",
  "--color=never",
  `--parallel=${parallel}`,
  ...(verb === "preview" ? [] : ["--yes", "--skip-preview"]),
  ...targets.map((urn) => `--target=${urn}`),
  ...policyPacks.map((pack) => `--policy-pack=${pack}`),
  ...(plan === undefined ? [] : [`--plan=${plan}`]),
  ...(savePlan === undefined ? [] : [`--save-plan=${savePlan}`]),
];
