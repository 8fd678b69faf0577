import { expect, test } from "vitest";
import { ReadinessState } from "../../../../rehearsal/world/pods/readiness-state.ts";

test("turns ready at once, and not ready after so many failures in a row", () => {
  const state = new ReadinessState(3);
  const seen = [undefined, "no", "no", undefined, "no", "no", "no", undefined].map(
    (message, index) => {
      const changed = state.probed(message, index);
      return [changed, state.ready, state.hopeless];
    },
  );
  expect(seen).toEqual([
    [true, true, false],
    [false, true, false],
    [false, true, false],
    [false, true, false],
    [false, true, false],
    [false, true, false],
    [true, false, true],
    [true, true, false],
  ]);
  expect(state.since).toBe(7);
  state.reset();
  expect(state.ready).toBe(false);
});
