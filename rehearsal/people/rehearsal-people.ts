import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { evidenceNamespace } from "../../policies/evidence/sshsig.ts";
import { statementText, type Statement } from "../../policies/evidence/statement.ts";
import { throwawayKey } from "./throwaway-key.ts";

/** A statement before anybody has put a name to it. */
export type Unsigned = Statement extends infer S
  ? S extends Statement
    ? Omit<S, "by">
    : never
  : never;

/** The people of a rehearsal: one for each role of the plan, plainly examples. */
export interface RehearsalPeople {
  /** Lets the person in the statement's role sign it. @returns the statement's file. */
  state(statement: Unsigned): Promise<string>;
}

/**
 * Makes people with keys of their own, and writes who they are where the gates look.
 * @param folder the `evidence` folder of a rehearsal's workspace.
 */
export const makePeople = async (
  folder: string,
  {
    name: system,
    roles,
  }: { readonly name: string; readonly roles: Readonly<Record<string, unknown>> },
): Promise<RehearsalPeople> => {
  const principalOf = (role: string): string => `${role}@rehearsal.example`;
  const keys = new Map(Object.keys(roles).map((role) => [role, throwawayKey()]));
  const own = join(folder, system);
  await mkdir(own, { recursive: true });
  const lines = [...keys].map(
    ([role, { line }]) => `${principalOf(role)} namespaces="${evidenceNamespace}" ${line}\n`,
  );
  await writeFile(join(folder, "allowed_signers"), lines.join(""));
  const people = [...keys.keys()].map((role) => ({
    name: role,
    principals: [principalOf(role)],
    roles: { [system]: [role] },
  }));
  await writeFile(join(folder, "people.yaml"), stringify({ people }));

  let count = 0;
  return {
    state: async (unsigned) => {
      const key = keys.get(unsigned.role);
      if (key === undefined) throw new RangeError(`${unsigned.role} is no role of ${system}`);
      const text = statementText({ ...unsigned, by: principalOf(unsigned.role) });
      count += 1;
      const file = join(own, `${count}-${unsigned.statement}-${unsigned.role}.json`);
      await writeFile(`${file}.sig`, key.sign(Buffer.from(text), evidenceNamespace));
      await writeFile(file, text);
      return file;
    },
  };
};
