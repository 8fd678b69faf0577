import { createHash } from "node:crypto";
import { containsSecrets, type PropertyMap } from "../property-values.ts";
import { isRecord } from "../property-wire.ts";
import { noTimeouts, type CustomTimeouts, type ResourceState } from "../resource-state.ts";
import type { Crypter } from "./passphrase-crypter.ts";
import type { SecretsProvider } from "./secrets-provider.ts";
import { mapFromDisk, mapToDisk } from "./state-values.ts";

/** What was being done when the state was written. */
export type PendingType = "creating" | "updating" | "deleting" | "reading";

export interface PendingOperation {
  readonly resource: ResourceState;
  readonly type: PendingType;
}

/** Everything a state file says of a stack. */
export interface Snapshot {
  readonly resources: readonly ResourceState[];
  readonly pending: readonly PendingOperation[];
}

export const emptySnapshot: Snapshot = { resources: [], pending: [] };

/** What the manifest names as the writer; its hash is the file's magic number, which the real CLI verifies. */
const writerVersion = "v3.260.0-embedded";

/** The manifest that state files and plans carry. */
export function manifest(): Readonly<Record<string, string>> {
  return {
    time: new Date().toISOString(),
    magic: createHash("sha256").update(writerVersion).digest("hex"),
    version: writerVersion,
  };
}

/** Properties never change in place, so their text is made once. */
const propertyTexts = new WeakMap<PropertyMap, string>();

/** The text of a checkpoint file of format 3. */
export async function writeCheckpoint(
  stack: string,
  snapshot: Snapshot,
  secrets: SecretsProvider,
): Promise<string> {
  const states = [...snapshot.resources, ...snapshot.pending.map(({ resource }) => resource)];
  const secret = states.some(({ inputs, outputs }) => hasSecret(inputs) || hasSecret(outputs));
  const crypter = secret ? await secrets.crypter() : undefined;
  const salt = crypter?.salt ?? secrets.salt;
  const parts = [
    `"manifest":${JSON.stringify(manifest())}`,
    ...(salt === undefined
      ? []
      : [`"secrets_providers":${JSON.stringify({ type: "passphrase", state: { salt } })}`]),
    `"resources":[${snapshot.resources.map((state) => resourceText(state, crypter)).join(",")}]`,
    ...(snapshot.pending.length === 0
      ? []
      : [
          `"pending_operations":[${snapshot.pending
            .map(
              ({ resource, type }) =>
                `{"resource":${resourceText(resource, crypter)},"type":"${type}"}`,
            )
            .join(",")}]`,
        ]),
    `"metadata":{}`,
  ];
  return `{"version":3,"checkpoint":{"stack":${JSON.stringify(stack)},"latest":{${parts.join(",")}}}}`;
}

const secretMaps = new WeakMap<PropertyMap, boolean>();
function hasSecret(properties: PropertyMap): boolean {
  const known = secretMaps.get(properties) ?? containsSecrets(properties);
  secretMaps.set(properties, known);
  return known;
}

function resourceText(state: ResourceState, crypter: Crypter | undefined): string {
  const fields: string[] = [
    `"urn":${JSON.stringify(state.urn)}`,
    `"custom":${String(state.custom)}`,
  ];
  const add = (key: string, value: unknown): void => {
    if (!isEmpty(value)) {
      fields.push(`"${key}":${JSON.stringify(value)}`);
    }
  };
  const addProperties = (key: string, properties: PropertyMap): void => {
    if (Object.keys(properties).length > 0) {
      const text = propertyTexts.get(properties) ?? JSON.stringify(mapToDisk(properties, crypter));
      propertyTexts.set(properties, text);
      fields.push(`"${key}":${text}`);
    }
  };
  add("delete", state.delete);
  add("id", state.id);
  add("type", state.type);
  addProperties("inputs", state.inputs);
  addProperties("outputs", state.outputs);
  add("parent", state.parent);
  add("protect", state.protect);
  add("external", state.external);
  add("dependencies", state.dependencies);
  add("initErrors", state.initErrors);
  add("provider", state.provider);
  add("propertyDependencies", state.propertyDependencies);
  add("pendingReplacement", state.pendingReplacement);
  add("additionalSecretOutputs", state.additionalSecretOutputs);
  add("aliases", state.aliases);
  add("customTimeouts", timeoutsToDisk(state.customTimeouts));
  add("retainOnDelete", state.retainOnDelete);
  add("deletedWith", state.deletedWith);
  add("created", state.created);
  add("modified", state.modified);
  add("ignoreChanges", state.ignoreChanges);
  add("replaceOnChanges", state.replaceOnChanges);
  add("resourceHooks", state.hooks);
  return `{${fields.join(",")}}`;
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === false ||
    value === "" ||
    (typeof value === "object" && value !== null && Object.keys(value).length === 0)
  );
}

