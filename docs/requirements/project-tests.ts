import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { namedTests, type NamedTest } from "./test-titles.ts";

/** Every test of the project that names a row, in order of its file. */
export const projectTests = (root: string): readonly NamedTest[] =>
  readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
    .map((path) => `test/${path.replaceAll("\\", "/")}`)
    .filter((file) => file.endsWith(".test.ts"))
    .sort()
    .flatMap((file) => namedTests(file, readFileSync(join(root, file), "utf8")));
