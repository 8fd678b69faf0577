import { createHash, createPublicKey, type JsonWebKey, type KeyObject } from "node:crypto";
import { NotAccepted } from "./refusal.ts";
import { WireReader } from "./wire.ts";

/** A public key as SSH knows it. */
export interface PublicKey {
  /** `ssh-ed25519`, `ecdsa-sha2-nistp256`, … */
  readonly type: string;
  readonly key: KeyObject;
  /** Of a key on a security token: what the token signs for, `ssh:` as a rule. */
  readonly application: Buffer | undefined;
}

/** Shorter RSA keys are not trusted; OpenSSH makes none below this since 2023. */
const leastRsaBits = 2_048;

const curves: Readonly<Record<string, { readonly crv: string; readonly bytes: number }>> = {
  nistp256: { crv: "P-256", bytes: 32 },
  nistp384: { crv: "P-384", bytes: 48 },
  nistp521: { crv: "P-521", bytes: 66 },
};

/**
 * Reads a public key from its binary form.
 * @throws NotAccepted for a form that is not sound, and for types that are not trusted.
 */
export const publicKey = (blob: Buffer): PublicKey => {
  const reader = new WireReader(blob);
  const type = reader.text();
  const onToken = type.startsWith("sk-");
  const jwk = jwkOf(type, reader);
  const application = onToken ? reader.string() : undefined;
  reader.end();
  return { type, key: keyOf(jwk), application };
};

/** How `ssh-keygen -l` names a key. */
export const fingerprint = (blob: Buffer): string =>
  `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;

const jwkOf = (type: string, reader: WireReader): JsonWebKey => {
  switch (type) {
    case "ssh-ed25519":
    case "sk-ssh-ed25519@openssh.com": {
      const point = reader.string();
      if (point.length !== 32) throw new NotAccepted("its Ed25519 key has a wrong length");
      return { kty: "OKP", crv: "Ed25519", x: point.toString("base64url") };
    }
    case "ecdsa-sha2-nistp256":
    case "ecdsa-sha2-nistp384":
    case "ecdsa-sha2-nistp521":
    case "sk-ecdsa-sha2-nistp256@openssh.com":
      return ecdsaKey(type, reader);
    case "ssh-rsa": {
      const [e, n] = [reader.positive(), reader.positive()];
      const bits = n.length * 8 - Math.clz32(n[0] ?? 0) + 24;
      if (bits < leastRsaBits) {
        throw new NotAccepted(`its RSA key has ${bits} bits, and at least ${leastRsaBits} count`);
      }
      return { kty: "RSA", n: n.toString("base64url"), e: e.toString("base64url") };
    }
    default:
      throw new NotAccepted(`keys of type ${plainName(type)} are not accepted`);
  }
};

const ecdsaKey = (type: string, reader: WireReader): JsonWebKey => {
  const name = reader.text();
  const curve = Object.hasOwn(curves, name) ? curves[name] : undefined;
  const point = reader.string();
  if (curve === undefined || !type.includes(name)) throw new NotAccepted("its curve is not sound");
  if (point.length !== 1 + 2 * curve.bytes || point[0] !== 4) {
    throw new NotAccepted("its point is not written in full");
  }
  const x = point.subarray(1, 1 + curve.bytes).toString("base64url");
  return { kty: "EC", crv: curve.crv, x, y: point.subarray(1 + curve.bytes).toString("base64url") };
};

const keyOf = (key: JsonWebKey): KeyObject => {
  try {
    return createPublicKey({ key, format: "jwk" });
  } catch {
    throw new NotAccepted("its key is not sound");
  }
};

/** A name from outside, safe to print. */
export const plainName = (name: string): string =>
  /^[\w@.-]{1,60}$/.test(name) ? name : "an unknown name";
