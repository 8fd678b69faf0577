import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { promisify } from "node:util";

/** Kills a process and all that it started, however deep, as a machine does that loses its power. */
export const killTree = async (pid: number): Promise<void> => {
  for (const doomed of [pid, ...descendantsOf(pid, await parents())]) {
    try {
      process.kill(doomed, "SIGKILL");
    } catch {
      // It was gone already.
    }
  }
};

const descendantsOf = (pid: number, parentOf: ReadonlyMap<number, number>): readonly number[] =>
  [...parentOf].flatMap(([child, parent]) =>
    parent === pid ? [child, ...descendantsOf(child, parentOf)] : [],
  );

/** Process to parent, for every process of the machine. A container may have no `ps`, and only Linux has `/proc`. */
const parents = async (): Promise<ReadonlyMap<number, number>> =>
  process.platform === "linux" ? parentsFromProc() : parentsFromPs();

const parentsFromProc = async (): Promise<ReadonlyMap<number, number>> => {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const entries = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
      // The name in parentheses may hold anything, spaces and parentheses too.
      const parent = stat.slice(stat.lastIndexOf(")") + 1).split(" ")[2];
      return [Number(pid), Number(parent)] as const;
    }),
  );
  return new Map(entries);
};

const parentsFromPs = async (): Promise<ReadonlyMap<number, number>> => {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid="]);
  const lines = stdout.trim().split("\n");
  return new Map(
    lines.map((line) => {
      const [pid, parent] = line.trim().split(/\s+/).map(Number);
      return [pid ?? 0, parent ?? 0];
    }),
  );
};
