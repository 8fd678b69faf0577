import { expect, onTestFinished, test } from "vitest";
import { CachingResolver } from "../../../../rehearsal/world/dns/caching-resolver.ts";
import {
  blueAddress,
  clientOf,
  forward,
  greenAddress,
  name,
  servedZone,
  side,
} from "./dns-world.ts";

const resolving = async (leastTtl = 0) => {
  const world = await servedZone();
  const resolver = await CachingResolver.start({
    clock: world.clock,
    authority: world.server.port,
    habit: { leastTtl },
  });
  onTestFinished(() => resolver.stop());
  return { ...world, resolver, client: clientOf(resolver.address) };
};

test("S2-31: what a client sees follows the record within its TTL, and not before", async () => {
  const { set, clock, client, resolver } = await resolving();
  set(side("blue", 100), side("green", 0));
  expect(await client.resolve4(name)).toEqual([blueAddress]);
  set(side("blue", 0), side("green", 100));
  forward(clock, 58);
  expect(await client.resolve4(name)).toEqual([blueAddress]);
  forward(clock, 3);
  expect(await client.resolve4(name)).toEqual([greenAddress]);
  expect(resolver.askedUpstream).toBe(2);
});

test("the TTL that clients are told is what is left of it", async () => {
  const { set, clock, client } = await resolving();
  set(side("blue", 1));
  const ttl = async () => (await client.resolve4(name, { ttl: true }))[0]?.ttl;
  expect(await ttl()).toBe(60);
  forward(clock, 20);
  expect(await ttl()).toBe(40);
});

test("a resolver with a minimum of its own keeps the old answer beyond the TTL", async () => {
  const { set, clock, client } = await resolving(300);
  set(side("blue", 100), side("green", 0));
  expect(await client.resolve4(name, { ttl: true })).toEqual([{ address: blueAddress, ttl: 300 }]);
  set(side("blue", 0), side("green", 100));
  forward(clock, 290);
  expect(await client.resolve4(name)).toEqual([blueAddress]);
  forward(clock, 11);
  expect(await client.resolve4(name)).toEqual([greenAddress]);
});

test("everybody behind one resolver is on the same side until the answer expires", async () => {
  const { set, client, resolver } = await resolving();
  set(side("blue", 50), side("green", 50));
  const seen = await Promise.all(Array.from({ length: 50 }, () => client.resolve4(name)));
  expect(new Set(seen.flat()).size).toBe(1);
  expect(resolver.askedUpstream).toBe(1);
});

test("upper and lower case are one entry, and come back as they were asked", async () => {
  const { set, client, resolver } = await resolving();
  set(side("blue", 1));
  await client.resolve4(name);
  expect(await client.resolve4(name.toUpperCase())).toEqual([blueAddress]);
  expect(resolver.askedUpstream).toBe(1);
});

test("that a name does not exist is remembered as long as the SOA says", async () => {
  const { set, clock, client } = await resolving();
  await expect(client.resolve4(name)).rejects.toMatchObject({ code: "ENOTFOUND" });
  set(side("blue", 1));
  forward(clock, 890);
  await expect(client.resolve4(name)).rejects.toMatchObject({ code: "ENOTFOUND" });
  forward(clock, 11);
  expect(await client.resolve4(name)).toEqual([blueAddress]);
});

test("a TTL of 0 is kept for nobody", async () => {
  const { set, client, resolver } = await resolving();
  set(side("blue", 1, { ttl: 0 }));
  await client.resolve4(name);
  await client.resolve4(name);
  expect(resolver.askedUpstream).toBe(2);
});

test("an answer that is too long for UDP comes through whole", async () => {
  const { set, client } = await resolving();
  const values = Array.from({ length: 100 }, (_, index) => `198.51.100.${String(index)}`);
  set({ name, type: "A", ttl: 60, values });
  expect((await client.resolve4(name)).toSorted()).toEqual(values.toSorted());
});

test("TTLs run with the cutover clock, however fast that goes", async () => {
  const { set, clock, client } = await resolving();
  set(side("blue", 100), side("green", 0));
  await client.resolve4(name);
  set(side("blue", 0), side("green", 100));
  clock.setRate(1_200);
  await clock.sleep(61_000);
  expect(await client.resolve4(name)).toEqual([greenAddress]);
});

test("without its name server a resolver fails, and remembers nothing of it", async () => {
  const { set, client, server, resolver } = await resolving();
  set(side("blue", 1));
  await server.stop();
  await expect(client.resolve4(name)).rejects.toMatchObject({ code: /ESERVFAIL|ETIMEOUT/ });
  expect(resolver.askedUpstream).toBeGreaterThan(0);
}, 10_000);
