import { fingerprint, publicKey } from "./public-key.ts";
import { evidenceNamespace } from "./sshsig.ts";
import { NotAccepted, reasonOf } from "./refusal.ts";

/** A key that may sign evidence. */
export interface AllowedKey {
  readonly principals: readonly string[];
  /** The key's binary form in base64. */
  readonly key: string;
  readonly fingerprint: string;
  /** Milliseconds since the epoch; from this instant on. */
  readonly validAfter: number | undefined;
  /** Milliseconds since the epoch; before this instant. */
  readonly validBefore: number | undefined;
}

/** What a file of allowed signers says. */
export interface AllowedSigners {
  readonly keys: readonly AllowedKey[];
  /** Lines that allow nobody, with the reason, as they cannot be understood in full. */
  readonly leftOut: readonly string[];
}

/**
 * Reads OpenSSH's ALLOWED SIGNERS format, as far as it names people: one key, plain principals, what it may
 * sign and how long it counts. A line with anything else allows nobody.
 */
export const allowedSigners = (text: string): AllowedSigners => {
  const keys: AllowedKey[] = [];
  const leftOut: string[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    const written = line.trim();
    if (written === "" || written.startsWith("#")) continue;
    try {
      const key = allowedKey(written);
      if (key !== undefined) keys.push(key);
    } catch (error) {
      leftOut.push(`line ${index + 1}: ${reasonOf(error, "it cannot be read")}`);
    }
  }
  return { keys, leftOut };
};

const fields =
  /^(?<principals>"[^"]*"|[^\s"]+)\s+(?:(?<options>(?:"[^"]*"|[^\s"])+)\s+)??(?<type>[\w@.-]+)\s+(?<key>[A-Za-z0-9+/]+={0,2})(?:\s.*)?$/;

/** @returns nothing for a key that is for other purposes. @throws NotAccepted with what is wrong. */
const allowedKey = (line: string): AllowedKey | undefined => {
  const { principals = "", options = "", type = "", key = "" } = fields.exec(line)?.groups ?? {};
  if (key === "") throw new NotAccepted("it is not: principals, options, type and key");
  const allowed = optionsIn(options);
  const names = unquoted(principals).split(",");
  if (names.some((name) => !/^[^\s*?!,]{1,200}$/.test(name))) {
    throw new NotAccepted("a principal is a pattern; name each person");
  }
  const blob = Buffer.from(key, "base64");
  if (blob.toString("base64") !== key) throw new NotAccepted("its base64 is not sound");
  if (publicKey(blob).type !== type) throw new NotAccepted("its key is not of the type it names");
  const { namespaces, validAfter, validBefore } = allowed;
  if (namespaces !== undefined && !namespaces.includes(evidenceNamespace)) return undefined;
  return { principals: names, key, fingerprint: fingerprint(blob), validAfter, validBefore };
};

interface Options {
  readonly namespaces?: readonly string[];
  readonly validAfter: number | undefined;
  readonly validBefore: number | undefined;
}

const optionsIn = (text: string): Options => {
  const values = new Map<string, string>();
  // Commas part options, except between quotation marks.
  for (const option of text.match(/(?:"[^"]*"|[^,"])+/g) ?? []) {
    const [name = "", ...rest] = option.split("=");
    const key = name.toLowerCase();
    if (key === "cert-authority") {
      throw new NotAccepted("cert-authority is not accepted; name each person's own key");
    }
    if (!["namespaces", "valid-after", "valid-before"].includes(key) || rest.length !== 1) {
      throw new NotAccepted("it has an option that is not known here");
    }
    if (values.has(key)) throw new NotAccepted(`it has ${key} twice`);
    values.set(key, unquoted(rest.join("=")));
  }
  const namespaces = values.get("namespaces")?.split(",");
  if (namespaces?.some((name) => /[*?!]/.test(name)) === true) {
    throw new NotAccepted("a namespace is a pattern; write each one out");
  }
  return {
    ...(namespaces !== undefined && { namespaces }),
    validAfter: instantIn(values.get("valid-after")),
    validBefore: instantIn(values.get("valid-before")),
  };
};

const form = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?Z$/;

/** Without Z the time would depend on the machine that reads it. */
const instantIn = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const [, year, month, day, hour = "00", minute = "00", second = "00"] = form.exec(text) ?? [];
  const written = `${year ?? ""}-${month ?? ""}-${day ?? ""}T${hour}:${minute}:${second}`;
  const instant = Date.parse(`${written}Z`);
  if (Number.isNaN(instant) || !new Date(instant).toISOString().startsWith(written)) {
    throw new NotAccepted("a time is not written as YYYYMMDDZ or YYYYMMDDHHMMSSZ");
  }
  return instant;
};

const unquoted = (text: string): string => (/^".*"$/.test(text) ? text.slice(1, -1) : text);
