import { BadInput } from "../../../definition/bad-input.ts";
import { stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { isRecord } from "../values/property-wire.ts";
import { reading } from "../state/reading.ts";
import { readIfThere } from "../state/stack-files.ts";

/** A folder that node can run: a Pulumi program or a policy pack. */
export interface NodeProject {
  readonly name: string;
  /** Where the project file lies. */
  readonly root: string;
  /** Working folder of the process. */
  readonly programDirectory: string;
  /** What to run, as seen from the working folder. */
  readonly entryPoint: string;
  /** Options of `node` itself, e.g. `--import=tsx`. */
  readonly nodeArguments: readonly string[];
  /** What the project file says of TypeScript, if anything. */
  readonly typescript: false | undefined;
}

/**
 * Reads the project file of a program.
 * @throws BadInput if it is missing or asks for what the embedded engine does not support
 */
export function readProgram(directory: string): Promise<NodeProject> {
  return readProject(directory, "Pulumi.yaml");
}

/**
 * Reads the project file of a policy pack.
 * @throws BadInput if it is missing or asks for what the embedded engine does not support
 */
export function readPolicyPack(directory: string): Promise<NodeProject> {
  return readProject(directory, "PulumiPolicy.yaml");
}

async function readProject(directory: string, fileName: string): Promise<NodeProject> {
  const root = resolve(directory);
  const file = join(root, fileName);
  const text = await readIfThere(file);
  if (text === undefined) {
    throw new BadInput({
      where: file,
      key: "the file",
      found: "missing",
      expected: "a project file",
    });
  }
  const project = await reading(
    { file, expected: "a project file", remedy: "Correct it." },
    (): unknown => parse(text),
  );
  const fields = isRecord(project) ? project : {};
  const runtime = isRecord(fields["runtime"]) ? fields["runtime"] : { name: fields["runtime"] };
  if (runtime["name"] !== "nodejs") {
    throw new BadInput({
      where: file,
      key: "runtime",
      found: JSON.stringify(runtime["name"]),
      expected: "nodejs, the one runtime of the embedded engine",
    });
  }
  const options = isRecord(runtime["options"]) ? runtime["options"] : {};
  if (options["typescript"] === true) {
    throw new BadInput({
      where: file,
      key: "runtime.options.typescript",
      found: "true",
      expected: "false, with nodeargs: --import=tsx",
    });
  }
  const name = fields["name"] ?? (fileName === "PulumiPolicy.yaml" ? root : undefined);
  if (typeof name !== "string" || name === "") {
    throw new BadInput({
      where: file,
      key: "name",
      found: JSON.stringify(name),
      expected: "the project's name",
    });
  }
  const nodeArguments =
    typeof options["nodeargs"] === "string" ? splitArguments(options["nodeargs"]) : [];
  const typescript = options["typescript"] === false ? false : undefined;
  return { name, root, nodeArguments, typescript, ...(await entryOf(root, file, fields["main"])) };
}

/** As the real engine has it: the folder of `main` is the working folder, its file the entry point. */
async function entryOf(
  root: string,
  file: string,
  main: unknown,
): Promise<Pick<NodeProject, "programDirectory" | "entryPoint">> {
  if (main === undefined || main === "") {
    return { programDirectory: root, entryPoint: "." };
  }
  if (typeof main !== "string") {
    throw new BadInput({
      where: file,
      key: "main",
      found: JSON.stringify(main),
      expected: "a path",
    });
  }
  const path = resolve(root, main);
  let found;
  try {
    found = await stat(path);
  } catch {
    throw new BadInput({
      where: file,
      key: "main",
      found: main,
      expected: "a file or folder that exists",
    });
  }
  return found.isDirectory()
    ? { programDirectory: path, entryPoint: "." }
    : { programDirectory: dirname(path), entryPoint: path.slice(dirname(path).length + 1) };
}

/** Splits a command line at blanks, keeping what stands in quotes together. */
function splitArguments(line: string): readonly string[] {
  return [...line.matchAll(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g)].map(([word]) =>
    word.replaceAll(/["']/g, ""),
  );
}
