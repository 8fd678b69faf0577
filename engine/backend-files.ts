import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where one stack's files lie below a backend that is a folder. */
export interface BackendFiles {
  readonly state: string;
  readonly locks: string;
  readonly root: string;
}

/** The files of a stack in Pulumi's own layout; undefined where the backend is no folder of this machine. */
export function backendFiles(
  backendUrl: string,
  project: string,
  stack: string,
): BackendFiles | undefined {
  // `file://~` and `file://./here` name a folder to the CLI and a host to everybody else.
  if (!backendUrl.startsWith("file:///")) {
    return undefined;
  }
  const root = join(fileURLToPath(backendUrl), ".pulumi");
  return {
    root,
    state: join(root, "stacks", project, `${stack}.json`),
    locks: join(root, "locks", "organization", project, stack),
  };
}

/** True if the error says that there is no such file. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
