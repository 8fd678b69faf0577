import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { LiveCutover } from "./live-cutover.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What a checkout has that no program needs a copy of. */
const left: ReadonlySet<string> = new Set(["node_modules", ".git", "coverage"]);

/** A copy of this checkout in which one file differs. Program, pack and world find it as their own. */
export interface ChangedCheckout {
  readonly directory: string;
  remove(): Promise<void>;
}

/**
 * Copies this checkout with one file changed.
 * @throws Error when the change leaves the file as it was.
 */
export const changedCheckout = async (
  file: string,
  change: (text: string) => string,
): Promise<ChangedCheckout> => {
  const directory = await mkdtemp(join(tmpdir(), "cutover-checkout-"));
  for (const entry of await readdir(root)) {
    if (!left.has(entry)) await cp(join(root, entry), join(directory, entry), { recursive: true });
  }
  await symlink(join(root, "node_modules"), join(directory, "node_modules"));
  const before = await readFile(join(root, file), "utf8");
  const after = change(before);
  if (after === before) throw new Error(`${file} is as it was`);
  await writeFile(join(directory, file), after);
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
};

/** Live cutovers of a copy, whose world and program are its own. */
export const liveCutoverOf = async ({
  directory,
}: ChangedCheckout): Promise<typeof LiveCutover> => {
  const { href } = pathToFileURL(join(directory, "test/e2e/live-cutover.ts"));
  return ((await import(href)) as { readonly LiveCutover: typeof LiveCutover }).LiveCutover;
};
