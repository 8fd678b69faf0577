import { BadInput } from "../../../definition/bad-input.ts";

/** What a file should be, and what to do where it is not. */
export interface Expectation {
  readonly file: string;
  readonly expected: string;
  readonly remedy: string;
}

/**
 * Reads a file's content, whatever is wrong with it being said in one line.
 * @throws BadInput where `work` throws anything
 */
export async function reading<T>(
  { file, expected, remedy }: Expectation,
  work: () => Promise<T> | T,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BadInput) {
      throw error;
    }
    const message = error instanceof Error ? error.message : String(error);
    const found = (message.split("\n")[0] ?? "").replace(/[.:]$/, "");
    throw new BadInput({ where: file, found, expected, remedy });
  }
}
