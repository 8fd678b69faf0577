import { kinds } from "../../world/api-server/kinds.ts";
import { isRecord, type Properties } from "../property-values.ts";
import type { CheckCall, Checked } from "../stand-in.ts";
import type { KubernetesWorld } from "./kubernetes-world.ts";
import { kindOfToken } from "./object-inputs.ts";

const autonamed = "pulumi.com/autonamed";

const record = (value: unknown): Properties => (isRecord(value) ? value : {});

const generatedName = ({ name, randomSeed }: CheckCall): string =>
  `${name}-${Buffer.from(randomSeed).toString("hex").slice(0, 8).padEnd(8, "0")}`;

/** A name for an object without one: the one it got last time, or the Pulumi name and eight digits. */
const withName = (metadata: Properties, call: CheckCall): Properties => {
  if (metadata.name !== undefined || metadata.generateName !== undefined) return metadata;
  const before = record(call.oldInputs.metadata);
  const kept = record(before.annotations)[autonamed] === "true" ? before.name : undefined;
  const annotations = { ...record(metadata.annotations), [autonamed]: "true" };
  return { ...metadata, name: kept ?? generatedName(call), annotations };
};

/** Fills in the name and the namespace that the program left out, and checks the token's own fields. */
export const completeInputs = (
  inputs: Properties,
  { namespace = "default" }: KubernetesWorld,
  call: CheckCall,
): Checked => {
  const expected = kindOfToken(call.type);
  const namespaced = kinds.some(
    (known) =>
      known.apiVersion === expected.apiVersion && known.kind === expected.kind && known.namespaced,
  );
  const failures = (["apiVersion", "kind"] as const).flatMap((property) =>
    inputs[property] === undefined || inputs[property] === expected[property]
      ? []
      : [
          {
            property,
            reason: `is ${inWords(inputs[property])}, expected ${expected[property]} for ${call.type}`,
          },
        ],
  );
  if (inputs.metadata !== undefined && typeof inputs.metadata === "string") {
    // Unknown as a whole: nothing to fill in before the real operation.
    return { inputs, failures };
  }
  const metadata = withName(record(inputs.metadata), call);
  return {
    inputs: {
      ...inputs,
      ...expected,
      metadata: namespaced ? { ...metadata, namespace: metadata.namespace ?? namespace } : metadata,
    },
    failures,
  };
};

const inWords = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value);
