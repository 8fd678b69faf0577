import fc from "fast-check";
import { expect, test } from "vitest";
import { asTagValue } from "../../definition/datadog-tag.ts";

test.for([
  ["POST /checkout", "post_/checkout"],
  ["GET /orders/{id}", "get_/orders/_id"],
  ["GET /orders/{id}/lines", "get_/orders/_id_/lines"],
  ["GET /api/v1.2/x:y-z", "get_/api/v1.2/x:y-z"],
  ["GET /a__b  c", "get_/a_b_c"],
  ["payment.charge", "payment.charge"],
  [`GET /${"a".repeat(300)}`, `get_/${"a".repeat(195)}`],
] as const)("%s is kept as %s", ([text, kept]) => {
  expect(asTagValue(text)).toBe(kept);
});

test("what is kept is kept as it is", () =>
  fc.assert(
    fc.property(fc.string(), (text) => {
      const kept = asTagValue(text);
      expect(asTagValue(kept)).toBe(kept);
    }),
  ));
