import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

/** What Node is to import first in a process of this project's own, so that it reads TypeScript. */
export const typescriptLoader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
