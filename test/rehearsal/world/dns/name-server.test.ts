import { createSocket } from "node:dgram";
import dnsPacket, { type DecodedPacket, type OptAnswer, type Packet } from "dns-packet";
import { expect, test } from "vitest";
import { dnsExchange } from "../../../../rehearsal/world/dns/dns-exchange.ts";
import {
  blueAddress,
  clientOf,
  greenAddress,
  loadBalancer,
  name,
  servedZone,
  side,
} from "./dns-world.ts";

/** Sends bytes over UDP and waits for what comes back, at most half a second. */
const sent = (port: number, bytes: Buffer): Promise<Buffer | undefined> =>
  new Promise((resolve) => {
    const socket = createSocket("udp4");
    const finish = (answer?: Buffer): void => {
      clearTimeout(timer);
      socket.close();
      resolve(answer);
    };
    const timer = setTimeout(finish, 500);
    socket.once("message", finish);
    socket.send(bytes, port, "127.0.0.1");
  });

const opt = (udpPayloadSize: number, ednsVersion = 0): OptAnswer => ({
  type: "OPT",
  name: ".",
  ...{ udpPayloadSize, ednsVersion, extendedRcode: 0, flags: 0, flag_do: false, options: [] },
});

const asked = async (port: number, query: Packet): Promise<DecodedPacket & { bytes: number }> => {
  const answer = await sent(port, dnsPacket.encode({ type: "query", id: 53, ...query }));
  if (answer === undefined) throw new Error("no answer");
  return { ...dnsPacket.decode(answer), bytes: answer.length };
};

const rcodeOf = ({ flags = 0 }: Packet): number => flags & 0xf;
const question = (of = "www.example.com") => [{ name: of, type: "A" as const }];
const many = Array.from({ length: 100 }, (_, index) => `198.51.100.${String(index)}`);

test("a weighted pair is answered with one record, in proportion to the weights", async () => {
  const { set, client } = await servedZone();
  set(side("blue", 90), side("green", 10));
  let green = 0;
  for (let query = 0; query < 400; query += 1) {
    const answers = await client.resolve4(name, { ttl: true });
    expect(answers).toHaveLength(1);
    expect(answers[0]?.ttl).toBe(60);
    if (answers[0]?.address === greenAddress) green += 1;
  }
  // 40 expected, and five standard deviations of 6.
  expect(green).toBeGreaterThan(10);
  expect(green).toBeLessThan(70);
});

test("names are the same in upper and lower case, and come back as they were asked", async () => {
  const { set, client, server } = await servedZone();
  set(side("blue", 1));
  expect(await client.resolve4("WwW.ExAmPlE.com")).toEqual([blueAddress]);
  const { answers } = await dnsExchange(server.port, {
    name: "WwW.example.com",
    type: "A",
    class: "IN",
  });
  expect(answers?.[0]?.name).toBe("WwW.example.com");
});

test.for([
  ["a name that does not exist", "none.example.com", "ENOTFOUND"],
  ["a name that has records of other types only", "example.com", "ENODATA"],
  ["a name above an existing one", "b.example.com", "ENODATA"],
  ["a name of another zone", "example.org", "EREFUSED"],
  ["a name that only ends like the zone's", "badexample.com", "EREFUSED"],
] as const)("%s is %s: %s", async ([, of, code]) => {
  const { set, client } = await servedZone();
  set({ name: "a.b.example.com.", type: "A", ttl: 60, values: ["192.0.2.1"] });
  await expect(client.resolve4(of)).rejects.toMatchObject({ code });
});

test("a denial carries the SOA, so that resolvers know how long it holds", async () => {
  const { server } = await servedZone();
  const answer = await asked(server.port, { questions: question("none.example.com") });
  expect(rcodeOf(answer)).toBe(3);
  expect(answer.flag_aa).toBe(true);
  expect(answer.authorities).toMatchObject([{ type: "SOA", ttl: 900, data: { minimum: 86_400 } }]);
});

test("a CNAME comes with what it leads to, through a weighted choice as well", async () => {
  const { set, client } = await servedZone();
  set(
    { name: "blue.example.com.", type: "A", ttl: 60, values: [blueAddress] },
    { name, type: "CNAME", ttl: 60, values: ["blue.example.com"], setIdentifier: "b", weight: 1 },
  );
  expect(await client.resolve4(name)).toEqual([blueAddress]);
  expect(await client.resolveCname(name)).toEqual(["blue.example.com"]);
});

test("a CNAME that leads to itself ends", async () => {
  const { set, client } = await servedZone();
  set({ name, type: "CNAME", ttl: 60, values: [name] });
  expect(await client.resolve4(name)).toEqual([]);
});

test("an alias answers under its own name with its target's values and TTL", async () => {
  const { set, client, zone } = await servedZone();
  const target = "blue.example.com.";
  const alias = { zoneId: zone.id, name: target, evaluateTargetHealth: false };
  set({ name: target, type: "A", ttl: 20, values: [blueAddress] }, { name, type: "A", alias });
  expect(await client.resolve4(name, { ttl: true })).toEqual([{ address: blueAddress, ttl: 20 }]);
});

