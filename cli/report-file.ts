import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { BadInput, shown } from "../definition/bad-input.ts";

/**
 * The absolute path of a file that a report can be written to; asked before the work that it reports on.
 * @throws BadInput when its folder is missing, or it cannot be written.
 */
export const reportFile = async (where: string, written: string): Promise<string> => {
  const refused = (problem: string, expected: string): BadInput =>
    new BadInput({ where, key: "--report", found: `${shown(written)}, ${problem}`, expected });
  if (written.trim() === "" || written.includes("\0")) {
    throw refused("which is no file name", "the name of a file");
  }
  const file = resolve(written);
  const folder = dirname(file);
  const kind = await kindOf(file);
  if (kind === "folder" || /[/\\]$/.test(written)) {
    throw refused("which names a folder", "the name of a file");
  }
  if ((await kindOf(folder)) !== "folder") {
    throw refused("whose folder does not exist", "a file in a folder that exists");
  }
  // A new file is written into its folder, an old one into itself.
  if (!(await writable(kind === "none" ? folder : file))) {
    throw refused("which cannot be written", "a file that you may write");
  }
  return file;
};

const kindOf = async (path: string): Promise<"file" | "folder" | "none"> => {
  try {
    return (await stat(path)).isDirectory() ? "folder" : "file";
  } catch {
    return "none";
  }
};

const writable = async (path: string): Promise<boolean> => {
  try {
    await access(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
};
