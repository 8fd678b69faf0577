import { unknown, type Reading } from "./reading.ts";

/** What a reader gives; one that throws is a value that nobody knows. */
export const readingOf = async <T>(read: () => Promise<Reading<T>>): Promise<Reading<T>> => {
  try {
    return await read();
  } catch (error) {
    return unknown(error instanceof Error ? error.message : String(error));
  }
};
