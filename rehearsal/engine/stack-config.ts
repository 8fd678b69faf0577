import { join } from "node:path";
import { parse } from "yaml";
import { BadWorkspace } from "./project.ts";
import { isRecord } from "./property-wire.ts";
import { SecretsProvider } from "./state/secrets-provider.ts";
import { readIfThere } from "./state/stack-files.ts";

/** The config of a stack as a program reads it. */
export interface StackConfig {
  readonly file: string;
  /** `namespace:key` to value; objects as JSON. */
  readonly values: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
  /** The config as the file has it, for plans. */
  readonly raw: Readonly<Record<string, unknown>>;
  /** The salt of the stack's key, if the file names one. */
  readonly salt: string | undefined;
}

/**
 * Reads `Pulumi.<stack>.yaml`. A stack without such a file has no config.
 * @throws BadWorkspace if the file is not of the right form
 */
export async function readStackConfig(
  root: string,
  project: string,
  stack: string,
  passphrase: string | undefined,
): Promise<StackConfig> {
  const file = join(root, `Pulumi.${stack}.yaml`);
  const document: unknown = parse((await readIfThere(file)) ?? "{}") ?? {};
  const fields = isRecord(document) ? document : {};
  if (fields["secretsprovider"] !== undefined && fields["secretsprovider"] !== "passphrase") {
    throw new BadWorkspace(
      file,
      "secretsprovider",
      JSON.stringify(fields["secretsprovider"]),
      "passphrase, the one provider of the embedded engine",
    );
  }
  const raw = fields["config"] ?? {};
  if (!isRecord(raw)) {
    throw new BadWorkspace(file, "config", JSON.stringify(raw), "a map of keys to values");
  }
  const salt = typeof fields["encryptionsalt"] === "string" ? fields["encryptionsalt"] : undefined;
  const secrets = new SecretsProvider(passphrase, salt);
  const values: Record<string, string> = {};
  const secretKeys: string[] = [];
  for (const [name, value] of Object.entries(raw)) {
    const key = name.includes(":") ? name : `${project}:${name}`;
    const { text, secret } = await readValue(value, secrets);
    values[key] = text;
    if (secret) {
      secretKeys.push(key);
    }
  }
  return { file, values, secretKeys, raw, salt };
}

async function readValue(
  value: unknown,
  secrets: SecretsProvider,
): Promise<{ text: string; secret: boolean }> {
  if (!holdsSecure(value)) {
    return { text: textOf(value), secret: false };
  }
  const crypter = await secrets.crypter();
  return { text: textOf(open(value, (cipher) => crypter.decrypt(cipher))), secret: true };
}

/** A value that is nothing but `secure: …` is a secret, at whatever depth. */
function isSecure(value: unknown): value is { readonly secure: string } {
  return isRecord(value) && typeof value["secure"] === "string" && Object.keys(value).length === 1;
}

function holdsSecure(value: unknown): boolean {
  return (
    isSecure(value) ||
    (typeof value === "object" && value !== null && Object.values(value).some(holdsSecure))
  );
}

function open(value: unknown, decrypt: (cipher: string) => string): unknown {
  if (isSecure(value)) {
    return decrypt(value.secure);
  }
  if (Array.isArray(value)) {
    return value.map((element) => open(element, decrypt));
  }
  return isRecord(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, element]) => [key, open(element, decrypt)]),
      )
    : value;
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) {
    return "";
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}
