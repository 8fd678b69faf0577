import { expect, test } from "vitest";
import { monitorBody } from "../../../../rehearsal/world/cloudflare/objects.ts";
import { greenAddress, pair } from "./cloudflare-world.ts";

const isHealthy = ({ account, health }: ReturnType<typeof pair>, id: string): boolean =>
  health.isHealthy(account.pools.found(id));

test("a pool is down until it was found to be up", async () => {
  const both = pair({ blue: 1, green: 0 });
  expect(isHealthy(both, both.green)).toBe(false);
  await expect.poll(() => isHealthy(both, both.green)).toBe(true);
});

test("a pool without a monitor is never down", () => {
  const both = pair({ blue: 1, green: 0 });
  both.origins.clear();
  both.look();
  expect(isHealthy(both, both.blue)).toBe(true);
});

test.for([503, 302, undefined])("status %j is not what is expected", async (status) => {
  const both = pair({ blue: 1, green: 0 });
  await expect.poll(() => isHealthy(both, both.green)).toBe(true);
  if (status === undefined) both.origins.delete(greenAddress);
  else both.origins.set(greenAddress, status);
  both.look();
  await expect.poll(() => isHealthy(both, both.green)).toBe(false);
});

test("a whole class of statuses can be expected, and so often in a row", async () => {
  const both = pair({ blue: 1, green: 0 });
  const { account, origins, green } = both;
  const [monitor] = account.monitors.list();
  const body = { path: "/", expected_codes: "2xx, 302", consecutive_down: 2 };
  account.monitors.update(monitor?.id ?? "", monitorBody.parse(body));
  origins.set(greenAddress, 302);
  await expect.poll(() => isHealthy(both, green)).toBe(true);
  origins.set(greenAddress, 500);
  both.look();
  await expect.poll(() => both.health.found(green).get(greenAddress)?.against).toBe(1);
  expect(isHealthy(both, green)).toBe(true);
  both.look();
  await expect.poll(() => isHealthy(both, green)).toBe(false);
});

test("nobody looks at a disabled pool", async () => {
  const both = pair({ blue: 1, green: 0 });
  const { account, green, health } = both;
  await expect.poll(() => isHealthy(both, green)).toBe(true);
  account.pools.update(green, { ...account.pools.found(green), enabled: false });
  expect([...health.found(green)]).toEqual([]);
});
