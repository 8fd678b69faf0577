import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { PulumiEngine } from "../../../engine/pulumi-engine.ts";
import { missing } from "../../conformance/real-cli.ts";

const modules = fileURLToPath(new URL("../../../node_modules", import.meta.url));

// Says why it is skipped: test/conformance/installed.test.ts.
test.skipIf(missing !== undefined)(
  "a policy pack that a variable names is no part of an operation: a way back may have to do without",
  async () => {
    const directory = await mkdtemp(join(tmpdir(), "cutover-opened-stack-"));
    onTestFinished(() => rm(directory, { recursive: true }));
    await writeFile(
      join(directory, "Pulumi.yaml"),
      "name: plain\nruntime: nodejs\nmain: index.js\n",
    );
    await writeFile(join(directory, "index.js"), "");
    await symlink(modules, join(directory, "node_modules"));
    const engine = await PulumiEngine.create();
    const { succeeded, diagnostics } = await engine.preview({
      directory,
      stack: "rehearsal",
      backendUrl: `file://${directory}`,
      environment: {
        PULUMI_CONFIG_PASSPHRASE: "test",
        PULUMI_HOME: join(directory, "home"),
        PULUMI_OPTION_POLICY_PACK: join(directory, "there-is-no-such-pack"),
      },
    });
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    expect({ succeeded, errors }).toEqual({ succeeded: true, errors: [] });
  },
);