test("an alias that evaluates its target is left out while the target is unhealthy", async () => {
  const { set, client, zone } = await servedZone({ healthy: () => false });
  const target = (of: string) => ({ zoneId: zone.id, name: of, evaluateTargetHealth: true });
  const plain = { type: "A", ttl: 20 } as const;
  set(
    { ...plain, name: "blue.example.com.", values: [blueAddress], healthCheckId: "down" },
    { ...plain, name: "green.example.com.", values: [greenAddress] },
    { name, type: "A", setIdentifier: "b", weight: 255, alias: target("blue.example.com.") },
    { name, type: "A", setIdentifier: "g", weight: 1, alias: target("green.example.com.") },
  );
  expect(await client.resolve4(name)).toEqual([greenAddress]);
});

test.for([
  ["stays although it has no healthy target", false, greenAddress],
  ["is left out when it has no healthy target, if its health is to count", true, blueAddress],
] as const)("a load balancer %s", async ([, evaluateTargetHealth, answered]) => {
  let healthy = true;
  const { set, client } = await servedZone({}, 0, () => healthy);
  const alias = { ...loadBalancer, evaluateTargetHealth };
  set(side("blue", 0), { name, type: "A", setIdentifier: "green", weight: 255, alias });
  expect(await client.resolve4(name, { ttl: true })).toEqual([{ address: greenAddress, ttl: 60 }]);
  healthy = false;
  expect(await client.resolve4(name)).toEqual([answered]);
});

test("an answer too long for UDP is fetched over TCP by a real client", async () => {
  const { set, client } = await servedZone();
  set({ name, type: "A", ttl: 60, values: many });
  expect((await client.resolve4(name)).toSorted()).toEqual(many.toSorted());
});

test.for([
  ["without EDNS", { room: 512, additionals: [] }],
  ["that takes 900 bytes", { room: 900, additionals: [opt(900)] }],
  ["that takes 100 bytes, which is too few", { room: 512, additionals: [opt(100)] }],
  ["that takes 4,096 bytes", { room: 1_232, additionals: [opt(4_096)] }],
] as const)("an asker %s is cut off there, with TC", async ([, { room, additionals: extra }]) => {
  const additionals = [...extra];
  const { set, server } = await servedZone();
  set({ name, type: "A", ttl: 60, values: many });
  const answer = await asked(server.port, { questions: question(), additionals });
  expect(answer.flag_tc).toBe(true);
  expect(answer.bytes).toBeLessThanOrEqual(room);
  // Who knows no EDNS meets none.
  expect(answer.additionals?.length).toBe(additionals.length);
  // What fits is not cut.
  const fits = Math.floor((room - 60) / 35);
  set({ name, type: "A", ttl: 60, values: many.slice(0, fits) });
  const whole = await asked(server.port, { questions: question(), additionals });
  expect([whole.flag_tc, whole.answers?.length]).toEqual([false, fits]);
});

test.for([
  ["an operation that is no query", { flags: 2 << 11, questions: question() }, 4],
  ["a query with two questions", { questions: [...question(), ...question()] }, 1],
  ["a query without a question", { questions: [] }, 1],
  ["a query for every type", { questions: [{ name: "www.example.com", type: "ANY" as "A" }] }, 4],
  [
    "a query for another class",
    { questions: question().map((of) => ({ ...of, class: "CH" as const })) },
    5,
  ],
] as const)("%s is refused", async ([, { questions, ...query }, code]) => {
  const { set, server } = await servedZone();
  set(side("blue", 1));
  expect(rcodeOf(await asked(server.port, { ...query, questions: [...questions] }))).toBe(code);
});

test("an unknown version of EDNS is refused as such", async () => {
  const { server } = await servedZone();
  const answer = await asked(server.port, { questions: question(), additionals: [opt(1_232, 1)] });
  const [found] = (answer.additionals ?? []) as OptAnswer[];
  expect([rcodeOf(answer), found?.extendedRcode]).toEqual([0, 1]);
});

test("bytes that are no query are refused or passed over, and the server goes on", async () => {
  const { set, server, client } = await servedZone();
  set(side("blue", 1));
  const broken = Buffer.concat([dnsPacket.encode({ type: "query", id: 9 }), Buffer.alloc(0)]);
  broken.writeUInt16BE(5, 4);
  const answer = await sent(server.port, broken);
  expect(answer && rcodeOf(dnsPacket.decode(answer))).toBe(1);
  expect(await sent(server.port, Buffer.from([1, 2, 3]))).toBeUndefined();
  const response = dnsPacket.encode({ type: "response", id: 9, questions: question() });
  expect(await sent(server.port, response)).toBeUndefined();
  expect(await client.resolve4(name)).toEqual([blueAddress]);
});

test("name servers have a change only when it is in sync", async () => {
  const { set, clock, client, server } = await servedZone({}, 60_000);
  set(side("blue", 1));
  await expect(client.resolve4(name)).rejects.toMatchObject({ code: "ENOTFOUND" });
  clock.follow({ ...clock.state, cutoverMilliseconds: clock.state.cutoverMilliseconds + 60_000 });
  expect(await clientOf(server.address).resolve4(name)).toEqual([blueAddress]);
});
