import * as pulumi from "@pulumi/pulumi";
import { getMonitor } from "@pulumi/pulumi/runtime/settings.js";
import type { SettledSystem } from "../../definition/system.ts";
import type { DerivedTransition } from "../../definition/transition.ts";

/** One resource that a program declared. */
export interface DeclaredResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Declares a system under Pulumi's mocks and lists what it declared, in order. */
export const declaredResources = async (
  system: SettledSystem,
  derived: DerivedTransition,
  maintenanceOn = false,
): Promise<readonly DeclaredResource[]> => {
  const declared: DeclaredResource[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        declared.push({ type, name, inputs: inputs as Record<string, unknown> });
        const arn = `arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/${String((inputs as Record<string, unknown>)["name"])}/0123456789abcdef`;
        return { id: `${name}-id`, state: { ...(inputs as object), url: `/${name}`, arn } };
      },
      call: ({ inputs }) => inputs as Record<string, unknown>,
    },
    "cutover",
    "rehearsal",
    false,
  );
  // Pulumi's mocks know no hooks; they are run in test/e2e.
  Object.assign(getMonitor() ?? {}, {
    registerResourceHook: (_request: unknown, done: (error: null, answer: object) => void) => {
      done(null, {});
    },
  });
  const { CutoverSystem } = await import("../../components/cutover-system.ts");
  const { loadSplit } = await import("../../components/traffic-split.ts");
  const { Names } = await import("../../components/names.ts");
  const { weights, alarms } = new CutoverSystem(system.name, {
    system,
    environment: "rehearsal",
    derived,
    maintenanceOn,
    declareSplit: await loadSplit(system.traffic),
    ...(system.names !== undefined && {
      names: { declare: (...args) => new Names(...args), ttlSince: "" },
    }),
  });
  await new Promise<void>((resolve) => {
    pulumi.all([weights, alarms]).apply(() => {
      resolve();
    });
  });
  // What nothing waits for is still being declared.
  await pulumi.runtime.disconnect();
  return declared;
};
