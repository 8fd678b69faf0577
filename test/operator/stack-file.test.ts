import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readStackFile, setInStackFile } from "../../operator/stack-file.ts";

const read = async (text: string) => {
  const folder = await mkdtemp(join(tmpdir(), "cutover-stack-file-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "Pulumi.prod.yaml");
  await writeFile(file, text);
  return readStackFile(file);
};
const config = (...lines: readonly string[]): string =>
  ["config:", "  cutover:environment: production", ...lines.map((line) => `  ${line}`)].join("\n");

test("values are text, by namespace and key", async () => {
  const { environment, values } = await read(
    config("lms:trafficWeight: 10", 'nxop:activeRegion: "us-east-1"', "rawdog:x: {a: [1]}"),
  );
  expect(environment).toBe("production");
  expect(values["lms"]).toEqual({ trafficWeight: "10" });
  expect(values["nxop"]).toEqual({ activeRegion: "us-east-1" });
  expect(values["rawdog"]).toEqual({ x: '{"a":[1]}' });
});

test.for([
  ["", "config is not there, expected a map of namespaced keys to values"],
  ["- a", "config is not there"],
  ["config: lms", "config is no map"],
  [config("a: 1\n---\nb: 2"), "more than one document, expected YAML with a config map"],
  ["config:\n\tlms:x: 0", "Tabs are not allowed as indentation at line 2, column 1, expected YAML"],
  [config("lms:x: 0", "lms:x: 1"), "Map keys must be unique at line 4, column 3, expected YAML"],
  [config("cutover:speed: 60"), "cutover:speed is no key of the project, expected cutover:env"],
  ["config:\n  lms:x: 0", "cutover:environment is not set, expected rehearsal, staging"],
  ["config:\n  cutover:environment: prod", 'cutover:environment is "prod", expected rehearsal'],
])("%j is refused in one line", async ([text = "", says = ""]) => {
  const error: unknown = await read(text).catch((refused: unknown) => refused);
  expect(String(error)).toContain(`Pulumi.prod.yaml: ${says}`);
  expect(String(error)).not.toContain("\n");
});

test("what is no number is shown as it was written", async () => {
  expect((await read(config("lms:trafficWeight: .nan"))).values["lms"]).toEqual({
    trafficWeight: "NaN",
  });
});

test("on and off are written as text, for readers to whom they would be true and false", async () => {
  const folder = await mkdtemp(join(tmpdir(), "cutover-stack-file-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "Pulumi.prod.yaml");
  await writeFile(file, config("lms:trafficWeight: 10"));
  await setInStackFile(file, "lms", { trafficWeight: 0, maintenance: "off" });
  expect(await readFile(file, "utf8")).toBe(
    `${config("lms:trafficWeight: 0", 'lms:maintenance: "off"')}\n`,
  );
  expect((await readStackFile(file)).values["lms"]).toEqual({
    trafficWeight: "0",
    maintenance: "off",
  });
});
