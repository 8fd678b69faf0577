import { readdir } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { BadInput, shown } from "../definition/bad-input.ts";
import { loadSystem } from "../definition/catalogue.ts";
import { namedSystems } from "../definition/named-systems.ts";
import type { StackEnvironment } from "../definition/stack-environment.ts";
import type { SystemDefinition } from "../definition/system.ts";
import { settle } from "../definition/tbd.ts";
import type { Engine } from "../engine/engine.ts";
import { readStackFile, stackFile } from "../operator/stack-file.ts";
import type { OperatedSystem } from "../operator/stack.ts";
import { engineNamed, engineNames } from "../rehearsal/engine-named.ts";
import { fromHere } from "./from-here.ts";
import { knownSystem } from "./known-system.ts";
import type { CommonOptions, Console } from "./subcommand.ts";

/** Options of every command that works on one stack. */
export interface StackOptions extends CommonOptions {
  readonly stack?: string;
  readonly directory?: string;
  readonly engine?: string;
}

const root = fileURLToPath(new URL("..", import.meta.url));

/** Declares the options that name a stack. */
export const withStackOptions = (command: Command): Command =>
  command
    .option("--stack <name>", "stack to work on; PULUMI_STACK when left out")
    .option("--directory <folder>", "folder of its Pulumi.yaml; the project's when left out")
    .option("--engine <engine>", "engine of a rehearsal's stack: embedded (the default) or pulumi");

/** Declares the argument and the options that name one system of a stack. */
export const withSystem = (command: Command): Command =>
  withStackOptions(
    command.argument("<system>", "name of a system, as `cutover systems` lists them"),
  );

/**
 * The system that a command was given, in its stack.
 * @param where the command, for errors.
 * @throws BadInput for an unknown system, stack or engine, and for a stack that does not hold the system.
 */
export const operatedSystem = async (
  name: string,
  options: StackOptions,
  where: string,
  console: Console,
): Promise<OperatedSystem> => {
  const definition = await knownSystem(name, where);
  const stack = await openStack(options, where, console);
  if (!stack.namespaces.includes(name)) {
    throw new BadInput({
      where: basename(stack.file),
      key: name,
      found: "not in this stack",
      expected: "a value of it, which makes the system part of the stack",
    });
  }
  return operated(definition, stack.shared);
};

/**
 * Every system of a stack.
 * @throws BadInput as {@link operatedSystem}, and for a stack without a system.
 */
export const operatedStack = async (
  options: StackOptions,
  where: string,
  console: Console,
): Promise<readonly OperatedSystem[]> => {
  const { namespaces, file, shared } = await openStack(options, where, console);
  const names = namedSystems(namespaces, basename(file));
  return Promise.all(
    names.map(async (name) => operated(await loadSystem(name, basename(file)), shared)),
  );
};

type Shared = Omit<OperatedSystem, "definition" | "system">;

interface OpenedStack {
  readonly file: string;
  readonly namespaces: readonly string[];
  readonly shared: Shared;
}

const operated = (definition: SystemDefinition, shared: Shared): OperatedSystem => ({
  ...shared,
  definition,
  // What is still open stops the program, where it matters; a command only looks.
  system: settle(definition, { rehearsal: true, file: `stacks/${definition.name}.ts` }),
});

const openStack = async (
  options: StackOptions,
  where: string,
  { log, signal }: Console,
): Promise<OpenedStack> => {
  const variables = process.env;
  const directory = fromHere(options.directory ?? variables["CUTOVER_DIRECTORY"] ?? root);
  const stack = options.stack ?? variables["PULUMI_STACK"] ?? "";
  if (stack === "") throw await noStack(where, directory);
  const file = stackFile(directory, stack);
  const { environment, values } = await readStackFile(file);
  return {
    file,
    namespaces: Object.keys(values),
    shared: {
      environment,
      engine: await engineFor(environment, options.engine, where),
      workspace: {
        directory,
        stack,
        backendUrl: variables["PULUMI_BACKEND_URL"] ?? "",
        environment: textual(variables),
      },
      policyPack: resolve(root, "policies"),
      onNote: log,
      signal,
    },
  };
};

const noStack = async (where: string, directory: string): Promise<BadInput> => {
  const files = await readdir(directory).catch(() => []);
  const stacks = files.flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
  return new BadInput({
    where,
    key: "--stack",
    found: "not set",
    expected: stacks.length === 0 ? "the name of a stack" : `one of ${stacks.join(", ")}`,
  });
};

/** A rehearsal runs on either engine; staging and production on the real one and nothing else. */
const engineFor = async (
  environment: StackEnvironment,
  asked: string | undefined,
  where: string,
): Promise<Engine> => {
  const allowed = environment === "rehearsal" ? engineNames : (["pulumi"] as const);
  const name = asked === undefined ? allowed[0] : allowed.find((known) => known === asked);
  if (name !== undefined) return engineNamed(name);
  throw new BadInput({
    where,
    key: "--engine",
    found: shown(asked),
    expected: `${allowed.join(" or ")} for a stack whose environment is ${environment}`,
  });
};

const textual = (variables: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries(variables).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, value]],
    ),
  );
