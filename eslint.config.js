import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";
import { importDirection } from "./lint/import-direction.js";
import { pureModules } from "./lint/layers.js";

const noDefaultExport = {
  selector: "ExportDefaultDeclaration",
  message: "Export by name: a reader who searches for the name then finds every use.",
};
const noClock = "Time is an argument here: a rule must give the same verdict for the same night.";
const noOutside = "A rule computes from facts; whoever reads facts does so in policies/facts.";

export default defineConfig(
  globalIgnores(["node_modules/", "coverage/", "rehearsal/report/browser/"]),

  {
    files: ["**/*.{ts,js,mjs,cjs}"],
    plugins: { frame: { rules: { "import-direction": importDirection } } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "frame/import-direction": "error",
      eqeqeq: "error",
      "no-restricted-syntax": ["error", noDefaultExport],
      "no-duplicate-imports": ["error", { allowSeparateTypeImports: true }],
      "no-restricted-globals": ["error", "event", "name", "length", "status"],
      "object-shorthand": "error",
      "prefer-const": "error",
    },
  },

  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/consistent-type-exports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Figures read well in a sentence; objects do not, and stay refused.
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: false, allowNullish: false },
      ],
      // `environment["NAME"]` marks a key that no type promises.
      "@typescript-eslint/dot-notation": "off",
      // An adapter must be async to be a reader like the others, also where it has nothing to wait for.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // An empty text is no answer either: `||` says so on purpose.
      "@typescript-eslint/prefer-nullish-coalescing": [
        "error",
        { ignorePrimitives: { string: true } },
      ],
      "@typescript-eslint/no-invalid-void-type": [
        "error",
        { allowAsThisParameter: true, allowInGenericTypeArguments: true },
      ],
      // Trees of JSON are edited key by key.
      "@typescript-eslint/no-dynamic-delete": "off",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "no-restricted-syntax": [
        "error",
        noDefaultExport,
        {
          selector: "TSEnumDeclaration",
          message: "Write a union of words, or an object `as const`.",
        },
      ],
    },
  },

  // Pure functions: no clock, no network, no surroundings.
  {
    files: ["policies/rules/**/*.ts", ...pureModules],
    rules: {
      "no-restricted-globals": [
        "error",
        ...["performance", "setTimeout", "setInterval", "setImmediate", "queueMicrotask"].map(
          (name) => ({ name, message: noClock }),
        ),
        ...["fetch", "WebSocket", "EventSource", "process", "globalThis", "global", "require"].map(
          (name) => ({ name, message: noOutside }),
        ),
        { name: "crypto", message: noOutside },
        { name: "console", message: noOutside },
      ],
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: noClock },
        { object: "performance", property: "now", message: noClock },
        { object: "Temporal", property: "Now", message: noClock },
        { object: "Math", property: "random", message: noOutside },
      ],
      "no-restricted-syntax": [
        "error",
        noDefaultExport,
        {
          selector: "TSEnumDeclaration",
          message: "Write a union of words, or an object `as const`.",
        },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: noClock },
        { selector: "CallExpression[callee.name='Date']", message: noClock },
        { selector: "AwaitExpression", message: noOutside },
        { selector: ":function[async=true]", message: noOutside },
      ],
    },
  },

  // What a plan declares stays the same whenever it is read.
  {
    files: ["definition/**/*.ts", "stacks/**/*.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: noClock },
        { object: "performance", property: "now", message: noClock },
        { object: "Math", property: "random", message: "A definition holds what the plan says." },
      ],
    },
  },

  // What an update loads is time that an operator waits for.
  {
    files: ["index.ts", "components/**/*.ts", "policies/**/*.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          paths: ["@pulumi/datadog", "@pulumi/kubernetes"].map((name) => ({
            name,
            message: "Import the resource's own file: Node loads every module behind the root.",
            allowTypeImports: true,
          })),
        },
      ],
    },
  },

  // Processes that run side by side: a signal is aborted while one waits, which narrowing does not know;
  // and Pulumi's protocol carries its enums as plain numbers.
  {
    files: ["rehearsal/**/*.ts", "test/rehearsal/**/*.ts"],
    rules: {
      "@typescript-eslint/no-unnecessary-condition": "off",
      "@typescript-eslint/no-unsafe-enum-comparison": "off",
    },
  },

  // Matchers of vitest are typed `any`, and tests write the clients' classes as plain objects.
  {
    files: ["test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      "@typescript-eslint/no-misused-spread": "off",
    },
  },

  // What demands a default export: tools, and Pulumi of a program that is an async function.
  {
    files: [
      "eslint.config.js",
      "**/vitest.config.ts",
      "test/*-reporter.ts",
      "test/rehearsal/engine/programs/**/*.ts",
    ],
    rules: { "no-restricted-syntax": "off" },
  },
);