/** The set timeouts alone, as Pulumi writes them. */
export function timeoutsToDisk(timeouts: CustomTimeouts): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(timeouts).filter(([, seconds]) => seconds !== 0));
}

/**
 * Reads a checkpoint file.
 * @param file named in errors
 * @throws if the file is no checkpoint, or uses what the embedded engine does not support
 */
export async function readCheckpoint(
  text: string,
  file: string,
  secretsOf: (salt: string | undefined) => SecretsProvider,
): Promise<Snapshot> {
  const envelope: unknown = parse(text, file);
  const checkpoint = isRecord(envelope) ? envelope["checkpoint"] : undefined;
  if (!isRecord(envelope) || envelope["version"] !== 3 || !isRecord(checkpoint)) {
    throw new Error(
      `${file}: found ${isRecord(envelope) ? `version ${String(envelope["version"])}` : "no object"}, expected a checkpoint of version 3`,
    );
  }
  const latest = checkpoint["latest"];
  if (!isRecord(latest)) {
    return emptySnapshot;
  }
  const crypter = text.includes(`"ciphertext"`)
    ? await secretsOf(saltOf(latest)).crypter()
    : undefined;
  return {
    resources: list(latest["resources"]).map((resource) =>
      resourceFromDisk(resource, file, crypter),
    ),
    pending: list(latest["pending_operations"]).map((operation) => ({
      resource: resourceFromDisk(
        isRecord(operation) ? operation["resource"] : undefined,
        file,
        crypter,
      ),
      type: pendingTypeOf(isRecord(operation) ? operation["type"] : undefined, file),
    })),
  };
}

/** The salt of the key under which a deployment's secrets lie. */
function saltOf(latest: Readonly<Record<string, unknown>>): string | undefined {
  const provider = latest["secrets_providers"];
  const state = isRecord(provider) ? provider["state"] : undefined;
  if (isRecord(provider) && provider["type"] !== "passphrase") {
    throw new Error(
      `the state's secrets provider is ${String(provider["type"])}: the embedded engine supports passphrase only`,
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

function resourceFromDisk(
  disk: unknown,
  file: string,
  crypter: Crypter | undefined,
): ResourceState {
  if (!isRecord(disk) || typeof disk["urn"] !== "string" || typeof disk["type"] !== "string") {
    throw new Error(`${file}: a resource has no urn or no type`);
  }
  const unsupported = unsupportedFields.find((field) => !isEmpty(disk[field] ?? undefined));
  if (unsupported !== undefined) {
    throw new Error(
      `${file}: ${disk["urn"]} uses ${unsupported}, which the embedded engine does not support`,
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

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(
      `${file}: found no JSON (${error instanceof Error ? error.message : String(error)}), expected a checkpoint`,
    );
  }
}

function pendingTypeOf(type: unknown, file: string): PendingType {
  if (type === "creating" || type === "updating" || type === "deleting" || type === "reading") {
    return type;
  }
  throw new Error(
    `${file}: a pending operation is of type ${String(type)}, which the embedded engine does not support`,
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
