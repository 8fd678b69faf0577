import { generateKeyPairSync, sign } from "node:crypto";

/** A key and a certificate that it signed for itself, PEM; for an address of IP version 4. */
export const selfSigned = (address: string): { readonly key: string; readonly cert: string } => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const signature = der(0x30, hex("06082a8648ce3d040302"));
  const name = der(
    0x30,
    der(0x31, der(0x30, hex("0603550403"), der(0x0c, Buffer.from("a test's own server")))),
  );
  const validity = der(0x30, time("200101000000Z"), time("491231235959Z"));
  const bytes = Buffer.from(address.split(".").map(Number));
  const alternatives = der(0x04, der(0x30, der(0x87, bytes)));
  const body = der(
    0x30,
    der(0xa0, hex("020102")),
    hex("020101"),
    ...[signature, name, validity, name],
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, der(0x30, der(0x30, hex("0603551d11"), alternatives))),
  );
  const signed = der(0x03, Buffer.from([0]), sign("sha256", body, privateKey));
  const cert = der(0x30, body, signature, signed).toString("base64");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${cert}\n-----END CERTIFICATE-----\n`,
  };
};

/** One element of X.509's encoding. */
const der = (tag: number, ...content: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(content);
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};

const hex = (digits: string): Buffer => Buffer.from(digits, "hex");

const time = (utc: string): Buffer => der(0x17, Buffer.from(utc));
