import { expect, test } from "vitest";
import { seededRandom } from "../../../../rehearsal/world/application/seeded-random.ts";
import type { Side } from "../../../../rehearsal/world/behaviour.ts";
import { Clients } from "../../../../rehearsal/world/dns/clients.ts";
import { CutoverClock } from "../../../../rehearsal/clock.ts";
import { forward, midnight } from "./dns-world.ts";

const start = (told: () => Side | undefined, connectionsLiveMilliseconds: number) => {
  const clock = CutoverClock.startingAt(midnight);
  const asking: number[] = [];
  const clients = new Clients({
    clock,
    asked: async (client) => {
      asking.push(client);
      return told();
    },
    connectionsLiveMilliseconds,
    random: seededRandom(7),
  });
  const shareOnGreen = async (): Promise<number> => {
    const sides = await Promise.all(Array.from({ length: 2_000 }, () => clients.sideForSomebody()));
    return sides.filter((side) => side === "green").length / sides.length;
  };
  return { clock, asking, clients, shareOnGreen };
};

test("when every answer leads back to blue, those who keep their connection stay on green until it is closed", async () => {
  let told: Side = "green";
  const { clock, shareOnGreen } = start(() => told, 60_000);
  expect(await shareOnGreen()).toBe(1);
  told = "blue";
  const kept = await shareOnGreen();
  expect(kept).toBeGreaterThan(0.4);
  expect(kept).toBeLessThan(0.6);
  forward(clock, 59);
  expect(await shareOnGreen()).toBeGreaterThan(0.4);
  forward(clock, 2);
  expect(await shareOnGreen()).toBe(0);
});

test("where connections are not kept everybody asks each time", async () => {
  const { asking, shareOnGreen } = start(() => "green", 0);
  await shareOnGreen();
  expect(asking).toHaveLength(2_000);
});

test("who is told no address has no connection to keep", async () => {
  const told: Side[] = [];
  const { clients, shareOnGreen } = start(() => told[0], 60_000);
  expect(await clients.sideForSomebody()).toBeUndefined();
  told.push("green");
  expect(await shareOnGreen()).toBe(1);
});
