import { BadInput } from "../definition/bad-input.ts";
import type { SmokeTest } from "../definition/checks.ts";
import { inWords } from "../definition/units.ts";
import type { Settled } from "../definition/tbd.ts";
import { addressOf, fieldsOf } from "../policies/facts/side-reader.ts";
import { answerProblems } from "../policies/rules/answer-problems.ts";
import { connectionsOf, type OperatedSystem } from "./stack.ts";

/** How one smoke test went. */
export interface SmokeResult {
  readonly test: Settled<SmokeTest>;
  /** What was wrong, in words; empty when it passed. */
  readonly problems: readonly string[];
  readonly milliseconds: number;
}

/** How long a person would wait for one answer, milliseconds. */
const patienceMilliseconds = 10_000;

/**
 * Runs a plan's smoke tests against one side on its own address, in their order, as later ones may use what
 * earlier ones made. Each one is told of as it ends.
 * @throws BadInput when nobody knows where the side answers, or who the tests are to it.
 */
export async function* smoke(
  operated: OperatedSystem,
  side: "blue" | "green",
): AsyncGenerator<SmokeResult> {
  const { system, environment, workspace, signal } = operated;
  const connections = connectionsOf(operated);
  if (!connections.known) {
    throw new BadInput({
      where: "cutover smoke",
      found: connections.reason,
      expected: "a stack whose sides can be asked",
    });
  }
  const address = addressOf(connections.value.sides, system, side);
  const headers = {
    "content-type": "application/json",
    ...(environment !== "rehearsal" && accountOf(system, workspace.environment)),
  };
  for (const test of system.smokeTests) {
    const began = performance.now();
    const problems = await problemsOf(test, address, headers, signal);
    yield { test, problems, milliseconds: Math.round(performance.now() - began) };
    if (signal.aborted) return;
  }
}

const accountOf = (
  { name, testAccount }: OperatedSystem["system"],
  variables: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => {
  if (testAccount === undefined) return {};
  const value = variables[testAccount.variable] ?? "";
  if (value !== "") return { [testAccount.header]: value };
  throw new BadInput({
    where: "cutover smoke",
    key: testAccount.variable,
    found: "not set",
    expected: `what the test account sends as ${testAccount.header}`,
    remedy: `See testAccount in stacks/${name}.ts.`,
  });
};

const problemsOf = async (
  { method, path, body, says = {} }: Settled<SmokeTest>,
  address: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<readonly string[]> => {
  const late = AbortSignal.timeout(patienceMilliseconds);
  try {
    const answer = await fetch(`${address}${path}`, {
      method,
      headers,
      // A login page is no answer of the call.
      redirect: "manual",
      signal: AbortSignal.any([late, signal]),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const code = answer.ok ? 200 : answer.status;
    return answerProblems(`${method} ${path}`, { code, fields: fieldsOf(parsed(text)) }, says);
  } catch (error) {
    const waited = inWords({ milliseconds: patienceMilliseconds });
    if (late.aborted) return [`${method} ${path} did not answer within ${waited}`];
    if (signal.aborted) return [`${method} ${path} was interrupted`];
    // The cause's code alone: messages can quote headers.
    const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : {};
    const code = typeof cause?.code === "string" ? ` (${cause.code})` : "";
    return [`${method} ${path} could not be sent, or was not answered${code}`];
  }
};

/** What an answer holds as JSON; nothing where it is none. */
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
