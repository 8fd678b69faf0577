import { createHash, generateKeyPairSync, sign } from "node:crypto";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { evidenceNamespace, signedText, verifySshsig } from "../../../policies/evidence/sshsig.ts";
import { wireString } from "../../../policies/evidence/wire.ts";
import { throwawayKey } from "../../../rehearsal/people/throwaway-key.ts";
import { hasSshKeygen, keyFolder } from "./ssh-keygen.ts";

const text = '{"statement":"example"}';
const bytes = Buffer.from(text);
const key = throwawayKey();
const signature = key.sign(bytes, evidenceNamespace);

const verdict = (message: Buffer | string, armoured: string, namespace = evidenceNamespace) => {
  try {
    verifySshsig(Buffer.from(message as string), armoured, namespace);
    return "accepted";
  } catch (error) {
    return (error as Error).message;
  }
};

test("a signature that fits names the key that made it", () =>
  expect(verifySshsig(bytes, signature, evidenceNamespace).key.toString("base64")).toBe(
    key.line.split(" ")[1],
  ));

test("any flipped bit of text or signature is refused, with a reason and no crash", () => {
  const flipped = fc.record({
    part: fc.constantFrom("text", "signature"),
    at: fc.nat(),
    bit: fc.integer({ min: 0, max: 7 }),
  });
  fc.assert(
    fc.property(flipped, ({ part, at, bit }) => {
      const original = part === "text" ? bytes : Buffer.from(signature, "latin1");
      const changed = Buffer.from(original);
      const index = at % changed.length;
      changed[index] = (changed[index] ?? 0) ^ (1 << bit);
      const said =
        part === "text"
          ? verdict(changed, signature)
          : verdict(bytes, Buffer.from(changed).toString("latin1"));
      expect(said).not.toBe("accepted");
      expect(said).toMatch(/^[^\n]{5,160}$/);
    }),
    { numRuns: 1_000 },
  );
});

test("what is cut off, repeated or no signature at all is refused in one line", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.nat(signature.length - 2).map((end) => signature.slice(0, end)),
        fc.nat(signature.length).map((at) => signature.slice(0, at) + signature.slice(at / 2)),
        fc.string({ unit: "binary", maxLength: 400 }),
        fc.uint8Array({ maxLength: 400 }).map((raw) => wrap(Buffer.from(raw))),
        fc
          .uint8Array({ maxLength: 200 })
          .map((raw) =>
            wrap(Buffer.concat([Buffer.from("SSHSIG\0\0\0\u0001", "latin1"), Buffer.from(raw)])),
          ),
      ),
      (armoured) => {
        fc.pre(armoured !== signature);
        const said = verdict(bytes, armoured);
        expect(said).not.toBe("accepted");
        expect(said).toMatch(/^[^\n]{5,160}$/);
      },
    ),
    { numRuns: 1_000 },
  );
});

const wrap = (raw: Buffer): string =>
  `-----BEGIN SSH SIGNATURE-----\n${raw.toString("base64").replaceAll(/.{70}/g, "$&\n")}\n-----END SSH SIGNATURE-----\n`;

test.for([
  ["another namespace", key.sign(bytes, "git"), "it was made for namespace git"],
  ["Windows line ends", signature.replaceAll("\n", "\r\n"), "it is no armoured SSH signature"],
  ["a byte-order mark", `\u{feff}${signature}`, "it is no armoured SSH signature"],
  [
    "base64 with loose ends",
    signature.replace("\n-----END", "=\n-----END"),
    "its base64 is not sound",
  ],
] as const)("%s is refused", ([, armoured, reason]) =>
  expect(verdict(bytes, armoured)).toContain(reason),
);

describe("a key on a security token", () => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const type = "sk-ssh-ed25519@openssh.com";
  const point = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url");
  const blob = Buffer.concat([wireString(type), wireString(point), wireString("ssh:")]);
  const sha256 = (of: Buffer | string) => createHash("sha256").update(of).digest();
  const byToken = (flags: number): string => {
    const about = { namespace: evidenceNamespace, reserved: Buffer.alloc(0), message: bytes };
    const told = Buffer.from([flags, 0, 0, 0, 7]);
    const signed = sha256(signedText({ ...about, hash: "sha512" }));
    const made = sign(null, Buffer.concat([sha256("ssh:"), told, signed]), privateKey);
    return wrap(
      Buffer.concat([
        Buffer.from("SSHSIG\0\0\0\u0001", "latin1"),
        wireString(blob),
        wireString(evidenceNamespace),
        wireString(""),
        wireString("sha512"),
        wireString(Buffer.concat([wireString(type), wireString(made), told])),
      ]),
    );
  };
  test("counts when a person touched it", () =>
    expect(verdict(bytes, byToken(1))).toBe("accepted"));
  test("does not count when nobody did", () =>
    expect(verdict(bytes, byToken(0))).toBe("nobody touched the security key for it"));
});

describe.skipIf(!hasSshKeygen)("OpenSSH itself (skipped where ssh-keygen is not there)", () => {
  const keys = keyFolder();
  afterAll(keys.remove);

  test.for([
    ["ed25519", 256],
    ["ecdsa", 256],
    ["ecdsa", 384],
    ["ecdsa", 521],
    ["rsa", 2048],
  ] as const)("what a key of type %s with %i bits signs is accepted here", ([type, bits]) => {
    const signer = keys.make(`${type}-${bits}`, type, bits);
    // The numbers of an ECDSA signature differ in length from one to the next.
    for (let time = 0; time < (type === "ecdsa" ? 6 : 1); time += 1) {
      const made = keys.sign(signer, `${text}${time}`, evidenceNamespace);
      expect(verdict(`${text}${time}`, made)).toBe("accepted");
      expect(verdict(`${text} `, made)).toBe("its signature does not fit its text");
      expect(verdict(`${text}${time}`, made, "git")).toContain("namespace");
    }
    const short = keys.sign(signer, text, evidenceNamespace, "-O", "hashalg=sha256");
    expect(verdict(text, short)).toBe("accepted");
  });

  test("a short RSA key is not accepted", () => {
    const made = keys.sign(keys.make("short", "rsa", 1024), text, evidenceNamespace);
    expect(verdict(text, made)).toBe("its RSA key has 1024 bits, and at least 2048 count");
  });

  test("what a rehearsal's key signs is accepted there", () => {
    const allowed = `jane@example.com ${key.line}\n`;
    const accepts = (namespace: string, message: string) =>
      keys.accepts(allowed, "jane@example.com", namespace, message, signature);
    expect(accepts(evidenceNamespace, text)).toBe(true);
    expect(accepts("git", text)).toBe(false);
    expect(accepts(evidenceNamespace, `${text} `)).toBe(false);
  });
});
