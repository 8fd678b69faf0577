import { expect, test } from "vitest";
import { restartBackOff } from "../../../../rehearsal/world/pods/restart-back-off.ts";

test("doubles from ten seconds to five minutes, after one restart at once", () => {
  expect([1, 2, 3, 4, 5, 6, 7, 20].map(restartBackOff)).toEqual([
    0, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000,
  ]);
});
