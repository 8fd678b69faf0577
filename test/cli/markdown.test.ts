import fc from "fast-check";
import { expect, test } from "vitest";
import { cell, code, table, text } from "../../cli/markdown.ts";

test("nothing from outside is read as Markdown, HTML or a mention", () => {
  expect(text("a | b <script>*x*</script> @team [l](u)\nnext")).toBe(
    "a \\| b \\<script\\>\\*x\\*\\</script\\> @\u200bteam \\[l\\]\\(u\\) next",
  );
});

test("whatever a cell holds, the table keeps its rows and columns", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 500 }), (written) => {
      for (const made of [cell(written), code(written)]) {
        const lines = table(["a", "b"], [[made, "end"]]).split("\n");
        expect(lines).toHaveLength(3);
        const bars = [...(lines[2] ?? "").matchAll(/(?<!\\)(?:\\\\)*\|/g)];
        expect(bars).toHaveLength(3);
      }
    }),
  );
});

test("a long text is cut, and says so", () => {
  expect(cell("x".repeat(1_000))).toHaveLength(400);
  expect(cell("x".repeat(1_000)).endsWith("…")).toBe(true);
});
