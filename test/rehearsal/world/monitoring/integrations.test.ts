import { afterEach, expect, test } from "vitest";
import { Database } from "../../../../rehearsal/world/database.ts";
import { startIntegrations } from "../../../../rehearsal/world/monitoring/integrations.ts";
import { PrometheusText } from "../../../../rehearsal/world/monitoring/prometheus-text.ts";
import { TargetReader } from "../../../../rehearsal/world/monitoring/target-reader.ts";
import { sideServices } from "../../../../rehearsal/world/side-services.ts";
import { smallData } from "../small-example.ts";

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** What Datadog holds of one side after a pod of it has asked its database something. */
const read = async (cut: boolean): Promise<Record<string, number>> => {
  const database = await Database.start(smallData);
  const services = sideServices();
  services.sessions.put("session:1", { person: 1 });
  await services.connections.of("pod-1", database).query("SELECT 1");
  if (cut) database.cut();
  const integrations = await startIntegrations([
    { ...services, service: "shop-green", store: database },
  ]);
  ends.push(
    () => integrations.stop(),
    () => database.stop(),
  );
  const text = await (await fetch(integrations.url)).text();
  const readings = new TargetReader({}, true).read(new PrometheusText().parse(text));
  return Object.fromEntries(
    readings.map(({ metric, tags, value }) => [
      `${metric} ${tags["service"] ?? ""}`,
      Number(value),
    ]),
  );
};

test("database and cache are told of under the names of Datadog's integrations", async () => {
  expect(await read(false)).toEqual({
    "postgresql.connections shop-green": 1,
    "postgresql.max_connections shop-green": expect.any(Number),
    "redis.mem.used shop-green": 21,
    "redis.mem.maxmemory shop-green": 1_048_576,
  });
});

test("a database that does not answer has no metrics, its cache goes on", async () => {
  expect(Object.keys(await read(true))).toEqual([
    "redis.mem.used shop-green",
    "redis.mem.maxmemory shop-green",
  ]);
});
