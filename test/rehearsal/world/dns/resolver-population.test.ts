import { onTestFinished, expect, test } from "vitest";
import { ResolverPopulation } from "../../../../rehearsal/world/dns/resolver-population.ts";
import { forward, greenAddress, name, servedZone, side } from "./dns-world.ts";

test("after a rollback slow caches still send people to green once every TTL has passed, and nobody any longer when they have asked again", async () => {
  const { set, clock, server } = await servedZone();
  const people = await ResolverPopulation.start(clock, server.port);
  onTestFinished(() => people.stop());
  const weights = (blue: number, green: number): void => {
    set(side("blue", blue, { ttl: 5 }), side("green", green, { ttl: 5 }));
  };
  const shareOnGreen = async (): Promise<number> => {
    const told = await Promise.all(
      Array.from({ length: 1_000 }, (_, person) => people.addressFor(person, name)),
    );
    return told.filter((address) => address === greenAddress).length / told.length;
  };

  weights(0, 100);
  expect(await shareOnGreen()).toBe(1);
  weights(100, 0);
  expect(await shareOnGreen()).toBe(1);
  forward(clock, 6);
  // Five resolvers of a hundred keep every answer for 30 s.
  const late = await shareOnGreen();
  expect(late).toBeGreaterThan(0);
  expect(late).toBeLessThan(0.1);
  forward(clock, 25);
  expect(await shareOnGreen()).toBe(0);
});
