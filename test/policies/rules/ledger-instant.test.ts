import { expect, test } from "vitest";
import { ledgerInstant } from "../../../policies/rules/ledger-instant.ts";

test.for([
  ["2026-01-10T22:26:00Z", Date.UTC(2026, 0, 10, 22, 26)],
  ["2026-01-10T22:26:00.250Z", Date.UTC(2026, 0, 10, 22, 26, 0, 250)],
  ["", NaN],
  ["2026-01-10", NaN],
  ["2026-01-10T22:26:00+01:00", NaN],
  ["2026-13-10T22:26:00Z", NaN],
] as const)("%j", ([text, instant]) => {
  expect(ledgerInstant(text)).toBe(instant);
});
