import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { environmentFile, environmentOf } from "../../../rehearsal/standing-world/environment.ts";

/** What a shell has in a variable after it has read a file. */
const afterReading = (text: string, name: string): string => {
  const folder = mkdtempSync(join(tmpdir(), "cutover-environment-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  writeFileSync(join(folder, "environment.sh"), text);
  return execFileSync("sh", ["-c", `. ./environment.sh && printenv "$0"`, name], {
    cwd: folder,
    encoding: "utf8",
  });
};

test.for(["plain", "two words", "it's", '"$HOME"', "`id`", "a\nb", "\\"])(
  "a shell reads back what was written: %j",
  (value) => {
    expect(afterReading(environmentFile({ CUTOVER_TEST: value }), "CUTOVER_TEST")).toBe(
      `${value}\n`,
    );
  },
);

test("names the stack, its folder, its backend and the gates beside what binds it to the world", () => {
  const workspace = {
    directory: "/somewhere",
    stack: "rehearsal",
    backendUrl: "file:///somewhere",
    environment: { CUTOVER_WORLD: "http://127.0.0.1:1" },
  };
  expect(environmentOf(workspace, "/policies")).toEqual({
    CUTOVER_WORLD: "http://127.0.0.1:1",
    CUTOVER_DIRECTORY: "/somewhere",
    PULUMI_BACKEND_URL: "file:///somewhere",
    PULUMI_STACK: "rehearsal",
    PULUMI_OPTION_POLICY_PACK: "/policies",
  });
});
