import { canonicalName, type RecordSet } from "../../world/dns/record-set.ts";
import type { Properties } from "../property-values.ts";
import type { RecordInputs } from "./record-inputs.ts";

/** The name as the provider keeps it: lower case, without the dot at its end. */
const keptName = (name: string): string => name.replace(/\.$/, "").toLowerCase();

/** The whole name of a record, of which inputs may leave the zone's part out. */
export const wholeName = (name: string, zone: string): string => {
  const [kept, end] = [keptName(name), keptName(zone)];
  return kept === end || kept.endsWith(`.${end}`) ? kept : `${kept}.${end}`;
};

/** The id that the provider gives a record. */
export const recordId = ({
  zoneId,
  name,
  type,
  setIdentifier,
}: Pick<RecordInputs, "zoneId" | "name" | "type" | "setIdentifier">): string =>
  [zoneId, keptName(name), type, ...(setIdentifier === undefined ? [] : [setIdentifier])].join("_");

/** The record set that the provider would send to the API. */
export const recordSetOf = (inputs: RecordInputs, zone: string): RecordSet => {
  const { type, ttl, records, setIdentifier, weightedRoutingPolicies, healthCheckId } = inputs;
  const [alias] = inputs.aliases ?? [];
  const [policy] = weightedRoutingPolicies ?? [];
  return {
    name: canonicalName(wholeName(inputs.name, zone)),
    type,
    ...(ttl !== undefined && { ttl }),
    ...(records !== undefined && { values: records }),
    ...(setIdentifier !== undefined && { setIdentifier }),
    ...(policy !== undefined && { weight: policy.weight }),
    ...(healthCheckId !== undefined && { healthCheckId }),
    ...(alias !== undefined && { alias: { ...alias, name: canonicalName(alias.name) } }),
  };
};

/** The inputs that a program would have to write for a record set; spelling of names is kept. */
export const inputsOfRecord = (
  { type, ttl, values, setIdentifier, weight, healthCheckId, alias, name }: RecordSet,
  zoneId: string,
  oldInputs: Properties,
): Properties => ({
  zoneId,
  name: typeof oldInputs["name"] === "string" ? oldInputs["name"] : keptName(name),
  type,
  ...(ttl !== undefined && { ttl }),
  ...(values !== undefined && { records: values }),
  ...(setIdentifier !== undefined && { setIdentifier }),
  ...(weight !== undefined && { weightedRoutingPolicies: [{ weight }] }),
  ...(healthCheckId !== undefined && { healthCheckId }),
  ...(alias !== undefined && { aliases: [{ ...alias, name: keptName(alias.name) }] }),
  ...("allowOverwrite" in oldInputs && { allowOverwrite: oldInputs["allowOverwrite"] }),
});
