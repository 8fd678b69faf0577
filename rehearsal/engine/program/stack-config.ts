import { BadInput } from "../../../definition/bad-input.ts";
import { join } from "node:path";
import { parse } from "yaml";
import { isRecord } from "../values/property-wire.ts";
import { SecretsProvider } from "../state/secrets-provider.ts";
import { reading } from "../state/reading.ts";
import { readIfThere } from "../state/stack-files.ts";

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
 * @throws BadInput if the file is not of the right form
 */
export async function readStackConfig(
  root: string,
  project: string,
  stack: string,
  passphrase: string | undefined,
): Promise<StackConfig> {
  const file = join(root, `Pulumi.${stack}.yaml`);
  const yaml = (await readIfThere(file)) ?? "{}";
  const document = await reading(
    { file, expected: "the config of a stack", remedy: "Correct it." },
    (): unknown => parse(yaml),
  );
  const fields = isRecord(document) ? document : {};
  if (fields["secretsprovider"] !== undefined && fields["secretsprovider"] !== "passphrase") {
    throw new BadInput({
      where: file,
      key: "secretsprovider",
      found: JSON.stringify(fields["secretsprovider"]),
      expected: "passphrase, the one provider of the embedded engine",
    });
  }
  const raw = fields["config"] ?? {};
  if (!isRecord(raw)) {
    throw new BadInput({
      where: file,
      key: "config",
      found: JSON.stringify(raw),
      expected: "a map of keys to values",
    });
  }
  const salt = typeof fields["encryptionsalt"] === "string" ? fields["encryptionsalt"] : undefined;
  const secrets = new SecretsProvider(passphrase, salt, file);
  const values: Record<string, string> = {};
  const secretKeys: string[] = [];
  for (const [name, value] of Object.entries(raw)) {
    const key = name.includes(":") ? name : `${project}:${name}`;
    const { text, secret } = await reading(
      {
        file,
        expected: `${key} encrypted under PULUMI_CONFIG_PASSPHRASE`,
        remedy: `Set it once more with pulumi config set --secret ${key}.`,
      },
      () => readValue(value, secrets),
    );
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
