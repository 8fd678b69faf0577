import { execFile, execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CutoverClock } from "../../../../rehearsal/clock.ts";
import { Interruptions } from "../../../../rehearsal/providers/interruptions.ts";
import { startKubernetesProvider } from "../../../../rehearsal/providers/kubernetes/kubernetes-provider.ts";
import type { RunningProvider } from "../../../../rehearsal/providers/provider-server.ts";
import { MemoryObjectStore } from "../../../../rehearsal/world/api-server/object-store.ts";
import { virtualService } from "../../world/api-server/objects.ts";

const isInstalled = (): boolean => {
  try {
    execFileSync("pulumi", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

const program = `
import * as pulumi from "@pulumi/pulumi";
import * as kubernetes from "@pulumi/kubernetes";
const green = new pulumi.Config("lms").requireNumber("weight");
const provider = new kubernetes.Provider("cluster", { kubeconfig: "{}", namespace: "production" });
const weighted = (subset, weight) => ({ destination: { host: "lms", subset }, weight });
const http = [{ route: [weighted("blue", 100 - green), weighted("green", green)] }];
new kubernetes.apiextensions.CustomResource(
  "route",
  {
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    metadata: { name: "lms" },
    spec: { hosts: ["lms"], http },
  },
  { provider },
);
new kubernetes.core.v1.ConfigMap("named", { data: { secret: pulumi.secret("hush") } }, { provider });
export const sessions = kubernetes.core.v1.Namespace.get("home", "production", { provider }).status;
`;

// Runs only where the real engine is: everywhere else the gRPC tests say the same.
describe.skipIf(!isInstalled())("under the real engine and SDK", () => {
  const store = new MemoryObjectStore(CutoverClock.startingAt(Date.now()), ["production"]);
  const interruptions = new Interruptions();
  let running: RunningProvider;
  let directory: string;

  beforeAll(async () => {
    running = await startKubernetesProvider(
      { store, clock: CutoverClock.startingAt(0) },
      interruptions,
    );
    directory = await mkdtemp(join(tmpdir(), "real-engine-"));
    await mkdir(join(directory, "state"));
    await symlink(resolve("node_modules"), join(directory, "node_modules"));
    await writeFile(join(directory, "package.json"), '{ "type": "module" }');
    await writeFile(join(directory, "index.js"), program);
    const runtime = "{ name: nodejs, options: { typescript: false } }";
    await writeFile(join(directory, "Pulumi.yaml"), `name: cutover\nruntime: ${runtime}\n`);
    await pulumi("stack", "init", "test");
  });
  afterAll(async () => {
    await running.stop();
    await rm(directory, { recursive: true });
  });

  const pulumi = async (...command: string[]): Promise<string> => {
    const { stdout } = await promisify(execFile)("pulumi", [...command, "--non-interactive"], {
      cwd: directory,
      env: {
        ...process.env,
        PULUMI_BACKEND_URL: `file://${join(directory, "state")}`,
        PULUMI_CONFIG_PASSPHRASE: "test",
        PULUMI_SKIP_UPDATE_CHECK: "1",
        PULUMI_DEBUG_PROVIDERS: `kubernetes:${String(running.port)}`,
      },
    }).catch((error: unknown) => {
      throw new Error((error as { stdout?: string }).stdout ?? String(error));
    });
    return stdout;
  };
  const up = async (weight: number): Promise<string> => {
    await pulumi("config", "set", "lms:weight", String(weight));
    return pulumi("up", "--yes", "--skip-preview");
  };
  const stored = (): unknown => store.list("networking.istio.io/v1", "VirtualService")[0]?.spec;

  test("a cutover moves the weights, and nothing else", async () => {
    expect(await up(0)).toContain("+ 4 created");
    expect(stored()).toEqual(virtualService(100, 0).spec);
    await pulumi("preview", "--expect-no-changes");
    expect(await up(10)).toMatch(/~ 1 updated\n\s+3 unchanged/);
    expect(stored()).toEqual(virtualService(90, 10).spec);
  });

  test("an update whose answer was lost fails, and the next one settles it", async () => {
    const type = "kubernetes:networking.istio.io/v1:VirtualService";
    interruptions.next({ type }, "fail-after");
    await expect(up(50)).rejects.toThrow("may still be processing the request");
    expect(stored()).toEqual(virtualService(50, 50).spec);
    expect(await up(50)).toContain("~ 1 updated");
    await pulumi("preview", "--expect-no-changes");
  });

  test("what somebody moved by hand is found by a refresh and moved back", async () => {
    store.replace(virtualService(0, 100));
    expect(await pulumi("refresh", "--yes", "--skip-preview")).toContain("~ 1 updated");
    expect(await pulumi("up", "--yes", "--skip-preview")).toContain("~ 1 updated");
    expect(stored()).toEqual(virtualService(50, 50).spec);
    expect(await pulumi("destroy", "--yes", "--skip-preview")).toContain("- 4 deleted");
    expect(stored()).toBeUndefined();
  });
});
