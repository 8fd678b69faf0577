import { readFile, rename, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { isScalar, parseDocument, YAMLMap, type Document } from "yaml";
import { BadInput } from "../definition/bad-input.ts";
import { configByNamespace } from "../definition/named-systems.ts";
import type { Posture } from "../definition/posture.ts";
import type { RawConfig } from "../definition/stage-config.ts";
import { stackEnvironment, type StackEnvironment } from "../definition/stack-environment.ts";

/** The file that holds a stack's config. */
export const stackFile = (directory: string, stack: string): string =>
  join(directory, `Pulumi.${stack}.yaml`);

/** What a stack's config says. */
export interface StackConfig {
  readonly environment: StackEnvironment;
  /** Values by namespace and key, as text. */
  readonly values: Readonly<Record<string, RawConfig>>;
}

/**
 * Reads a stack's config.
 * @throws BadInput when the file is missing, is no YAML, or names no environment.
 */
export const readStackFile = async (file: string): Promise<StackConfig> => {
  const config = configOf(await documentIn(file), basename(file));
  const written = Object.entries(config.toJSON() as Record<string, unknown>);
  const values = configByNamespace(
    Object.fromEntries(
      written.map(([key, value]) => [
        key,
        // JSON knows neither infinity nor what is no number.
        typeof value === "string" || typeof value === "number"
          ? String(value)
          : JSON.stringify(value),
      ]),
    ),
  );
  const environment = stackEnvironment(values["cutover"], basename(file));
  return { environment, values };
};

/**
 * Sets a system's values, as `pulumi config set` would; everything else in the file stays as it is, comments
 * too. The file is replaced whole, so that no reader ever finds half of it.
 * @throws BadInput when the file is missing or is no YAML.
 */
export const setInStackFile = async (
  file: string,
  system: string,
  values: Posture,
): Promise<void> => {
  const document = await documentIn(file);
  const config = configOf(document, basename(file));
  for (const [key, value] of Object.entries(values)) {
    const node = document.createNode(value);
    // A reader of older YAML would take it for true or false.
    if (isScalar(node) && (value === "on" || value === "off")) node.type = "QUOTE_DOUBLE";
    config.set(`${system}:${key}`, node);
  }
  const written = `${file}.${process.pid}.tmp`;
  await writeFile(written, document.toString({ lineWidth: 0 }));
  await rename(written, file);
};

const documentIn = async (file: string): Promise<Document> => {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new BadInput({
      where: basename(file),
      found: (error as NodeJS.ErrnoException).code === "ENOENT" ? "no such file" : "unreadable",
      expected: "the config of the stack",
      remedy: "Name the stack with --stack, and its folder with --directory.",
    });
  });
  const document = parseDocument(text);
  const [problem] = document.errors;
  if (problem === undefined) return document;
  throw new BadInput({
    where: basename(file),
    found:
      problem.code === "MULTIPLE_DOCS"
        ? "more than one document"
        : (problem.message.split("\n")[0] ?? "no YAML").replace(/:$/, ""),
    expected: "YAML with a config map",
  });
};

const configOf = (document: Document, name: string): YAMLMap => {
  const config: unknown = document.get("config");
  if (config instanceof YAMLMap) return config;
  throw new BadInput({
    where: name,
    key: "config",
    found: config === undefined ? "not there" : "no map",
    expected: "a map of namespaced keys to values",
  });
};
