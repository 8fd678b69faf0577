import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { installedCli } from "../../../engine/pulumi/installed-cli.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cli-"));
  vi.stubEnv("PATH", [folder, dirname(process.execPath)].join(delimiter));
  return async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  };
});

const install = async (script: string): Promise<void> => {
  const file = join(folder, "pulumi");
  await writeFile(
    file,
    `#!/usr/bin/env node\n${script}`.replace("/usr/bin/env node", process.execPath),
  );
  await chmod(file, 0o755);
};

test("without a CLI one line says what to install", async () => {
  await expect(installedCli()).rejects.toThrow(
    "PATH: pulumi is not there, expected the Pulumi CLI, version 3.238.0 or newer. " +
      "https://www.pulumi.com/docs/install says how to install it. Nothing changed.",
  );
});

test.for([
  { version: "v3.237.9", found: '"3.237.9"' },
  { version: "v3.238.0-alpha.1", found: '"3.238.0-alpha.1"' },
])("a CLI of version $version is too old", async ({ version, found }) => {
  await install(`console.log("${version}")`);
  await expect(installedCli()).rejects.toThrow(
    `PATH: pulumi is ${found}, expected the Pulumi CLI, version 3.238.0 or newer.`,
  );
});

test("a CLI of the oldest version that will do is taken", async () => {
  await install('console.log("v3.238.0")');
  expect((await installedCli()).version?.version).toBe("3.238.0");
});

test("something else by that name is refused in one line", async () => {
  await install("process.exit(3)");
  await expect(installedCli()).rejects.toThrow(/^PATH: pulumi is unusable \(.*\), expected .*$/);
});
