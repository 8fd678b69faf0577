import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { OperationOptions, OperationResult, Workspace } from "../../../engine/engine.ts";
import { EmbeddedEngine } from "../../../rehearsal/engine/embedded-engine.ts";
import { declaredProgram } from "./declared-program.ts";
import type { Declaration } from "./programs/declared/declaration.ts";
import { ThingProvider } from "./thing-provider.ts";

/** Folder of a policy pack of these tests. */
export const packAt = (name: string): string =>
  fileURLToPath(new URL(`./packs/${name}`, import.meta.url));

/** A stack of its own, with a provider of its own, on the embedded engine. */
export class Fixture {
  /** Runs the programs below `programs/` in processes of their own, as anybody's. */
  readonly engine = new EmbeddedEngine();
  /** Registers a declaration from within the test's process: quicker by the start of Node. */
  readonly #inProcess = new EmbeddedEngine({ startProgram: declaredProgram });
  readonly provider: ThingProvider;
  readonly directory: string;

  private constructor(provider: ThingProvider, directory: string) {
    this.provider = provider;
    this.directory = directory;
  }

  /** @param program folder below `programs/` */
  static async create(
    program = "declared",
    config: Readonly<Record<string, string>> = {},
  ): Promise<Fixture> {
    const directory = await mkdtemp(join(tmpdir(), "embedded-engine-"));
    const fixture = new Fixture(await ThingProvider.start(), directory);
    await fixture.configure({ "cutover:environment": "rehearsal", ...config });
    const main = fileURLToPath(new URL(`./programs/${program}/index.mjs`, import.meta.url));
    const project = {
      name: "demo",
      runtime: { name: "nodejs", options: { typescript: false } },
      main,
    };
    await writeFile(join(directory, "Pulumi.yaml"), JSON.stringify(project));
    return fixture;
  }

  /** Writes the stack's config. */
  async configure(config: Readonly<Record<string, unknown>>, salt?: string): Promise<void> {
    await writeFile(
      join(this.directory, "Pulumi.dev.yaml"),
      JSON.stringify({ ...(salt === undefined ? {} : { encryptionsalt: salt }), config }),
    );
  }

  workspace(environment: Readonly<Record<string, string>> = {}): Workspace {
    return {
      directory: this.directory,
      stack: "dev",
      backendUrl: pathToFileURL(join(this.directory, "state")).href,
      environment: {
        PULUMI_CONFIG_PASSPHRASE: "open sesame",
        PULUMI_DEBUG_PROVIDERS: this.provider.attachment,
        ...environment,
      },
    };
  }

  declaring(declaration: Declaration): Workspace {
    return this.workspace({ DECLARATION: JSON.stringify(declaration) });
  }

  up(declaration: Declaration, options: OperationOptions = {}): Promise<OperationResult> {
    return this.#inProcess.up(this.declaring(declaration), options);
  }

  preview(declaration: Declaration, options: OperationOptions = {}): Promise<OperationResult> {
    return this.#inProcess.preview(this.declaring(declaration), options);
  }

  refresh(_: Declaration, options: OperationOptions = {}): Promise<OperationResult> {
    return this.#inProcess.refresh(this.workspace(), options);
  }

  destroy(_: Declaration, options: OperationOptions = {}): Promise<OperationResult> {
    return this.#inProcess.destroy(this.workspace(), options);
  }

  urn(name: string, type = "test:index:Thing"): string {
    return `urn:pulumi:dev::demo::${type}::${name}`;
  }

  get stateFile(): string {
    return join(this.directory, "state/.pulumi/stacks/demo/dev.json");
  }

  stateText(): Promise<string> {
    return readFile(this.stateFile, "utf8");
  }

  async state(): Promise<StateFile> {
    const file = JSON.parse(await this.stateText()) as { checkpoint: { latest: StateFile } };
    return file.checkpoint.latest;
  }

  /** The resource of that name in the state file. */
  async resource(name: string): Promise<StateFile["resources"][number] | undefined> {
    return (await this.state()).resources.find(({ urn }) => urn.endsWith(`::${name}`));
  }

  async remove(): Promise<void> {
    this.provider.stop();
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** The part of a state file that tests look at. */
export interface StateFile {
  readonly resources: readonly {
    readonly urn: string;
    readonly id?: string;
    readonly delete?: boolean;
    readonly protect?: boolean;
    readonly inputs?: Readonly<Record<string, unknown>>;
    readonly outputs?: Readonly<Record<string, unknown>>;
    readonly initErrors?: readonly string[];
  }[];
  readonly pending_operations?: readonly {
    readonly type: string;
    readonly resource: { readonly urn: string };
  }[];
}

/** Operation and name of each step, without what did not change. */
export function changes(result: OperationResult): readonly string[] {
  return result.steps
    .filter(({ operation }) => operation !== "same" && operation !== "read")
    .map(
      ({ operation, urn, outcome }) =>
        `${operation} ${urn.split("::").at(-1) ?? ""}${outcome === "failed" ? " failed" : ""}`,
    );
}

/** All errors of a result in one text. */
export function errors(result: OperationResult): string {
  return result.diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ message }) => message)
    .join("\n");
}
