import { expect, test } from "vitest";
import { AnswerTime } from "../../../../rehearsal/world/application/answer-time.ts";

const block = (milliseconds: number): void => {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
};

test("an answer takes as long as its example says, however late a busy machine wakes it", async () => {
  const time = new AnswerTime();
  const reached = time.reach(20);
  block(500);
  await reached;
  expect(time.milliseconds()).toBeGreaterThanOrEqual(19);
  expect(time.milliseconds()).toBeLessThan(400);
});

test("work that takes longer than the example says counts in full", async () => {
  const time = new AnswerTime();
  block(40);
  await time.reach(20);
  expect(time.milliseconds()).toBeGreaterThanOrEqual(40);
});
