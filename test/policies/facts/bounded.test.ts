import { expect, test } from "vitest";
import { bounded, NoAnswer } from "../../../policies/facts/bounded.ts";
import { WrongStatus } from "../../../policies/facts/http-json.ts";

const failing = (errors: readonly (Error | undefined)[]) => {
  let count = 0;
  return {
    read: (): Promise<string> => {
      const error = errors[count];
      count += 1;
      return error === undefined ? Promise.resolve("value") : Promise.reject(error);
    },
    asked: () => count,
  };
};

/** As the official clients report an answer that is not 2xx. */
const answered = (code: number): Error => Object.assign(new Error(`HTTP-Code: ${code}`), { code });

test("a value is known", async () =>
  expect(await bounded("It", async () => 7)).toEqual({ known: true, value: 7 }));

test("one failure is tried again, two are not", async () => {
  const once = failing([new Error("cut off")]);
  expect(await bounded("It", once.read)).toEqual({ known: true, value: "value" });
  const twice = failing([answered(503), answered(503)]);
  expect(await bounded("It", twice.read)).toEqual({ known: false, reason: "It answered 503" });
  expect(twice.asked()).toBe(2);
});

test("a source that wants a pause gets it before it is asked again", async () => {
  const source = failing([new WrongStatus(429, 40)]);
  const begun = performance.now();
  expect(await bounded("It", source.read)).toEqual({ known: true, value: "value" });
  expect(performance.now() - begun).toBeGreaterThan(30);
});

test("nobody waits longer than for an answer: a longer pause is said and not made", async () => {
  const source = failing([new WrongStatus(429, 240_000)]);
  expect(await bounded("It", source.read)).toEqual({
    known: false,
    reason: "It answered 429, and wants to be left alone for 4 min",
  });
  expect(source.asked()).toBe(1);
});

test.for([
  [answered(403), "It answered 403: wrong credentials"],
  [answered(400), "It answered 400"],
  [new NoAnswer("it has none"), "it has none"],
] as const)("%j is final", async ([error, reason]) => {
  const source = failing([error]);
  expect(await bounded("It", source.read)).toEqual({ known: false, reason });
  expect(source.asked()).toBe(1);
});

test("a source that hangs is given up, and told so", async () => {
  const signals: AbortSignal[] = [];
  const reading = await bounded("It", (signal) => new Promise(() => signals.push(signal)), 20);
  expect(reading).toEqual({ known: false, reason: "It did not answer within 20 ms" });
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
});

test.for([
  [Object.assign(new Error("x"), { code: "ECONNREFUSED" }), "It refuses connections"],
  [Object.assign(new Error("x"), { code: "ENOTFOUND" }), "It is not reachable: ENOTFOUND"],
  [
    new Error("Unexpected token\nDD-API-KEY: 123"),
    "It's answer could not be read: Unexpected token",
  ],
] as const)("%s", async ([error, reason]) =>
  expect(await bounded("It", failing([error, error]).read)).toEqual({ known: false, reason }),
);
