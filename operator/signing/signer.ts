import { access, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { BadInput, shown } from "../../definition/bad-input.ts";
import { readTrust, type Trust } from "../../policies/evidence/read-evidence.ts";

/** A person at their own machine, about to sign. */
export interface Signer {
  /** File that `ssh-keygen -Y sign -f` takes: a private key, or a public one whose private half an agent holds. */
  readonly keyFile: string;
  /** What `allowed_signers` calls them. */
  readonly principal: string;
  readonly person: string;
  /** Roles that they have in the system. */
  readonly roles: readonly string[];
}

/** Keys that OpenSSH looks for by itself, in its order. */
const usualKeys = ["id_ed25519", "id_ed25519_sk", "id_ecdsa", "id_ecdsa_sk", "id_rsa"];

/**
 * Finds out who signs: whose key it is, by its public half.
 * @param folder of evidence, with `allowed_signers` and `people.yaml`.
 * @param where the command, for errors.
 * @throws BadInput when there is no key, or when it is nobody's.
 */
export const signerWith = async ({
  keyFile,
  folder,
  system,
  where,
}: {
  readonly keyFile: string | undefined;
  readonly folder: string;
  readonly system: string;
  readonly where: string;
}): Promise<Signer & { readonly trust: Trust }> => {
  const file = keyFile ?? (await usualKey(where));
  const key = await publicHalf(file, where);
  const trust = await trustIn(folder, where);
  const line = trust.signers.keys.find((allowed) => allowed.key === key.split(" ")[1]);
  const [principal] = line?.principals ?? [];
  if (principal === undefined) {
    throw new BadInput({
      where: "evidence/allowed_signers",
      found: `without the key ${shown(file)}`,
      expected: `a reviewed line: you@company.com namespaces="cutover-evidence@v1" ${key}`,
    });
  }
  const person = trust.people.byPrincipal(principal);
  if (person === undefined) {
    const expected = "an entry with that principal, a name and roles";
    throw new BadInput({
      where: "evidence/people.yaml",
      found: `without ${shown(principal)}`,
      expected,
    });
  }
  const roles = Object.hasOwn(person.roles, system) ? (person.roles[system] ?? []) : [];
  return { keyFile: file, principal, person: person.name, roles, trust };
};

const trustIn = async (folder: string, where: string): Promise<Trust> => {
  try {
    return await readTrust(folder);
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    const expected = "allowed_signers and people.yaml, as docs/evidence.md describes them";
    throw new BadInput({ where, found, expected });
  }
};

const usualKey = async (where: string): Promise<string> => {
  for (const name of usualKeys) {
    const file = join(homedir(), ".ssh", name);
    if (await isThere(`${file}.pub`)) return file;
  }
  const expected = "the file of your SSH key, for example ~/.ssh/id_ed25519";
  throw new BadInput({ where, key: "--key", found: "not set", expected });
};

const isThere = async (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** Type and base64 of a key, from the file of its public half. */
const publicHalf = async (file: string, where: string): Promise<string> => {
  const path = file.endsWith(".pub") ? file : `${file}.pub`;
  const text = await readFile(path, "utf8").catch(() => "");
  const [type = "", key = ""] = text.trim().split(/\s+/);
  if (/^[\w@.-]+$/.test(type) && /^[A-Za-z0-9+/]+={0,2}$/.test(key)) return `${type} ${key}`;
  throw new BadInput({
    where,
    key: "--key",
    found: shown(file),
    expected: "an SSH key whose public half, with .pub at its end, lies beside it",
  });
};
