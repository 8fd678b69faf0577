import { expect, test } from "vitest";
import { stackFiles } from "../../../rehearsal/engine/state/stack-files.ts";

test("a stack's state lies in its backend's folder, below its project", () => {
  expect(stackFiles("file:///states", "cutover", "rehearsal").state).toBe(
    "/states/.pulumi/stacks/cutover/rehearsal.json",
  );
});

test.for([
  ["", "PULUMI_BACKEND_URL is not set"],
  ["s3://states", 'PULUMI_BACKEND_URL is "s3://states"'],
  ["file://~/states", 'PULUMI_BACKEND_URL is "file://~/states"'],
])("a backend %j is refused in one line that says what to do", ([url = "", says = ""]) => {
  expect(() => stackFiles(url, "cutover", "rehearsal")).toThrow(
    `the embedded engine: ${says}, expected file:///FOLDER, where the rehearsal's state is. \`cutover world\` prints what a terminal needs. Nothing changed.`,
  );
});
