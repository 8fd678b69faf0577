import { link, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import { StackLocked, type LockHolder } from "../../../engine/engine.ts";
import { isRecord } from "../values/property-wire.ts";
import { isMissing, type StackFiles } from "./stack-files.ts";

/** One name for every embedded engine: two of them can then not both create it. The real CLI takes any name. */
const ownName = "embedded-engine.json";

/**
 * Takes the stack's lock and returns what releases it.
 * @throws StackLocked if another update holds it
 */
export async function lockStack(files: StackFiles): Promise<() => Promise<void>> {
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
  const other = await firstLock(files, ownName);
  if (other !== undefined) {
    await release();
    throw new StackLocked(other);
  }
  return release;
}

/** Who holds the stack's lock, if anyone. */
export function lockHolder(files: StackFiles): Promise<LockHolder | undefined> {
  return firstLock(files, undefined);
}

/** Removes the stack's lock, whoever holds it. */
export async function removeLocks(files: StackFiles): Promise<void> {
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

async function firstLock(
  files: StackFiles,
  except: string | undefined,
): Promise<LockHolder | undefined> {
  for (const name of await namesIn(files.locks)) {
    const holder =
      name.endsWith(".json") && name !== except
        ? await readLock(join(files.locks, name))
        : undefined;
    if (holder !== undefined) {
      return holder;
    }
  }
  return undefined;
}

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

async function readLock(path: string): Promise<LockHolder | undefined> {
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
  const fields = isRecord(content) ? content : {};
  const pid = Number(fields["pid"]);
  const host = String(fields["hostname"]);
  return {
    pid,
    hostname: host,
    username: String(fields["username"]),
    since: new Date(String(fields["timestamp"])).toISOString(),
    dead: host === hostname() && !isAlive(pid),
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
