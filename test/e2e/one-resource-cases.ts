import { request } from "undici";
import { expect, test } from "vitest";
import { changed, type LiveCutover } from "./live-cutover.ts";

/**
 * What holds wherever one resource carries both weights, whatever the resource is. Each case goes on where the one
 * before it stopped, from baseline and back to it: it is one night.
 * @param resource its name.
 */
export const oneResourceCases = (
  night: () => LiveCutover,
  resource: string,
  { testers }: { readonly testers: boolean },
): void => {
  const write = ["update lms-cutover", `update ${resource}`];

  test.runIf(testers)(
    "testers reach green by their header while its weight is 0, and nobody else does",
    async () => {
      const cutover = night();
      const headers = { "x-tester": "yes", "content-type": "application/json" };
      const answer = await request(`${cutover.world.gatewayUrl}/api/v1/leave/balance`, { headers });
      await answer.body.dump();
      expect(answer.headers["x-served-by"]).toBe("green");
      expect(await cutover.servedBy(40)).toEqual({ blue: 40, green: 0 });
    },
  );

  test("S4-39: a step up writes that resource and nothing else, and requests follow", async () => {
    const cutover = night();
    await cutover.soakUntilOpen("canary");
    expect(changed(await cutover.reach("canary"))).toEqual(write);
    expect(cutover.green()).toBe(10);
    const { blue, green } = await cutover.servedBy(100);
    expect(blue + green).toBe(100);
    expect(Math.abs(green - 10)).toBeLessThanOrEqual(1);
    expect(changed(await cutover.reach("canary"))).toEqual([]);
  });

  test("a rollback takes all of it back, and is entered", async () => {
    const cutover = night();
    const { update } = await cutover.operator.rollBack();
    expect(changed(update)).toEqual(write);
    expect(await cutover.servedBy(40)).toEqual({ blue: 40, green: 0 });
    expect(await cutover.moves()).toEqual(["baseline", "canary", "baseline"]);
  });

  test("traffic that someone raised by hand is taken back by the stage's own value", async () => {
    const cutover = night();
    await cutover.world.disturb({ kind: "weights by hand", green: 30 });
    expect(cutover.green()).toBe(30);
    expect((await cutover.refusals("canary"))["read-back"]).toContain(
      "someone moved traffic by hand",
    );
    expect(changed(await cutover.reach("baseline"))).toEqual([`update ${resource}`]);
    expect(cutover.green()).toBe(0);
    expect(changed(await cutover.reach("baseline"))).toEqual([]);
  });

  test("a write whose answer is lost fails the update, and setting the value back takes it back", async () => {
    const cutover = night();
    await cutover.soakUntilOpen("canary");
    await cutover.world.disturb({ kind: "write", interruption: "fail-after" });
    const failed = await cutover.up("canary");
    expect(failed.succeeded).toBe(false);
    expect(cutover.green()).toBe(10);
    expect(changed(await cutover.reach("baseline"))).toEqual(write);
    expect(cutover.green()).toBe(0);
  });

  test("a write that is confirmed and changes nothing is found when the stage is to be left", async () => {
    const cutover = night();
    await cutover.soakUntilOpen("canary");
    await cutover.world.disturb({ kind: "write", interruption: "no-op" });
    await cutover.reach("canary");
    expect(cutover.green()).toBe(0);
    expect(await cutover.refusals("half")).toHaveProperty("read-back");
    await cutover.reach("baseline");
  });
};
