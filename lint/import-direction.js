import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { layers } from "./layers.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const { dependencies, devDependencies } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
);

/** Refuses imports against the direction that `layers.js` declares. */
export const importDirection = {
  meta: {
    type: "problem",
    docs: { description: "imports point one way" },
    schema: [],
    messages: {
      project: "{{layer}} must not import {{target}}: imports point one way (lint/layers.js).",
      types: "{{layer}} may import types only from {{target}} (lint/layers.js).",
      package: "{{layer}} must not import the package {{target}} (lint/layers.js).",
      undeclared: "{{layer}} needs {{target}} among the {{kind}} of package.json.",
      node: "{{layer}} must not import {{target}}: it does nothing but compute (lint/layers.js).",
      nowhere: "{{file}} belongs to no layer: say in lint/layers.js what it may import.",
      unknown: "{{layer}} must not import what only a run decides (lint/layers.js).",
    },
  },
  create(context) {
    const file = pathInProject(context.filename);
    const layer = layerOf(file);
    if (layer === undefined) {
      return { Program: (node) => context.report({ node, messageId: "nowhere", data: { file } }) };
    }

    const check = (node, specifier, typesOnly) => {
      const messageId = problem(layer, file, specifier, typesOnly);
      if (messageId === undefined) return;
      const target = specifier.startsWith(".") ? targetOf(file, specifier) : specifier;
      context.report({ node, messageId, data: { layer: layer.path, target, kind: kindOf(layer) } });
    };
    const declaration = (node) => {
      if (node.source === null || node.source === undefined) return;
      check(node, node.source.value, isOfTypes(node));
    };
    return {
      ImportDeclaration: declaration,
      ExportNamedDeclaration: declaration,
      ExportAllDeclaration: declaration,
      ImportExpression: ({ source }) => {
        if (typeof source.value === "string") check(source, source.value, false);
        else if (layer.node === "none") {
          context.report({ node: source, messageId: "unknown", data: { layer: layer.path } });
        }
      },
      TSImportType: (node) => {
        const specifier = node.source?.value ?? node.argument?.literal?.value;
        if (typeof specifier === "string") check(node, specifier, true);
      },
      "CallExpression[callee.name='require'][arguments.0.type='Literal']": ({
        arguments: [first],
      }) => {
        if (typeof first.value === "string") check(first, first.value, false);
      },
    };
  },
};

/** What is wrong with an import, as the id of a message. */
const problem = (layer, file, specifier, typesOnly) => {
  if (specifier.startsWith(".")) {
    const target = targetOf(file, specifier);
    if (allowsProject(layer, target)) return undefined;
    if (!covers(layer.types ?? [], target)) return "project";
    return typesOnly ? undefined : "types";
  }
  if (isBuiltin(specifier)) return layer.node === "none" ? "node" : undefined;
  if (!allowsPackage(layer, specifier)) return "package";
  return isDeclared(layer, specifier) ? undefined : "undeclared";
};

/** What only builds and tests need is not installed where the program runs. */
const isDeclared = ({ tooling = false }, specifier) => {
  const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
  return Object.hasOwn(dependencies, name) || (tooling && Object.hasOwn(devDependencies, name));
};

const kindOf = ({ tooling = false }) => (tooling ? "packages" : "dependencies");

const allowsProject = ({ path, project, never = [] }, target) => {
  if (covers(never, target)) return false;
  return project === "anything" || covers([path, ...project], target);
};

const allowsPackage = ({ packages = "any", neverPackages = [] }, specifier) => {
  const named = (pattern) =>
    pattern.endsWith("/*")
      ? specifier.startsWith(pattern.slice(0, -1))
      : specifier === pattern || specifier.startsWith(`${pattern}/`);
  if (neverPackages.some(named)) return false;
  return packages === "any" || packages.some(named);
};

const isOfTypes = ({ importKind, exportKind, specifiers = [] }) =>
  importKind === "type" ||
  exportKind === "type" ||
  (specifiers.length > 0 && specifiers.every((one) => one.importKind === "type"));

const covers = (paths, target) =>
  paths.some((path) => (path.endsWith("/") ? target.startsWith(path) : target === path));

const layerOf = (file) =>
  layers
    .filter(({ path }) => covers([path], file))
    .reduce(
      (best, layer) => (layer.path.length > (best?.path.length ?? 0) ? layer : best),
      undefined,
    );

const targetOf = (file, specifier) => pathInProject(resolve(root, dirname(file), specifier));

const pathInProject = (path) => relative(root, path).split(sep).join("/");
