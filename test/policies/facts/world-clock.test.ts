import { expect, test } from "vitest";
import { worldClock } from "../../../policies/facts/world-clock.ts";
import { hang, json, localSource } from "./local-source.ts";

const state = { wallMilliseconds: 1, cutoverMilliseconds: 2, rate: 60 };

test("the world says what time it is", async () => {
  const { url, asked } = await localSource(() =>
    json({ ...state, now: "2026-01-10T23:10:00.500Z" }),
  );
  expect(await worldClock(url)).toEqual({
    known: true,
    value: Date.parse("2026-01-10T23:10:00.500Z"),
  });
  expect(asked.map(({ path }) => path)).toEqual(["/clock"]);
});

test.for([
  ["no time", json(state)],
  ["a time that is none", json({ ...state, now: "soon" })],
  ["no JSON", json("<html>")],
  ["an error", json({}, 500)],
  ["nothing", hang],
] as const)("%s is no time", async ([, answer]) => {
  const { url } = await localSource(() => answer);
  expect((await worldClock(url, 50)).known).toBe(false);
});
