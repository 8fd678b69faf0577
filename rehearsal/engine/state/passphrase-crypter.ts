import { createCipheriv, createDecipheriv, pbkdf2, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { shown } from "../../../definition/bad-input.ts";

/** Encrypts and decrypts with one key. */
export interface Crypter {
  /** Names the key: what the state file and the stack's config file keep as the salt. */
  readonly salt: string;
  encrypt(plain: string): string;
  decrypt(cipher: string): string;
}

/** The passphrase does not open what it should. */
export class WrongPassphrase extends Error {
  override readonly name = "WrongPassphrase";
}

// Pulumi's own figures: the state must open with the real CLI.
const rounds = 1_000_000;
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const proof = "pulumi";
const otherPassphrase = "a secret that PULUMI_CONFIG_PASSPHRASE does not open";

const deriveKey = promisify(pbkdf2);
/** A derivation takes some hundred milliseconds: once a passphrase and salt, in this process. */
const derived = new Map<string, Promise<Crypter>>();

/**
 * The crypter of a passphrase and a salt of the form `v1:SALT:PROOF`.
 * @throws WrongPassphrase if the proof does not open.
 */
export function passphraseCrypter(passphrase: string, salt: string): Promise<Crypter> {
  const cacheKey = JSON.stringify([passphrase, salt]);
  const known = derived.get(cacheKey);
  if (known !== undefined) {
    return known;
  }
  const made = openCrypter(passphrase, salt);
  derived.set(cacheKey, made);
  made.catch(() => derived.delete(cacheKey));
  return made;
}

/** A crypter with a salt of its own, for a stack that had no secret before. */
export async function newPassphraseCrypter(passphrase: string): Promise<Crypter> {
  const saltBytes = randomBytes(8);
  const key = await deriveKey(passphrase, saltBytes, rounds, keyBytes, "sha256");
  const salt = `v1:${saltBytes.toString("base64")}:${encrypt(key, proof)}`;
  const crypter = crypterOf(key, salt);
  derived.set(JSON.stringify([passphrase, salt]), Promise.resolve(crypter));
  return crypter;
}

async function openCrypter(passphrase: string, salt: string): Promise<Crypter> {
  const [version, saltText, ...rest] = salt.split(":");
  if (version !== "v1" || saltText === undefined || rest.length === 0) {
    throw new WrongPassphrase(
      `the encryption salt ${shown(salt)}, which is not of the form v1:SALT:PROOF`,
    );
  }
  const key = await deriveKey(
    passphrase,
    Buffer.from(saltText, "base64"),
    rounds,
    keyBytes,
    "sha256",
  );
  const crypter = crypterOf(key, salt);
  if (crypter.decrypt(rest.join(":")) !== proof) {
    throw new WrongPassphrase(otherPassphrase);
  }
  return crypter;
}

function crypterOf(key: Buffer, salt: string): Crypter {
  // The same secret keeps the same ciphertext, so that an unchanged resource keeps its bytes.
  const ciphers = new Map<string, string>();
  return {
    salt,
    encrypt(plain) {
      const cipher = ciphers.get(plain) ?? encrypt(key, plain);
      ciphers.set(plain, cipher);
      return cipher;
    },
    decrypt(cipher) {
      const plain = decrypt(key, cipher);
      ciphers.set(plain, cipher);
      return plain;
    },
  };
}

function encrypt(key: Buffer, plain: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const sealed = Buffer.concat([cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `v1:${nonce.toString("base64")}:${sealed.toString("base64")}`;
}

function decrypt(key: Buffer, text: string): string {
  const [version, nonceText, sealedText] = text.split(":");
  if (version !== "v1" || nonceText === undefined || sealedText === undefined) {
    throw new WrongPassphrase("a ciphertext that is not of the form v1:NONCE:DATA");
  }
  const sealed = Buffer.from(sealedText, "base64");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonceText, "base64"), {
      authTagLength: tagBytes,
    });
    decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
    return (
      decipher.update(sealed.subarray(0, sealed.length - tagBytes), undefined, "utf8") +
      decipher.final("utf8")
    );
  } catch {
    throw new WrongPassphrase(otherPassphrase);
  }
}
