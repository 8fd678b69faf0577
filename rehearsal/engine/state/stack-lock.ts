import { link, mkdir, rm, writeFile } from "node:fs/promises";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import type { BackendFiles } from "../../../engine/backend-files.ts";
import { StackLocked, type LockHolder } from "../../../engine/engine.ts";
import { firstLock, readLock } from "../../../engine/lock-files.ts";

/** One name for every embedded engine: two of them can then not both create it. The real CLI takes any name. */
const ownName = "embedded-engine.json";

/**
 * Takes the stack's lock and returns what releases it.
 * @throws StackLocked if another update holds it
 */
export async function lockStack(files: BackendFiles): Promise<() => Promise<void>> {
  await mkdir(files.locks, { recursive: true });
  const own = join(files.locks, ownName);
  const draft = join(files.root, `lock-${process.pid}-${Math.random().toString(36).slice(2)}.tmp`);
  await writeFile(draft, JSON.stringify(thisProcess()));
  try {
    // A link appears at once with its content and fails if the name is taken: exactly one engine wins.
    await link(draft, own);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") {
      throw new StackLocked((await readLock(own)) ?? goneHolder);
    }
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const release = (): Promise<void> => rm(own, { force: true });
  const other = await firstLock(files.locks, ownName);
  if (other !== undefined) {
    await release();
    throw new StackLocked(other);
  }
  return release;
}

/** Who holds the stack's lock, if anyone. */
export function lockHolder(files: BackendFiles): Promise<LockHolder | undefined> {
  return firstLock(files.locks);
}

/** Removes the stack's lock, whoever holds it. */
export async function removeLocks(files: BackendFiles): Promise<void> {
  await rm(files.locks, { recursive: true, force: true });
}

/** The holder released the lock between our attempt and our look. */
const goneHolder: LockHolder = {
  pid: 0,
  hostname: "",
  username: "",
  since: new Date(0).toISOString(),
  dead: false,
};

function thisProcess(): Readonly<Record<string, unknown>> {
  return {
    pid: process.pid,
    username: userInfo().username,
    hostname: hostname(),
    timestamp: new Date().toISOString(),
  };
}
