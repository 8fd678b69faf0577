import ts from "typescript";

/** A test or a suite that names rows of a plan in its title. */
export interface NamedTest {
  /** Path from the project's folder. */
  readonly file: string;
  readonly title: string;
  /** Ids in the order in which they stand there. */
  readonly ids: readonly string[];
}

const starters = new Set(["describe", "suite", "test", "it"]);
const notRun = new Set(["skip", "todo"]);
const id = /\bS\d-\d+\b/g;
const leadingId = /^S\d-\d+\b/;

/** Finds the tests of a file that name rows, without running it. Skipped ones hold nothing and are left out. */
export const namedTests = (file: string, text: string): readonly NamedTest[] => {
  const found: NamedTest[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const call = declarationOf(node);
      if (call === "not run") return;
      if (call !== undefined) found.push(...naming(file, call));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
};

interface Declaration {
  readonly title: string;
  /** The table of `for` or `each`. */
  readonly table: ts.Node | undefined;
}

/** Reads `test("…")`, `describe.skip("…")` or `test.for([…])("…")`; nothing for any other call. */
const declarationOf = (call: ts.CallExpression): Declaration | "not run" | undefined => {
  const [first] = call.arguments;
  if (first === undefined) return undefined;
  const title = textOf(first);
  if (title === undefined) return undefined;
  const { expression } = call;
  const names = namesOf(ts.isCallExpression(expression) ? expression.expression : expression);
  const [starter, ...modifiers] = names;
  if (starter === undefined || !starters.has(starter)) return undefined;
  if (modifiers.some((name) => notRun.has(name))) return "not run";
  const tabular = ts.isCallExpression(expression) && /^(for|each)$/.test(modifiers.at(-1) ?? "");
  return { title, table: tabular ? expression.arguments[0] : undefined };
};

/** `test.concurrent.for` as its names; empty for anything else. */
const namesOf = (node: ts.Expression): readonly string[] => {
  if (ts.isIdentifier(node)) return [node.text];
  if (!ts.isPropertyAccessExpression(node)) return [];
  const before = namesOf(node.expression);
  return before.length === 0 ? [] : [...before, node.name.text];
};

/** A title as it is written, with `…` where something is put in. */
const textOf = (node: ts.Expression): string | undefined => {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join("");
};

const naming = (file: string, { title, table }: Declaration): readonly NamedTest[] => {
  const ids = [...title.matchAll(id)].map(([found]) => found);
  // A table puts its values into the title, and an id may be the first word of one.
  const inTable = table !== undefined && /[$%]/.test(title) ? leadingIdsIn(table) : [];
  const all = [...new Set([...ids, ...inTable])];
  return all.length === 0 ? [] : [{ file, title, ids: all }];
};

const leadingIdsIn = (table: ts.Node): readonly string[] => {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) found.push(...(leadingId.exec(node.text) ?? []));
    ts.forEachChild(node, visit);
  };
  visit(table);
  return found;
};
