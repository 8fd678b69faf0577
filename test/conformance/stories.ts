import type {
  Declaration,
  DeclaredResource,
} from "../rehearsal/engine/programs/declared/declaration.ts";

/** A program whose resources are registered one after the other. */
export const program = (
  resources: readonly DeclaredResource[],
  outputs: Readonly<Record<string, string | number>> = {},
): Declaration => ({ inTurn: true, resources, outputs });

/** What a program is at first, and what becomes of it. */
export const stories: Readonly<Record<string, readonly Declaration[]>> = {
  "components, their children and outputs": [
    program(
      [
        { name: "g", component: true, inputs: { weight: 1 } },
        { name: "h", component: true, parent: "g", inputs: { weight: 1 } },
        { name: "a", parent: "h", inputs: { weight: 1 } },
      ],
      { weight: "a.weight" },
    ),
    program(
      [
        { name: "g", component: true, inputs: { weight: 2 } },
        { name: "a", parent: "g", inputs: { weight: 1 } },
      ],
      { weight: "a.weight", moved: "a.id" },
    ),
  ],
  "dependencies between properties and resources": [
    program([
      { name: "a", inputs: { weight: 1 } },
      { name: "b", from: { of: "a.size" } },
      { name: "c", dependsOn: ["a", "b"] },
    ]),
    program([
      { name: "a", inputs: { weight: 100 } },
      { name: "b", from: { of: "a.size" } },
      { name: "c", dependsOn: ["b"] },
    ]),
  ],
  "secrets in inputs and outputs": [
    program(
      [
        { name: "a", inputs: { password: "x" }, secret: ["password"] },
        { name: "b", from: { password: "a.password" } },
      ],
      { password: "b.password" },
    ),
    program(
      [
        { name: "a", inputs: { password: "y" }, secret: ["password"] },
        { name: "b", inputs: { password: "open" } },
      ],
      { password: "b.password" },
    ),
  ],
  "protect, set later and taken away": [
    program([{ name: "a" }, { name: "b" }]),
    program([{ name: "a", options: { protect: true } }, { name: "b" }]),
    program([]),
    program([{ name: "a", options: { protect: false } }]),
    program([]),
  ],
  "a protected resource whose parent, provider and siblings left the program": [
    program([
      { name: "p", isProvider: true, inputs: { region: "x" } },
      { name: "g", component: true },
      { name: "guarded", parent: "g", provider: "p", options: { protect: true } },
      { name: "sibling", parent: "g", provider: "p" },
      { name: "free" },
      { name: "user", from: { of: "guarded.id" } },
    ]),
    program([]),
  ],
  retainOnDelete: [
    program([{ name: "a", options: { retainOnDelete: true } }, { name: "b" }]),
    program([]),
  ],
  "deletedWith, for what goes with another": [
    program([{ name: "host" }, { name: "guest", deletedWith: "host" }, { name: "other" }]),
    program([{ name: "other" }]),
  ],
  "replaceOnChanges and deleteBeforeReplace": [
    program([
      {
        name: "a",
        inputs: { weight: 1 },
        options: { replaceOnChanges: ["weight"], deleteBeforeReplace: true },
      },
      { name: "b", from: { of: "a.id" }, options: { replaceOnChanges: ["of"] } },
    ]),
    program([
      {
        name: "a",
        inputs: { weight: 2 },
        options: { replaceOnChanges: ["weight"], deleteBeforeReplace: true },
      },
      { name: "b", from: { of: "a.id" }, options: { replaceOnChanges: ["of"] } },
    ]),
  ],
  ignoreChanges: [
    program([{ name: "a", inputs: { weight: 1, tag: "x" } }]),
    program([{ name: "a", inputs: { weight: 2, tag: "y" }, options: { ignoreChanges: ["tag"] } }]),
  ],
  "aliases of a component and of what is named after it": [
    program([
      { name: "old", component: true },
      { name: "old-child", parent: "old" },
    ]),
    program([
      { name: "new", component: true, options: { aliases: [{ name: "old" }] } },
      { name: "new-child", parent: "new" },
    ]),
  ],
  "providers of their own, and a change of provider": [
    program([
      { name: "p", isProvider: true, inputs: { region: "x" } },
      { name: "a", provider: "p" },
      { name: "b" },
    ]),
    program([
      { name: "p", isProvider: true, inputs: { region: "y" } },
      { name: "a" },
      { name: "b", provider: "p" },
    ]),
  ],
};
