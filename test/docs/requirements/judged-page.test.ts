import { expect, test } from "vitest";
import { judgedPage } from "../../../docs/requirements/judged-page.ts";

const rows = {
  "S9-1": { what: "One | 1", judgedBy: ["soak", "config validation"] },
  "S9-2": { what: "Two", open: "no <rule> yet" },
};
const naming = [{ file: "test/a.test.ts", title: "both", ids: ["S9-1", "S9-2"] }];
const page = judgedPage([{ system: "x", rows }], naming);

test("a row shows what judges it, and the tests that name it", () => {
  expect(page).toContain("## x\n\n2 rows, 1 judged, 1 open.");
  expect(page).toContain(
    "| S9-1 | One \\| 1 | [soak](../policies/rules/soak.ts), [config validation](../definition/stage-config.ts) | [a.test.ts](../test/a.test.ts): both |",
  );
});

test("an open row shows its reason, beside tests that name it all the same", () => {
  expect(page).toContain(
    "| S9-2 | Two | *open*: no &lt;rule> yet | [a.test.ts](../test/a.test.ts): both |",
  );
});
