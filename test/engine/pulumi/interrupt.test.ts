import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { Interrupt } from "../../../engine/pulumi/interrupt.ts";

test("an abort is passed on, also to one who listens only afterwards", async () => {
  const operator = new AbortController();
  const interrupt = new Interrupt(operator.signal);
  operator.abort();
  await once(interrupt.signal, "abort");
  let heard = 0;
  interrupt.signal.addEventListener("abort", () => (heard += 1));
  expect(heard).toBe(1);
});

test("a CLI that ^C reached by itself is not interrupted a second time", async () => {
  const operator = new AbortController();
  const interrupt = new Interrupt(operator.signal);
  operator.abort();
  interrupt.hear(
    "^C received; cancelling. If you would like to terminate immediately, press ^C again.\n",
  );
  await sleep(600);
  expect(interrupt.signal.aborted).toBe(false);
});
