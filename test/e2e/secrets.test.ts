import { randomUUID } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { parse, stringify } from "yaml";
import { previewAnswer } from "../../cli/preview-answer.ts";
import { previewMarkdown } from "../../cli/preview-markdown.ts";
import { runCommandLine } from "../../cli/run.ts";
import { stackFile } from "../../operator/stack-file.ts";
import { newPassphraseCrypter } from "../../rehearsal/engine/state/passphrase-crypter.ts";
import { recordingConsole } from "../cli/recording-console.ts";
import { LiveCutover, nightTimeout } from "./live-cutover.ts";
import { asInTerminal } from "./terminal.ts";

vi.setConfig({ testTimeout: nightTimeout, hookTimeout: nightTimeout });

/** Every planted secret begins with it, and nothing else does. */
const mark = `canary${randomUUID().replaceAll("-", "")}`;
const planted = (where: string): string => `${mark}-${where}`;

/** Secrets as a machine that runs updates has them around. */
const variables = Object.fromEntries(
  [
    "DD_API_KEY",
    "DD_APP_KEY",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "PULUMI_ACCESS_TOKEN",
    "GITHUB_TOKEN",
    "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
    "DATABASE_URL",
    "PGPASSWORD",
  ].map((name) => [name, planted(name)]),
);

let cutover: LiveCutover;
let file: string;
let secure: (where: string) => { readonly secure: string };
beforeAll(async () => {
  cutover = await LiveCutover.start();
  await cutover.operator.set("baseline");
  const { directory, stack } = cutover.workspace;
  file = stackFile(directory, stack);
  const crypter = await newPassphraseCrypter(
    cutover.workspace.environment["PULUMI_CONFIG_PASSPHRASE"] ?? "",
  );
  secure = (where) => ({ secure: crypter.encrypt(planted(where)) });
  await change((config) => {
    config["datadog:apiKey"] = secure("config");
    config["aws:secretKey"] = secure("provider");
    config["kubernetes:kubeconfig"] = secure("kubeconfig");
  }, crypter.salt);
  // Somebody pasted what is no statement, and one with more in it than a statement has.
  const evidence = join(directory, "evidence/lms");
  await writeFile(join(evidence, "0-pasted.json"), `password=${planted("pasted")}`);
  await writeFile(join(evidence, "0-signed.json"), `{"statement":"backup","a":"${planted("b")}"}`);
  await writeFile(join(evidence, "0-signed.json.sig"), planted("signature"));
});
afterAll(() => cutover.stop());

asInTerminal(() => {
  const { workspace } = cutover;
  return { ...workspace, environment: { ...workspace.environment, ...variables } };
});

type Config = Record<string, unknown>;

const change = async (edit: (config: Config) => void, encryptionsalt?: string): Promise<void> => {
  const written = parse(await readFile(file, "utf8")) as { config: Config };
  edit(written.config);
  const salt = encryptionsalt === undefined ? {} : { encryptionsalt };
  await writeFile(file, stringify({ ...written, ...salt }));
};

/** What a command answers; nothing that it prints, its traces included, may hold what was planted. */
const said = async (...words: readonly string[]): Promise<string> => {
  const console = recordingConsole({ traces: true });
  await runCommandLine(words, console);
  const text = [...console.outLines, ...console.logLines].join("\n");
  expect(text.length, words.join(" ")).toBeGreaterThan(0);
  expect(text, words.join(" ")).not.toContain(mark);
  return console.outLines.join("\n");
};

/** Every file of the stack but its evidence: state, history, plans, comments, reports, what the CLI keeps. */
const expectCleanFiles = async (): Promise<readonly string[]> => {
  const { directory } = cutover.workspace;
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(join(directory, "evidence")));
  for (const path of files) expect(await readFile(path, "latin1"), path).not.toContain(mark);
  return files.map((path) => path.slice(directory.length + 1));
};

// Each test goes on where the one before it stopped.

test("an update, its preview, plan, comment and standing show nothing that was planted", async () => {
  const { directory } = cutover.workspace;
  const plan = join(directory, "plan.json");
  await cutover.letSign("baseline");
  const preview = await said("preview", "--save-plan", plan, "--json");
  const comment = previewMarkdown(previewAnswer.parse(JSON.parse(preview)));
  expect(comment).not.toContain(mark);
  expect(await said("advance", "lms", "--json")).toContain('"moved"');
  await cutover.operator.set("canary");
  const refused = await said("preview");
  // The files that do not count are named, with a reason and without their text.
  expect(refused).toContain("evidence/lms/0-");
  for (const command of ["status lms", "readiness lms", "ledger lms", "retention", "advance lms"]) {
    const words = command.split(" ");
    await said(...words);
    await said(...words, "--json");
  }
  const files = await expectCleanFiles();
  expect(files).toContain("plan.json");
  expect(files.filter((path) => path.startsWith(".pulumi/stacks/")).length).toBeGreaterThan(0);
});

test("lists of people that cannot be read are named without their text", async () => {
  const { directory } = cutover.workspace;
  for (const list of ["people.yaml", "allowed_signers"]) {
    const path = join(directory, "evidence", list);
    const before = await readFile(path);
    await writeFile(path, `${planted(list)}: [${planted("more")}\n`);
    await said("preview");
    await writeFile(path, before);
  }
});

test("a secret where a stage's value belongs fails the update by its key, and is not shown", async () => {
  for (const key of ["lms:trafficWeight", "lms:password", "cutover:environment"]) {
    const before = await readFile(file, "utf8");
    await change((config) => {
      config[key] = secure(key);
    });
    await said("preview");
    const { workspace } = cutover;
    const environment = { ...workspace.environment, ...variables };
    const refusal = await cutover
      .operatorWith({ workspace: { ...workspace, environment } })
      .up()
      .then(
        ({ succeeded, diagnostics }) => (succeeded ? "" : JSON.stringify(diagnostics)),
        (error: unknown) => String(error),
      );
    expect(refusal, key).toContain(key);
    expect(refusal, key).not.toContain(mark);
    await writeFile(file, before);
  }
  await expectCleanFiles();
});

test("a rehearsal that fails, with its report, shows nothing that was planted", async () => {
  const report = join(cutover.workspace.directory, "report.html");
  const words = ["rehearse", "lms", "--fault", "green-never-healthy@baseline", "--speed", "240"];
  expect(await said(...words, "--report", report, "--json")).toContain('"refused"');
  expect(await expectCleanFiles()).toContain("report.html");
});
