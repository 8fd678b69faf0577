import { expect, test } from "vitest";
import { settle } from "../../definition/tbd.ts";
import { lms } from "../../stacks/lms.ts";
import { rawdog } from "../../stacks/rawdog.ts";
import { declaredResources } from "./declared-resources.ts";

const shop = settle(rawdog, { rehearsal: true, file: "stacks/rawdog.ts" });
const leave = settle(lms, { rehearsal: true, file: "stacks/lms.ts" });
const moving = (from: string, to: string) => ({
  recorded: false,
  transition: {
    ...{ from, to, sequence: 2, since: "2026-06-23T05:00:00.000Z" },
    ...{ follows: "", sinceCommit: "", damage: "" },
  },
});
const declared = async (system: typeof shop, from: string, to: string) => {
  const resources = await declaredResources(system, moving(from, to));
  return {
    lease: resources.find(({ name }) => name === "rawdog-sync-freeze")?.inputs,
    sync: resources.find(({ name }) => name === "rawdog-sync-deployment")?.inputs as
      { readonly spec: Readonly<Record<string, unknown>> } | undefined,
    pods: resources
      .filter(({ type }) => type.endsWith(":Deployment"))
      .map(({ inputs }) => JSON.stringify(inputs)),
  };
};

test.for([
  ["prepare", "ttl-lowered", 1],
  ["ttl-lowered", "canary", 1],
  ["canary", "half", 1],
  ["half", "ttl-lowered", 1],
  ["full", "retained", 0],
] as const)(
  "S4-5: on the way from %s to %s, %i process copies between the stores",
  async ([from, to, replicas]) => {
    const { sync } = await declared(shop, from, to);
    expect(sync?.spec).toMatchObject({ replicas, strategy: { type: "Recreate" } });
  },
);

test("it is given both stores by their secrets, and the freeze that it keeps to", async () => {
  const { sync, lease } = await declared(shop, "prepare", "ttl-lowered");
  expect(lease).toMatchObject({ metadata: { name: "rawdog-freeze", namespace: "rawdog" } });
  expect(sync?.spec).toMatchObject({
    template: {
      spec: {
        containers: [
          {
            env: [
              { name: "BLUE_URL", valueFrom: { secretKeyRef: { name: "rawdog-database" } } },
              {
                name: "GREEN_URL",
                valueFrom: { secretKeyRef: { name: "rawdog-platform-database" } },
              },
              { name: "FREEZE_LEASE", value: "rawdog-freeze" },
              { name: "DD_SERVICE", value: "rawdog-sync" },
            ],
          },
        ],
      },
    },
  });
});

test("applications of such a system are told which Lease to follow; others know none", async () => {
  const { pods } = await declared(shop, "prepare", "ttl-lowered");
  for (const pod of pods) expect(pod).toContain('{"name":"FREEZE_LEASE","value":"rawdog-freeze"}');
  const other = await declared(leave, "baseline", "canary");
  expect(other.lease).toBeUndefined();
  for (const pod of other.pods) expect(pod).not.toContain("FREEZE_LEASE");
});
