import { describe, expect, test } from "vitest";
import { timeAloneMustPass } from "../../../rehearsal/standing-world/pace.ts";

const soaking = { updating: false, alarmed: false, carriesUntil: 1_000 };

describe("the clock of a standing world runs fast", () => {
  test.for([
    ["while a stage soaks", soaking, 999, true],
    ["until it has soaked: then people decide", soaking, 1_000, false],
    ["not while an update runs", { ...soaking, updating: true }, 0, false],
    ["not while an alarm orders the way back", { ...soaking, alarmed: true }, 0, false],
    ["not before anything carries traffic", { ...soaking, carriesUntil: undefined }, 0, false],
  ] as const)("%s", ([, situation, now, fast]) => {
    expect(timeAloneMustPass(situation, now)).toBe(fast);
  });
});
