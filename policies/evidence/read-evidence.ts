import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { allowedSigners, type AllowedSigners } from "./allowed-signers.ts";
import type { Evidence, Rejected, Signed } from "./evidence.ts";
import { readPeople, type People } from "./people.ts";
import { NotAccepted, reasonOf } from "./refusal.ts";
import { smallFile } from "./small-file.ts";
import { evidenceNamespace, verifySshsig } from "./sshsig.ts";
import { longestStatement, readStatement, type Statement } from "./statement.ts";

/** What the evidence must be about. */
export interface About {
  readonly system: string;
  readonly stack: string;
  /** Digest of the settled definition. */
  readonly definition: string;
}

/** Who may sign: keys, and the people who hold them. */
export interface Trust {
  readonly signers: AllowedSigners;
  readonly people: People;
}

/** More files than these are not read: no cutover needs them, and somebody has to wait. */
const mostFiles = 2_000;
const longestList = 1_000_000;

/**
 * Reads who may sign, from `allowed_signers` and `people.yaml`.
 * @throws NotAccepted that names the file when either is not there or not readable.
 */
export const readTrust = async (folder: string): Promise<Trust> => ({
  signers: allowedSigners(await listNamed(folder, "allowed_signers")),
  people: await named("people.yaml", async () =>
    readPeople(await listNamed(folder, "people.yaml")),
  ),
});

/**
 * Reads and verifies what is stated in `FOLDER/SYSTEM/*.json`, each with its signature beside it. What is
 * about another stack or definition is passed over, except who broke the glass: the definition is often mended
 * before that is reviewed. What does not count is listed with its reason.
 * @throws NotAccepted when it cannot be told what there is.
 */
export const readEvidence = async (folder: string, about: About): Promise<Evidence> => {
  const trust = await readTrust(folder);
  const own = join(folder, about.system);
  const files = (await filesIn(own)).filter((file) => file.endsWith(".json"));
  if (files.length > mostFiles) {
    throw new NotAccepted(
      `evidence/${about.system} has ${files.length} files; at most ${mostFiles} are read`,
    );
  }
  const signed: Signed[] = [];
  const rejected: Rejected[] = [];
  for (const file of files) {
    const shown = shownFile(about.system, file);
    let statement: Statement | undefined;
    let sha256: string | undefined;
    try {
      const bytes = await smallFile(join(own, file), longestStatement);
      sha256 = digestOf(bytes);
      statement = readStatement(bytes);
      const { system, stack, definition } = statement;
      if (system !== about.system) throw new NotAccepted("it is about another system");
      if (stack !== about.stack) continue;
      if (definition !== about.definition && statement.statement !== "break-glass") continue;
      const signature = await smallFile(join(own, `${file}.sig`), longestStatement);
      signed.push(vouched({ statement, bytes, signature, file: shown, trust }));
    } catch (error) {
      const reason = reasonOf(error, "it, or its signature beside it, cannot be read");
      const kind = statement?.statement;
      rejected.push({ file: shown, reason, kind, ...(sha256 !== undefined && { sha256 }) });
    }
  }
  return { signed, rejected };
};

/**
 * The statement with the person who vouches for it.
 * @throws NotAccepted when the signature does not fit, or is not that person's in that role.
 */
export const vouched = ({
  statement,
  bytes,
  signature,
  file,
  trust: { signers, people },
}: {
  readonly statement: Statement;
  readonly bytes: Buffer;
  readonly signature: Buffer;
  readonly file: string;
  readonly trust: Trust;
}): Signed => {
  const { key } = verifySshsig(bytes, signature.toString("latin1"), evidenceNamespace);
  const lines = signers.keys.filter((allowed) => allowed.key === key.toString("base64"));
  const [line] = lines;
  if (line === undefined) {
    const hint = signers.leftOut[0] === undefined ? "" : ` (left out: ${signers.leftOut[0]})`;
    throw new NotAccepted(`allowed_signers does not allow its key${hint}`);
  }
  if (lines.length > 1) throw new NotAccepted("allowed_signers has its key on two lines");
  const owners = new Set(line.principals.map((principal) => people.byPrincipal(principal)?.name));
  if (owners.size > 1) throw new NotAccepted("its key belongs to two people");
  if (!line.principals.includes(statement.by)) {
    throw new NotAccepted("it is signed with another person's key");
  }
  const person = people.byPrincipal(statement.by);
  if (person === undefined) throw new NotAccepted("people.yaml does not know who signed it");
  if (person.roles[statement.system]?.includes(statement.role) !== true) {
    throw new NotAccepted("who signed it does not have that role");
  }
  const { validAfter, validBefore } = line;
  return {
    statement,
    person: person.name,
    keyValidAfter: validAfter,
    keyValidBefore: validBefore,
    file,
    sha256: digestOf(bytes),
  };
};

const digestOf = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

const filesIn = async (folder: string): Promise<readonly string[]> => {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === "ENOENT") return [];
    throw new NotAccepted(reasonOf(error, "the folder of evidence cannot be read"));
  }
};

const listNamed = (folder: string, file: string): Promise<string> =>
  named(file, async () => (await smallFile(join(folder, file), longestList)).toString("utf8"));

const named = async <T>(file: string, read: () => Promise<T>): Promise<T> => {
  try {
    return await read();
  } catch (error) {
    if (error instanceof NotAccepted && error.message.startsWith("evidence/")) throw error;
    const missing = (error as { readonly code?: unknown }).code === "ENOENT";
    const reason = missing ? "there is no such file" : reasonOf(error, "it cannot be read");
    throw new NotAccepted(`evidence/${file}: ${reason}`);
  }
};

/** Names of files come from outside as well. */
const shownFile = (system: string, file: string): string =>
  `evidence/${system}/${/^[\w.@+-]{1,120}$/.test(file) ? file : "(a name that is not printed)"}`;
