import { spawn } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { BadInput, shown } from "../../definition/bad-input.ts";
import { vouched, type Trust } from "../../policies/evidence/read-evidence.ts";
import { evidenceNamespace } from "../../policies/evidence/sshsig.ts";
import { statementText, type Statement } from "../../policies/evidence/statement.ts";

/** Where a signed statement lies. */
export interface SignedFiles {
  readonly file: string;
  readonly signature: string;
}

/**
 * Writes a statement and signs it with the person's own key, through OpenSSH: so a passphrase is asked for,
 * an agent or a security token is used as everywhere else, and the key is never read here.
 * @throws BadInput when the signature does not come about or would not be accepted; nothing is left then.
 */
export const signStatement = async ({
  statement,
  folder,
  keyFile,
  trust,
  where,
}: {
  readonly statement: Statement;
  readonly folder: string;
  readonly keyFile: string;
  readonly trust: Trust;
  readonly where: string;
}): Promise<SignedFiles> => {
  const own = join(folder, statement.system);
  await mkdir(own, { recursive: true });
  const file = join(own, fileName(statement));
  const signature = `${file}.sig`;
  const text = statementText(statement);
  await writeFile(file, text, { flag: "wx" }).catch((error: unknown) => {
    if ((error as { readonly code?: unknown }).code !== "EEXIST") throw error;
    const expected = "a statement that is not there yet; it was signed a moment ago";
    throw new BadInput({ where, found: shown(file), expected });
  });
  try {
    await sshKeygen(keyFile, file, where);
    const made = await readFile(signature);
    vouched({ statement, bytes: Buffer.from(text), signature: made, file, trust });
    return { file, signature };
  } catch (error) {
    await Promise.all([rm(file, { force: true }), rm(signature, { force: true })]);
    if (error instanceof BadInput) throw error;
    const found = `a signature that would not count: ${error instanceof Error ? error.message : String(error)}`;
    throw new BadInput({ where, found, expected: "one of a person who has the role" });
  }
};

const fileName = ({ at, statement, role, ...rest }: Statement): string => {
  const subject =
    "checkpoint" in rest ? rest.checkpoint : "checklist" in rest ? rest.checklist : "";
  const words = [at.replaceAll(/[-:.]/g, ""), statement, subject, role].filter(
    (word) => word !== "",
  );
  return `${words.join("-").replaceAll(/[^\w-]/g, "_")}.json`;
};

/** The terminal stays the person's, as they may be asked for a passphrase or a touch. */
const sshKeygen = async (key: string, file: string, where: string): Promise<void> => {
  const words = ["-q", "-Y", "sign", "-n", evidenceNamespace, "-f", key, file];
  const child = spawn("ssh-keygen", words, { stdio: ["inherit", "ignore", "inherit"] });
  const ended = await new Promise<string>((resolve) => {
    child.once("error", () => {
      resolve("ssh-keygen, which is not on the PATH");
    });
    child.once("exit", (status) => {
      resolve(status === 0 ? "" : "no signature by ssh-keygen");
    });
  });
  if (ended === "") return;
  const expected = `ssh-keygen -Y sign to sign with ${shown(key)}`;
  throw new BadInput({ where, found: ended, expected });
};
