import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { BadInput, shown } from "../definition/bad-input.ts";
import { savedPlanHash } from "../definition/saved-plan-hash.ts";

/**
 * Reads the digest of a saved plan.
 * @throws BadInput when the file cannot be read, or is no saved plan.
 */
export const readSavedPlan = async (file: string): Promise<{ readonly hash: string }> => {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch {
    throw new BadInput({
      where: shown(file),
      found: "not readable",
      expected: "a file that `pulumi preview --save-plan` wrote",
    });
  }
  return { hash: savedPlanHash(text, basename(file)) };
};
