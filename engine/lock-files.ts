import { readdir, readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { isMissing } from "./backend-files.ts";
import type { LockHolder } from "./engine.ts";
import { isAlive } from "./is-alive.ts";

/**
 * The holder of the first lock in a stack's folder of locks, if there is one.
 * @param except name of a file that does not count
 */
export async function firstLock(folder: string, except?: string): Promise<LockHolder | undefined> {
  for (const name of await namesIn(folder)) {
    const holder =
      name.endsWith(".json") && name !== except ? await readLock(join(folder, name)) : undefined;
    if (holder !== undefined) {
      return holder;
    }
  }
  return undefined;
}

/** Who wrote a lock; undefined where it is gone. @throws if the file is no lock */
export async function readLock(path: string): Promise<LockHolder | undefined> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw new Error(
      `${path}: found no lock (${error instanceof Error ? error.message : String(error)}), expected JSON`,
    );
  }
  const fields = (content ?? {}) as Readonly<Record<string, unknown>>;
  return lockHolder({
    pid: Number(fields["pid"]),
    hostname: String(fields["hostname"]),
    username: String(fields["username"]),
    since: new Date(String(fields["timestamp"])).toISOString(),
  });
}

/** Adds whether the process that wrote the lock is known to be gone: only its own host can tell. */
export const lockHolder = (written: Omit<LockHolder, "dead">): LockHolder => ({
  ...written,
  dead: written.hostname === hostname() && !isAlive(written.pid),
});

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) {
      return [];
    }
    throw error;
  }
}
