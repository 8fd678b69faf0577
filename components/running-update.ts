import { execFile } from "node:child_process";
import { userInfo } from "node:os";
import { promisify } from "node:util";
import type { LedgerOperator, LedgerRecord } from "../definition/ledger.ts";
import { peopleReader } from "../policies/facts/people-reader.ts";
import type { Variables } from "../policies/facts/sources.ts";

/** Whatever git does not answer within this, milliseconds, nobody knows: a way back may be waiting. */
const patience = 3_000;

/**
 * What is known of the update that this program is part of: the commit checked out, who runs it and which saved
 * plan it says it keeps to. Never throws.
 */
export const runningUpdate = async (
  variables: Variables,
): Promise<Required<Pick<LedgerRecord, "commit" | "operator" | "plan">>> => {
  const [commit, operator, plan] = await Promise.all([
    git(["rev-parse", "HEAD"]),
    operatorOf(variables),
    planOf(variables),
  ]);
  return { commit, operator, plan };
};

const operatorOf = async (variables: Variables): Promise<LedgerOperator> => {
  const said = plainName(variables["CUTOVER_OPERATOR"] ?? "");
  if (said !== "") return { name: said, by: "variable" };
  const configured = plainName(await git(["config", "user.email"]));
  if (configured !== "") return { name: configured, by: "git" };
  return { name: plainName(login()), by: "login" };
};

/** What an entry of a saved plan that cannot be read says in place of its digest. */
const unreadable = "unreadable";

const planOf = async ({ CUTOVER_PLAN: plan }: Variables): Promise<string> => {
  const people = peopleReader({ evidence: "", checkout: undefined, plan });
  const running = await people.runningPlan();
  return running.known ? running.value : unreadable;
};

/** A name comes from outside, and is printed: one line of what can be seen. */
const plainName = (text: string): string =>
  text
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, "")
    .trim()
    .slice(0, longestName)
    // Half a character has no place in a digest.
    .replace(/[\ud800-\udbff]$/, "");

const longestName = 120;

const login = (): string => {
  try {
    return userInfo().username;
  } catch {
    // A user id without a name, as containers have it.
    return "";
  }
};

/** What git says in the checkout of this program; empty where it says nothing. */
const git = async (words: readonly string[]): Promise<string> => {
  try {
    const { stdout } = await promisify(execFile)("git", words, {
      cwd: import.meta.dirname,
      timeout: patience,
    });
    return stdout.trim();
  } catch {
    return "";
  }
};
