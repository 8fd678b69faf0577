import { createHash, verify as verifies } from "node:crypto";
import { plainName, publicKey, type PublicKey } from "./public-key.ts";
import { NotAccepted } from "./refusal.ts";
import { WireReader, wireString } from "./wire.ts";

/**
 * Signatures of files as `ssh-keygen -Y sign` makes them: OpenSSH's PROTOCOL.sshsig. No library that is
 * kept and typed verifies them on Node with its own crypto, and the format is small.
 */

/** What every signature of this project is made for, so that none made for another purpose counts. */
export const evidenceNamespace = "cutover-evidence@v1";

const magic = Buffer.from("SSHSIG");

/** A signature that fits a message, and the key that made it. */
export interface Verified {
  /** The key's binary form. */
  readonly key: Buffer;
}

/**
 * Verifies an armoured signature.
 * @throws NotAccepted with what is wrong; a key that fits is not yet one that is allowed.
 */
export const verifySshsig = (message: Buffer, armoured: string, namespace: string): Verified => {
  const reader = new WireReader(withoutArmour(armoured));
  if (!reader.take(magic.length).equals(magic)) throw new NotAccepted("it is no SSH signature");
  const version = reader.uint32();
  if (version !== 1) throw new NotAccepted(`its version is ${version}, and 1 is known`);
  const key = reader.string();
  const madeFor = reader.string();
  const reserved = reader.string();
  const hash = reader.text();
  const signature = reader.string();
  reader.end();
  if (madeFor.toString("latin1") !== namespace) {
    throw new NotAccepted(
      `it was made for namespace ${plainName(madeFor.toString("latin1"))}, and ${namespace} counts`,
    );
  }
  if (hash !== "sha256" && hash !== "sha512") {
    throw new NotAccepted(`its digest is ${plainName(hash)}, and sha256 and sha512 count`);
  }
  const signed = signedText({ namespace, reserved, hash, message });
  if (!fits(publicKey(key), signature, signed)) {
    throw new NotAccepted("its signature does not fit its text");
  }
  return { key };
};

/** The bytes that a key really signs. */
export const signedText = ({
  namespace,
  reserved,
  hash,
  message,
}: {
  readonly namespace: string;
  readonly reserved: Buffer;
  readonly hash: "sha256" | "sha512";
  readonly message: Buffer;
}): Buffer =>
  Buffer.concat([
    magic,
    wireString(namespace),
    wireString(reserved),
    wireString(hash),
    wireString(createHash(hash).update(message).digest()),
  ]);

const armour =
  /^-----BEGIN SSH SIGNATURE-----\n((?:[A-Za-z0-9+/=]{1,76}\n)+)-----END SSH SIGNATURE-----\n?$/;

/** One text for one signature: what base64 would overlook is refused. */
const withoutArmour = (text: string): Buffer => {
  const body = armour.exec(text)?.[1]?.replaceAll("\n", "");
  if (body === undefined) throw new NotAccepted("it is no armoured SSH signature");
  const bytes = Buffer.from(body, "base64");
  if (bytes.toString("base64") !== body) throw new NotAccepted("its base64 is not sound");
  return bytes;
};

const fits = ({ type, key, application }: PublicKey, blob: Buffer, signed: Buffer): boolean => {
  const reader = new WireReader(blob);
  const algorithm = reader.text();
  if (algorithm !== type && !(type === "ssh-rsa" && rsaDigests.has(algorithm))) {
    throw new NotAccepted(`a ${type} key cannot sign as ${plainName(algorithm)}`);
  }
  const signature = reader.string();
  const text = application === undefined ? signed : byToken(reader, application, signed);
  reader.end();
  if (type.includes("ecdsa")) return ecdsaFits(key, type, signature, text);
  const digest = type === "ssh-rsa" ? rsaDigests.get(algorithm) : null;
  // `ssh-rsa` as an algorithm means SHA-1.
  if (digest === undefined) throw new NotAccepted("RSA with SHA-1 is not accepted");
  return verifies(digest, text, key, signature);
};

const rsaDigests: ReadonlyMap<string, string> = new Map([
  ["rsa-sha2-256", "sha256"],
  ["rsa-sha2-512", "sha512"],
]);

const ecdsaFits = (key: PublicKey["key"], type: string, signature: Buffer, text: Buffer) => {
  const [digest, bytes] = type.includes("nistp256")
    ? (["sha256", 32] as const)
    : type.includes("nistp384")
      ? (["sha384", 48] as const)
      : (["sha512", 66] as const);
  const reader = new WireReader(signature);
  const parts = [reader.positive(), reader.positive()];
  reader.end();
  if (parts.some((part) => part.length > bytes)) throw new NotAccepted("its numbers are too long");
  const padded = parts.map((part) => Buffer.concat([Buffer.alloc(bytes - part.length), part]));
  return verifies(digest, text, { key, dsaEncoding: "ieee-p1363" }, Buffer.concat(padded));
};

/** What a security token signs: a digest of its text, with proof that a person touched it. */
const byToken = (reader: WireReader, application: Buffer, signed: Buffer): Buffer => {
  const flags = reader.take(1);
  const counter = reader.take(4);
  if (((flags[0] ?? 0) & 1) === 0) throw new NotAccepted("nobody touched the security key for it");
  const sha256 = (bytes: Buffer): Buffer => createHash("sha256").update(bytes).digest();
  return Buffer.concat([sha256(application), flags, counter, sha256(signed)]);
};
