import { fromWire, isRecord, signatureKey, signatures, toWire } from "../values/property-wire.ts";
import {
  isPropertyArray,
  isPropertyMap,
  propertyMapOf,
  Secret,
  type PropertyMap,
  type PropertyValue,
} from "../values/property-values.ts";
import type { Crypter } from "./passphrase-crypter.ts";

/** On disk all but secrets look as they do on the wire. */
const onDisk = { keepUnknowns: true, keepSecrets: true, keepResources: true };

/** The JSON form of a value on disk; `crypter` may be absent where the value holds no secret. */
export function toDisk(value: PropertyValue, crypter: Crypter | undefined): unknown {
  if (value instanceof Secret) {
    if (crypter === undefined) {
      throw new Error("a secret is about to be written without a key");
    }
    const plain = JSON.stringify(toDisk(value.value, crypter));
    return { [signatureKey]: signatures.secret, ciphertext: crypter.encrypt(plain) };
  }
  if (isPropertyArray(value)) {
    return value.map((element) => toDisk(element, crypter));
  }
  return isPropertyMap(value) ? mapToDisk(value, crypter) : toWire(value, onDisk);
}

/** {@link toDisk} of every property. */
export function mapToDisk(
  properties: PropertyMap,
  crypter: Crypter | undefined,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [key, toDisk(value, crypter)]),
  );
}

/** Reads a value of its JSON form on disk. */
export function fromDisk(disk: unknown, crypter: Crypter | undefined): PropertyValue {
  if (Array.isArray(disk)) {
    return disk.map((element) => fromDisk(element, crypter));
  }
  if (!isRecord(disk)) {
    return fromWire(disk);
  }
  if (disk[signatureKey] === signatures.secret) {
    return new Secret(secretFromDisk(disk, crypter));
  }
  return disk[signatureKey] === undefined ? mapFromDisk(disk, crypter) : fromWire(disk);
}

function secretFromDisk(
  disk: Readonly<Record<string, unknown>>,
  crypter: Crypter | undefined,
): PropertyValue {
  if (typeof disk["plaintext"] === "string") {
    return fromDisk(JSON.parse(disk["plaintext"]), crypter);
  }
  if (crypter === undefined || typeof disk["ciphertext"] !== "string") {
    throw new Error("the state holds a secret that cannot be read");
  }
  return fromDisk(JSON.parse(crypter.decrypt(disk["ciphertext"])), crypter);
}

/** {@link fromDisk} of every property. */
export function mapFromDisk(disk: unknown, crypter: Crypter | undefined): PropertyMap {
  return isRecord(disk)
    ? propertyMapOf(
        Object.entries(disk).map(([key, value]) => [key, fromDisk(value, crypter)] as const),
      )
    : {};
}

/** True if some secret lies in the JSON form of a state. */
export function holdsCiphertext(text: string): boolean {
  return text.includes(signatures.secret);
}

/** True for what Pulumi leaves out of its files. */
export function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === false ||
    value === "" ||
    (typeof value === "object" && value !== null && Object.keys(value).length === 0)
  );
}
