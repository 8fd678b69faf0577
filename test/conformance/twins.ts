import type { OperationOptions, OperationResult } from "../../engine/engine.ts";
import { errors, Fixture } from "../rehearsal/engine/fixture.ts";
import type { Declaration } from "../rehearsal/engine/programs/declared/declaration.ts";
import { comparable } from "./comparable.ts";
import { initialize, runReal, type Verb } from "./real-declared.ts";

/** What came of the same operation on both engines. */
export interface Outcomes {
  readonly real: Outcome;
  readonly embedded: Outcome;
}

/** Everything about an operation that must not depend on the engine. */
export interface Outcome {
  /** Name of what was thrown instead of a result. */
  readonly thrown: string | undefined;
  readonly succeeded: boolean | undefined;
  /** Operation, name, changed keys and outcome of each step. */
  readonly steps: readonly string[];
  readonly operations: OperationResult["operations"] | undefined;
  readonly outputs: unknown;
  readonly violations: readonly unknown[];
  readonly hasErrors: boolean | undefined;
  /** What the provider was asked to do. */
  readonly calls: readonly string[];
  /** The state, resource by resource. */
  readonly state: unknown;
}

/** Options of an operation, which may name files of the stack that it is run on. */
export type Options = OperationOptions | ((stack: Fixture) => OperationOptions);

/** Two stacks of the same program, each with a provider of its own: one for each engine. */
export class Twins {
  readonly real: Fixture;
  readonly embedded: Fixture;
  /** For a look at what an engine said. */
  said = { real: "", embedded: "" };

  private constructor(real: Fixture, embedded: Fixture) {
    this.real = real;
    this.embedded = embedded;
  }

  static async create(): Promise<Twins> {
    const twins = new Twins(await Fixture.create(), await Fixture.create());
    await twins.both(async (stack) => {
      stack.provider.supportsPreview = true;
      await initialize(stack);
    });
    return twins;
  }

  /** Does the same to both. */
  async both(act: (stack: Fixture) => void | Promise<void>): Promise<void> {
    await Promise.all([act(this.real), act(this.embedded)]);
  }

  /** Runs the same operation on both engines. */
  async run(verb: Verb, declaration: Declaration, options: Options = {}): Promise<Outcomes> {
    const real = await this.runOne("real", verb, declaration, options);
    const embedded = await this.runOne("embedded", verb, declaration, options);
    return { real, embedded };
  }

  /** Runs an operation on one of them. */
  async runOne(
    engine: "real" | "embedded",
    verb: Verb,
    declaration: Declaration,
    options: Options = {},
  ): Promise<Outcome> {
    const stack = this[engine];
    const given = typeof options === "function" ? options(stack) : options;
    const { outcome, said } = await outcomeOf(stack, () =>
      engine === "real"
        ? runReal(verb, stack, declaration, given)
        : stack[verb](declaration, given),
    );
    this.said[engine] = said;
    return outcome;
  }

  async remove(): Promise<void> {
    await this.both((stack) => stack.remove());
  }
}

const outcomeOf = async (
  stack: Fixture,
  run: () => Promise<OperationResult>,
): Promise<{ readonly outcome: Outcome; readonly said: string }> => {
  let result: OperationResult | undefined;
  let thrown: unknown;
  try {
    result = await run();
  } catch (error) {
    thrown = error;
  }
  const said = result === undefined ? String(thrown) : errors(result);
  const outcome: Outcome = {
    thrown: thrown instanceof Error ? thrown.name : undefined,
    succeeded: result?.succeeded,
    steps: (result?.steps ?? [])
      .map(({ operation, urn, changedKeys, outcome }) =>
        `${outcome} ${operation} ${nameIn(urn)} ${changedKeys.join(",")}`.trim(),
      )
      .toSorted(),
    operations: result?.operations,
    outputs: result?.outputs,
    violations: (result?.violations ?? []).map(({ policy, pack, level, urn, message }) => ({
      policy,
      pack,
      level,
      at: nameIn(urn),
      message,
    })),
    hasErrors: result === undefined ? undefined : errors(result) !== "",
    calls: inAnyOrder(stack.provider.takeCalls()),
    state: await stateOf(stack),
  };
  return { outcome, said };
};

/** Deletions and reads that follow one another run side by side. */
const inAnyOrder = (calls: readonly string[]): readonly string[] => {
  const runs: string[][] = [];
  const verbOf = (call: string): string => call.split(" ")[0] ?? "";
  for (const call of calls) {
    const run = runs.at(-1);
    const last = verbOf(run?.at(-1) ?? "");
    if (run !== undefined && last === verbOf(call) && (last === "delete" || last === "read")) {
      run.push(call);
    } else {
      runs.push([call]);
    }
  }
  return runs.flatMap((run) => run.toSorted());
};

const nameIn = (urn: string): string => urn.split("::").at(-1) ?? "";

const stateOf = async (stack: Fixture): Promise<unknown> => {
  const file = (await comparable(stack.stateFile)) as {
    checkpoint: { latest?: { resources?: unknown[]; pending_operations?: unknown[] } | null };
  };
  const { resources = [], pending_operations = [] } = file.checkpoint.latest ?? {};
  return { resources, pending: pending_operations };
};
