import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { LedgerPlace } from "../move.ts";
import type { People } from "./people.ts";
import { NotAccepted, reasonOf } from "./refusal.ts";

/** Longer than git takes on a large history, milliseconds. */
const patience = 5_000;

/**
 * The people whose commits make a move: everybody who wrote or committed a change of the stack file or the
 * definition since the commit that made the ledger's last entry. Nobody of them may approve it.
 * @throws NotAccepted when that cannot be told: uncommitted changes, no history, somebody unknown.
 */
export const changeAuthors = async (
  checkout: string,
  { system, stack, place }: { system: string; stack: string; place?: LedgerPlace },
  people: People,
): Promise<readonly string[]> => {
  const files = [`Pulumi.${stack}.yaml`, `stacks/${system}.ts`];
  const since = place?.sinceCommit ?? "";
  if (!/^[0-9a-f]{40,64}$/.test(since)) {
    throw new NotAccepted("the ledger does not say at which commit its last entry was made");
  }
  const changed = await git(checkout, ["status", "--porcelain", "--", ...files]);
  if (changed.trim() !== "") {
    throw new NotAccepted(
      `nobody has committed what is changed in ${files.join(" or ")}; commit it`,
    );
  }
  const log = await git(checkout, ["log", "--format=%ae%n%ce", `${since}..HEAD`, "--", ...files]);
  const addresses = [...new Set(log.split("\n").filter((line) => line !== ""))];
  if (addresses.length === 0) {
    throw new NotAccepted(
      `no commit since ${since.slice(0, 12)} changes ${files.join(" or ")}; commit the stage's value`,
    );
  }
  const authors = addresses.map((address) => {
    const person = people.byCommit(address);
    if (person !== undefined) return person;
    const shown = /^[\w.+@-]{1,80}$/.test(address) ? address : "an address that is not printed";
    throw new NotAccepted(
      `${shown} has committed, and evidence/people.yaml does not say who that is`,
    );
  });
  return [...new Set(authors.flatMap((author) => (author === "machine" ? [] : [author.name])))];
};

const git = async (checkout: string, words: readonly string[]): Promise<string> => {
  // A variable such as GIT_DIR would show another history, and so would replaced objects.
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_")),
  );
  try {
    const { stdout } = await promisify(execFile)("git", ["--no-replace-objects", ...words], {
      cwd: checkout,
      env: environment,
      timeout: patience,
      maxBuffer: 16_000_000,
    });
    return stdout;
  } catch (error) {
    throw new NotAccepted(
      reasonOf(error, "git cannot tell who made the change; the whole history must be there"),
    );
  }
};
