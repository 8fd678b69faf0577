import { quantile } from "simple-statistics";
import { expect, test } from "vitest";
import { seededRandom } from "../../../../rehearsal/world/application/seeded-random.ts";
import { serviceTime } from "../../../../rehearsal/world/application/service-time.ts";
import { smallExample } from "../small-example.ts";

test("has the median and the 95th percentile of the version", () => {
  const version = { ...smallExample.blue, medianMilliseconds: 40, p95Milliseconds: 180 };
  const draw = serviceTime(version, seededRandom(11));
  const drawn = Array.from({ length: 50_000 }, draw);
  expect(quantile(drawn, 0.5) / 40).toBeCloseTo(1, 1);
  expect(quantile(drawn, 0.95) / 180).toBeCloseTo(1, 1);
});
