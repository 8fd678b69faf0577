import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { PulumiEngine } from "../../../engine/pulumi-engine.ts";
import { missing } from "../../conformance/real-cli.ts";

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
    expect({ succeeded, diagnostics }).toEqual({ succeeded: true, diagnostics: [] });
  },
);
