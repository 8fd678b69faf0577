import { readdir, readFile } from "node:fs/promises";

/** Processes with a text in their environment; none where the system does not show that. */
export const processesWith = async (text: string): Promise<readonly string[]> => {
  const names = await readdir("/proc").catch(() => []);
  const found = await Promise.all(
    names
      .filter((name) => /^\d+$/.test(name))
      .map(async (name) => {
        const environment = await readFile(`/proc/${name}/environ`, "utf8").catch(() => "");
        return environment.includes(text) ? [name] : [];
      }),
  );
  return found.flat();
};
