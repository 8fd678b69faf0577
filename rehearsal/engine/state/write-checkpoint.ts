import { createHash } from "node:crypto";
import { containsSecrets, type PropertyMap } from "../values/property-values.ts";
import type { CustomTimeouts, ResourceState } from "../values/resource-state.ts";
import type { Crypter } from "./passphrase-crypter.ts";
import type { SecretsProvider } from "./secrets-provider.ts";
import type { Snapshot } from "./snapshot.ts";
import { isEmpty, mapToDisk } from "./state-values.ts";

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

/** The set timeouts alone, as Pulumi writes them. */
export function timeoutsToDisk(timeouts: CustomTimeouts): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(timeouts).filter(([, seconds]) => seconds !== 0));
}
