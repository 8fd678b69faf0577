import { fileURLToPath } from "node:url";
import ts from "typescript";

/** An input as the SDK of a provider declares it. */
export interface SdkInput {
  readonly required: boolean;
  /** What it holds, without `pulumi.Input` around it. */
  readonly holds: "string" | "number" | "boolean" | "list" | "object";
}

/**
 * The inputs of a resource, read from the type declarations that ship with its SDK.
 * @param module declaration file within `node_modules`.
 * @param args name of the interface with the inputs.
 */
export const sdkInputs = (module: string, args: string): Readonly<Record<string, SdkInput>> => {
  const file = fileURLToPath(new URL(`../../../node_modules/${module}`, import.meta.url));
  const source = ts.createSourceFile(file, ts.sys.readFile(file) ?? "", ts.ScriptTarget.Latest);
  const found = source.statements.find(
    (statement): statement is ts.InterfaceDeclaration =>
      ts.isInterfaceDeclaration(statement) && statement.name.text === args,
  );
  if (found === undefined) throw new Error(`${module} declares no ${args}`);
  return Object.fromEntries(
    found.members.filter(ts.isPropertySignature).map((member) => {
      const required = member.questionToken === undefined;
      return [member.name.getText(source), { required, holds: held(member.type, source) }];
    }),
  );
};

const held = (type: ts.TypeNode | undefined, source: ts.SourceFile): SdkInput["holds"] => {
  const text = (type?.getText(source) ?? "").replaceAll(/pulumi\.Input<|\s*\|\s*undefined|>/g, "");
  if (text.endsWith("[]")) return "list";
  // An enum of text is offered beside the text.
  if (text.startsWith("string |")) return "string";
  return text === "string" || text === "number" || text === "boolean" ? text : "object";
};
