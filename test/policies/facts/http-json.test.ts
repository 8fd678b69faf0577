import { expect, test } from "vitest";
import { getJson, WrongStatus } from "../../../policies/facts/http-json.ts";
import { hang, json, localSource } from "./local-source.ts";

test("gives the JSON of an answer", async () => {
  const { url, asked } = await localSource(() => json({ now: 1 }));
  expect(await getJson(`${url}/clock?zone=utc`, {})).toEqual({ now: 1 });
  expect(asked[0]?.path).toBe("/clock");
  expect(asked[0]?.query.get("zone")).toBe("utc");
});

test.for([404, 500, 301])("status %i is no answer", async (status) => {
  const { url } = await localSource(() => json({}, status));
  await expect(getJson(url, {})).rejects.toEqual(new WrongStatus(status));
});

test.for([
  ["30", 30_000],
  ["0", 0],
  ["soon", undefined],
  ["Wed, 21 Oct 2026 07:28:00 GMT", undefined],
] as const)(
  "a source that says %j when it may be asked again is heard",
  async ([header, pause]) => {
    const { url } = await localSource(() => (response) => {
      response.writeHead(429, { "retry-after": header }).end();
    });
    await expect(getJson(url, {})).rejects.toMatchObject({
      code: 429,
      retryAfterMilliseconds: pause,
    });
  },
);

test("what is no JSON is no answer", async () => {
  const { url } = await localSource(() => json("<html>"));
  await expect(getJson(url, {})).rejects.toBeInstanceOf(SyntaxError);
});

test("an answer without an end is not read to its end", async () => {
  const { url } = await localSource(() => (response) => {
    const piece = "0".repeat(1024 * 1024);
    const send = (): void => {
      while (!response.destroyed && response.write(piece));
      if (!response.destroyed) response.once("drain", send);
    };
    send();
  });
  await expect(getJson(url, {})).rejects.toThrow("longer than any answer");
});

test("nobody waits once the signal says so", async () => {
  const { url } = await localSource(() => hang);
  await expect(getJson(url, { signal: AbortSignal.abort() })).rejects.toThrow("aborted");
});
