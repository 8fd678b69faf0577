import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/** Node reads TypeScript by itself from 22.18 on, and from 24 on keeps what it made of it. */
const native = Number.parseInt(process.versions.node, 10) >= 24;

/**
 * Loads a module in TypeScript and what it imports.
 * @param {URL} module
 */
export const load = (module) => (native ? import(module.href) : translated(module));

/**
 * In this process, and each file once: a loader of Node's own has a thread, and every module waits for its answer.
 * What was made of a file is kept with a digest of the file.
 */
const translated = (module) => {
  const { createJiti } = createRequire(import.meta.url)("jiti");
  const fsCache = fileURLToPath(new URL("../node_modules/.cache/cutover", import.meta.url));
  return createJiti(import.meta.url, { fsCache, interopDefault: false }).import(
    fileURLToPath(module),
  );
};
