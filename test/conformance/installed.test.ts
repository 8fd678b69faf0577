import { test } from "vitest";
import { missing } from "./real-cli.ts";

test.runIf(missing !== undefined)("says what is not compared with the real engine, and why", () => {
  console.log(`test/conformance: not compared with the real engine, as ${missing ?? ""}`);
});
