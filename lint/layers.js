/**
 * Which folder may import which: the one direction of dependency, as data. The longest path that matches
 * a file decides. What is not listed is refused.
 *
 * @typedef {object} Layer
 * @property {string} path folder with a slash at its end, or one file
 * @property {readonly string[] | "anything"} project paths of the project that it may import, beside itself
 * @property {readonly string[]} [types] paths of which it may import types only
 * @property {readonly string[]} [never] paths that it must not import, although `project` covers them
 * @property {readonly string[] | "any"} [packages] packages, `name` or `name/*`; any unless listed
 * @property {readonly string[]} [neverPackages] packages that it must not import
 * @property {boolean} [tooling] whether it may need devDependencies; never, unless said
 * @property {"any" | "none"} [node] modules of Node; any unless said
 */

/** Modules beside the rules that are as pure as the rules are, and held to the same. */
export const pureModules = [
  "policies/move.ts",
  "policies/rehearsal-stack.ts",
  "policies/facts/facts.ts",
  "policies/facts/reading.ts",
  "policies/facts/watched-window.ts",
];

/** What a pure function may lean on: arithmetic and dates, nothing that reads or writes. */
const purePackages = ["@js-temporal/polyfill", "simple-statistics"];

/** Reads the folder of definitions. */
const catalogue = "definition/catalogue.ts";

/** @type {Layer} */
const pure = {
  path: "policies/rules/",
  project: ["definition/", "policies/rules/", ...pureModules],
  types: ["policies/facts/", "policies/evidence/"],
  never: [catalogue],
  packages: purePackages,
  node: "none",
};

/** @type {readonly Layer[]} */
export const layers = [
  { path: "definition/", project: [], neverPackages: ["@pulumi/*"] },
  { path: "stacks/", project: ["definition/", "components/"], never: [catalogue] },
  {
    path: "components/",
    project: [
      "definition/",
      "policies/facts/",
      "policies/last-reading.ts",
      "policies/handed-verdicts.ts",
    ],
  },
  { path: "start/", project: [] },
  { path: "policies/", project: ["definition/", "start/"] },
  pure,
  ...pureModules.map((path) => ({ ...pure, path })),
  { path: "engine/", project: ["definition/"], packages: ["@pulumi/pulumi"] },
  { path: "operator/", project: ["definition/", "policies/", "engine/"] },
  {
    path: "rehearsal/",
    project: [
      "definition/",
      "stacks/",
      "components/",
      "policies/",
      "engine/",
      "operator/",
      "index.ts",
    ],
  },
  {
    path: "cli/",
    project: [
      "definition/",
      "stacks/",
      "components/",
      "policies/",
      "engine/",
      "operator/",
      "rehearsal/",
    ],
  },
  { path: "access/", project: ["definition/"] },
  { path: "index.ts", project: ["components/", "definition/"] },
  { path: "docs/", project: ["definition/", "policies/"], tooling: true },
  { path: "test/", project: "anything", tooling: true },
  { path: "bench/", project: "anything", tooling: true },
  { path: "lint/", project: [], tooling: true },
  { path: "eslint.config.js", project: ["lint/"], tooling: true },
  { path: "vitest.config.ts", project: ["test/"], tooling: true },
];
