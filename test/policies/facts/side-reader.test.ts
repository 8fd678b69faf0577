import { expect, test } from "vitest";
import { sideReader } from "../../../policies/facts/side-reader.ts";
import { system } from "../lms-night.ts";
import { hang, json, localSource } from "./local-source.ts";

/** Answers of the world in which green's two endpoints say this. */
const read = async (answer: Parameters<typeof localSource>[0]) => {
  const { url, asked } = await localSource(answer);
  const reader = sideReader({ by: "world", url, timeoutMilliseconds: 300 });
  return { reading: await reader.answers(system, "green"), asked };
};

test("S1-64, S1-65: both endpoints are asked on green's own address", async () => {
  const { reading, asked } = await read(() => json({ status: "healthy" }));
  const answer = { code: 200, fields: { status: "healthy" } };
  expect(reading).toEqual({ known: true, value: { health: answer, status: answer } });
  expect(asked.map(({ path }) => path).sort()).toEqual([
    "/lms-green/api/health",
    "/lms-green/api/v1/status",
  ]);
});

test("a bad status is an answer, and so is what is no JSON object", async () => {
  const { reading } = await read(({ path }) =>
    path.endsWith("health") ? json({ status: "sick" }, 503) : json("<html>"),
  );
  expect(reading).toEqual({
    known: true,
    value: { health: { code: 503, fields: {} }, status: { code: 200, fields: {} } },
  });
  const { reading: listed } = await read(() => json([{ version: "3.0.0" }]));
  expect(listed).toMatchObject({ value: { health: { fields: {} } } });
});

test("nothing is known of a side that does not answer, or is not there", async () => {
  const { reading } = await read(() => hang);
  expect(reading).toMatchObject({ known: false, reason: /^lms-green did not answer within/ });
  const gone = sideReader({ by: "world", url: "http://127.0.0.1:1" });
  expect(await gone.answers(system, "blue")).toMatchObject({
    known: false,
    reason: "lms-blue refuses connections",
  });
});

test("outside of a rehearsal each side is asked at the address of its definition", async () => {
  const { url, asked } = await localSource(() => json({}));
  const { blue, green } = system.environments;
  const there = { ...system, environments: { blue, green: { ...green, address: url } } };
  expect((await sideReader({ by: "address" }).answers(there, "green")).known).toBe(true);
  expect(asked[0]?.path).toMatch(/^\/api\//);
});
