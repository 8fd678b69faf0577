import { expect, test } from "vitest";
import { WakeUp } from "../../../../rehearsal/world/data/wake-up.ts";

test("a call ends the wait of now, or the next one; without a call the time does", async () => {
  const wakeUp = new WakeUp();
  const ends: string[] = [];
  const waiting = wakeUp.wait(60_000).then(() => ends.push("called"));
  expect(ends).toEqual([]);
  wakeUp.call();
  await waiting;
  wakeUp.call();
  wakeUp.call();
  await wakeUp.wait(60_000);
  await wakeUp.wait(1);
  expect(ends).toEqual(["called"]);
});
