import { generateKeyPairSync, sign } from "node:crypto";
import { signedText } from "../../policies/evidence/sshsig.ts";
import { wireString } from "../../policies/evidence/wire.ts";

/** A key that lives as long as a rehearsal, in memory only. */
export interface ThrowawayKey {
  /** As a line of `allowed_signers` has it: type and base64. */
  readonly line: string;
  /** Signs as `ssh-keygen -Y sign` does, and answers with the armoured signature. */
  sign(message: Buffer, namespace: string): string;
}

/** Makes an Ed25519 key; a process for each signature would cost a rehearsal its speed. */
export const throwawayKey = (): ThrowawayKey => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const type = "ssh-ed25519";
  const point = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url");
  const blob = Buffer.concat([wireString(type), wireString(point)]);
  return {
    line: `${type} ${blob.toString("base64")}`,
    sign: (message, namespace) => {
      const about = { namespace, reserved: Buffer.alloc(0), hash: "sha512", message } as const;
      const signature = sign(null, signedText(about), privateKey);
      return armoured([
        Buffer.from("SSHSIG"),
        Buffer.from([0, 0, 0, 1]),
        wireString(blob),
        wireString(namespace),
        wireString(about.reserved),
        wireString(about.hash),
        wireString(Buffer.concat([wireString(type), wireString(signature)])),
      ]);
    },
  };
};

const armoured = (parts: readonly Buffer[]): string => {
  const lines = Buffer.concat(parts).toString("base64").replaceAll(/.{70}/g, "$&\n");
  return `-----BEGIN SSH SIGNATURE-----\n${lines.trimEnd()}\n-----END SSH SIGNATURE-----\n`;
};
