import { resolve } from "node:path";

/** A file or folder as the person names it from where they stand: npm runs commands elsewhere. */
export const fromHere = (path: string): string => resolve(process.env["INIT_CWD"] ?? ".", path);
