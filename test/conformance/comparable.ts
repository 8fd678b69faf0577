import { readFile } from "node:fs/promises";

const dropped: ReadonlySet<string> = new Set([
  "manifest",
  "created",
  "modified",
  "sourcePosition",
  "stackTrace",
  "seed",
  "salt",
]);

/** A file as both engines must write it: without times, seeds, ciphertexts, random ids and places in the source. */
export const comparable = async (file: string): Promise<unknown> =>
  JSON.parse(await readFile(file, "utf8"), (key, value: unknown) => {
    if (dropped.has(key)) return undefined;
    if (key === "ciphertext") return "…";
    // Sets, which the real engine writes in any order.
    if (isTexts(value) && (key === "deletes" || areUrns(value))) return value.toSorted();
    return typeof value === "string"
      ? value.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, "uuid")
      : value;
  });

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((element) => typeof element === "string");

const areUrns = (texts: readonly string[]): boolean =>
  texts.every((text) => text.startsWith("urn:"));
