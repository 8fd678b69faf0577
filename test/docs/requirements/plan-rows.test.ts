import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { idsTwice, planRows } from "../../../docs/requirements/plan-rows.ts";

const read = (rows: unknown) => {
  const folder = mkdtempSync(join(tmpdir(), "cutover-rows-"));
  try {
    const path = join(folder, "x-requirements.json");
    writeFileSync(path, JSON.stringify({ system: "x", rows }));
    return planRows(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

test("a row is its words alone, or says what judges it or why it is open", () => {
  const rows = {
    "S9-1": "One",
    "S9-2": { what: "Two", judgedBy: ["soak"] },
    "S9-3": { what: "Three", open: "not yet" },
  };
  expect(read(rows)).toEqual({ system: "x", rows: { ...rows, "S9-1": { what: "One" } } });
});

test.for([
  ["no words", { "S9-1": " " }],
  ["no reason", { "S9-1": { what: "One", open: "" } }],
  ["no judge", { "S9-1": { what: "One", judgedBy: [] } }],
  ["another key", { "S9-1": { what: "One", judged: ["soak"] } }],
  ["another id", { "9-1": "One" }],
] as const)("%s is refused", ([, rows]) => {
  expect(() => read(rows)).toThrow();
});

test("an id that stands twice is found, in one file and over several", () => {
  const text = (...ids: string[]) => ids.map((id) => `"${id}" : { "what": "S9-7" }`).join(",\n");
  expect(idsTwice([text("S9-1", "S9-2"), text("S9-3")])).toEqual([]);
  expect(idsTwice([text("S9-1", "S9-2", "S9-1"), text("S9-2", "S9-1")])).toEqual(["S9-1", "S9-2"]);
});
