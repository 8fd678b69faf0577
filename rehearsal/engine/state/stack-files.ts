import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { BadInput, shown } from "../../../definition/bad-input.ts";
import { backendFiles, isMissing, type BackendFiles } from "../../../engine/backend-files.ts";

/**
 * The files of a stack in Pulumi's own layout.
 * @throws BadInput if the backend is not a folder on this machine
 */
export function stackFiles(backendUrl: string, project: string, stack: string): BackendFiles {
  const files = backendFiles(backendUrl, project, stack);
  if (files === undefined) {
    throw new BadInput({
      where: "the embedded engine",
      key: "PULUMI_BACKEND_URL",
      found: backendUrl === "" ? "not set" : shown(backendUrl),
      expected: "file:///FOLDER, where the rehearsal's state is",
      remedy: "`cutover world` prints what a terminal needs.",
    });
  }
  return files;
}

/** The text of a file, or undefined where there is none. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  }
}

/**
 * Replaces a file such that a reader finds, and an engine that dies at any instant leaves, either the old text or the
 * new one. It is not forced onto the disk, which would take longer than the write: no rehearsal outlives its
 * machine.
 */
export async function writeAtomically(path: string, text: string): Promise<void> {
  // The name must not end in .json: the real CLI takes every .json file of the folder for a stack.
  const temporary = `${path}.${process.pid}.tmp`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(temporary, text);
  await rename(temporary, path);
}

/** Marks the backend as one whose stacks lie below their projects, as the real CLI does. */
export async function markBackend(files: BackendFiles): Promise<void> {
  await mkdir(files.root, { recursive: true });
  try {
    await writeFile(join(files.root, "meta.yaml"), "version: 1\n", { flag: "wx" });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) {
      throw error;
    }
  }
}
