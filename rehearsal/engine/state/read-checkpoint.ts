import { shown } from "../../../definition/bad-input.ts";
import { isRecord } from "../values/property-wire.ts";
import { noTimeouts, type ResourceState } from "../values/resource-state.ts";
import type { Crypter } from "./passphrase-crypter.ts";
import type { SecretsProvider } from "./secrets-provider.ts";
import { emptySnapshot, type PendingType, type Snapshot } from "./snapshot.ts";
import { reading } from "./reading.ts";
import { isEmpty, mapFromDisk } from "./state-values.ts";

/**
 * Reads a checkpoint file.
 * @param file named in errors
 * @throws BadInput if the file is no checkpoint, uses what the embedded engine does not support, or does not open
 */
export function readCheckpoint(
  text: string,
  file: string,
  secretsOf: (salt: string | undefined) => SecretsProvider,
): Promise<Snapshot> {
  const expectation = {
    file,
    expected: "the state of a stack as Pulumi writes it",
    remedy: "Restore it from a copy, or remove it to begin with an empty stack.",
  };
  return reading(expectation, () => snapshotOf(text, secretsOf));
}

async function snapshotOf(
  text: string,
  secretsOf: (salt: string | undefined) => SecretsProvider,
): Promise<Snapshot> {
  const envelope: unknown = JSON.parse(text);
  const checkpoint = isRecord(envelope) ? envelope["checkpoint"] : undefined;
  if (!isRecord(envelope)) throw new Error("no object");
  refuseOtherForms(envelope);
  if (!isRecord(checkpoint)) throw new Error("no checkpoint");
  const latest = checkpoint["latest"];
  if (!isRecord(latest)) {
    return emptySnapshot;
  }
  const crypter = text.includes(`"ciphertext"`)
    ? await secretsOf(saltOf(latest)).crypter()
    : undefined;
  return {
    resources: list(latest["resources"]).map((resource) => resourceFromDisk(resource, crypter)),
    pending: list(latest["pending_operations"]).map((operation) => ({
      resource: resourceFromDisk(isRecord(operation) ? operation["resource"] : undefined, crypter),
      type: pendingTypeOf(isRecord(operation) ? operation["type"] : undefined),
    })),
  };
}

/** Version 4 is version 3 with a list of what it uses beyond it; hooks are read from either. */
function refuseOtherForms({ version, features }: Readonly<Record<string, unknown>>): void {
  if (version !== 3 && version !== 4) {
    throw new Error(
      `a file of version ${shown(version)} where the embedded engine reads versions 3 and 4`,
    );
  }
  const unsupported = strings(features).find((feature) => feature !== "hooks");
  if (unsupported !== undefined) {
    throw new Error(`a file that uses ${unsupported}, which the embedded engine does not support`);
  }
}

/** The salt of the key under which a deployment's secrets lie. */
function saltOf(latest: Readonly<Record<string, unknown>>): string | undefined {
  const provider = latest["secrets_providers"];
  const state = isRecord(provider) ? provider["state"] : undefined;
  if (isRecord(provider) && provider["type"] !== "passphrase") {
    throw new Error(
      `the secrets provider ${shown(provider["type"])} where the embedded engine supports passphrase only`,
    );
  }
  return isRecord(state) && typeof state["salt"] === "string" ? state["salt"] : undefined;
}

/** The salt named in a checkpoint's text, if any. */
export function checkpointSalt(text: string): string | undefined {
  return /"salt":"(v1:[^"]+)"/.exec(text)?.[1];
}

/** Fields of a resource that the embedded engine would lose or misread. */
const unsupportedFields = [
  "taint",
  "viewOf",
  "extensionRef",
  "snippetID",
  "replaceWith",
  "refreshBeforeUpdate",
  "replacementTrigger",
];

function resourceFromDisk(disk: unknown, crypter: Crypter | undefined): ResourceState {
  if (!isRecord(disk) || typeof disk["urn"] !== "string" || typeof disk["type"] !== "string") {
    throw new Error("a resource without urn or type");
  }
  const unsupported = unsupportedFields.find((field) => !isEmpty(disk[field] ?? undefined));
  if (unsupported !== undefined) {
    throw new Error(
      `${disk["urn"]} uses ${unsupported}, which the embedded engine does not support`,
    );
  }
  return {
    urn: disk["urn"],
    type: disk["type"],
    custom: disk["custom"] === true,
    delete: disk["delete"] === true,
    id: string(disk["id"]),
    inputs: mapFromDisk(disk["inputs"], crypter),
    outputs: mapFromDisk(disk["outputs"], crypter),
    parent: string(disk["parent"]),
    protect: disk["protect"] === true,
    external: disk["external"] === true,
    dependencies: strings(disk["dependencies"]),
    initErrors: strings(disk["initErrors"]),
    provider: string(disk["provider"]),
    propertyDependencies: recordOfStrings(disk["propertyDependencies"]),
    pendingReplacement: disk["pendingReplacement"] === true,
    additionalSecretOutputs: strings(disk["additionalSecretOutputs"]),
    aliases: strings(disk["aliases"]),
    customTimeouts: {
      ...noTimeouts,
      ...(isRecord(disk["customTimeouts"]) ? disk["customTimeouts"] : {}),
    },
    retainOnDelete: disk["retainOnDelete"] === true,
    deletedWith: string(disk["deletedWith"]),
    created: optionalString(disk["created"]),
    modified: optionalString(disk["modified"]),
    ignoreChanges: strings(disk["ignoreChanges"]),
    replaceOnChanges: strings(disk["replaceOnChanges"]),
    hooks: recordOfStrings(disk["resourceHooks"]),
  };
}

function pendingTypeOf(type: unknown): PendingType {
  if (type === "creating" || type === "updating" || type === "deleting" || type === "reading") {
    return type;
  }
  throw new Error(
    `a pending operation of type ${shown(type)}, which the embedded engine does not support`,
  );
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const string = (value: unknown): string => (typeof value === "string" ? value : "");
const optionalString = (value: unknown): string | undefined =>
  typeof value === "string" ? value : undefined;
const strings = (value: unknown): readonly string[] => list(value).map(String);
const recordOfStrings = (value: unknown): Readonly<Record<string, readonly string[]>> =>
  isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([key, urns]) => [key, strings(urns)]))
    : {};
