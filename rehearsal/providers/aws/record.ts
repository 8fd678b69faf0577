import type { HostedZone } from "../../world/dns/hosted-zone.ts";
import { keyOf, type RecordSet } from "../../world/dns/record-set.ts";
import type { Properties } from "../property-values.ts";
import { standIn } from "../stand-in.ts";
import { hostedZone, type Route53World } from "../../world/dns/route53-api.ts";
import { answeringRoute53, type AwsAccount } from "./aws-account.ts";
import { called } from "./aws-calls.ts";
import { recordInputs, type RecordInputs } from "./record-inputs.ts";
import { inputsOfRecord, recordId, recordSetOf, wholeName } from "./record-translation.ts";
import { changeRecords } from "./route53-calls.ts";

/** Acts for `aws.route53.Record` on the zones of the world. */
export const record = standIn<RecordInputs, AwsAccount>({
  type: "aws:route53/record:Record",
  inputs: recordInputs,
  replaceOn: ["name", "zoneId"],
  idOf: recordId,
  create: async (inputs, account, { signal }) => {
    const route53 = answeringRoute53(account);
    const zone = hostedZone(route53, inputs.zoneId);
    const recordSet = checked(recordSetOf(inputs, zone.name), route53);
    const action = inputs.allowOverwrite === true ? "UPSERT" : "CREATE";
    const calling = { clock: route53.clock, signal };
    await changeRecords("creating Route53 Record", zone, [{ action, recordSet }], calling);
    return { id: recordId(inputs), outputs: outputsOf(inputs, zone) };
  },
  update: async (id, inputs, account, { signal, oldInputs }) => {
    const route53 = answeringRoute53(account);
    const zone = hostedZone(route53, inputs.zoneId);
    const recordSet = checked(recordSetOf(inputs, zone.name), route53);
    const before = recordSetOf(recordInputs.parse(oldInputs), zone.name);
    const calling = { clock: route53.clock, signal };
    if (keyOf(before) === keyOf(recordSet)) {
      const upsert = { action: "UPSERT", recordSet } as const;
      await changeRecords("creating Route53 Record", zone, [upsert], calling);
    } else {
      // Another type or set identifier is another record: the old one goes in the same batch.
      const action = inputs.allowOverwrite === true ? "UPSERT" : "CREATE";
      const batch = [
        { action: "DELETE", recordSet: before } as const,
        { action, recordSet } as const,
      ];
      await changeRecords(`updating Route53 Record (${id})`, zone, batch, calling);
    }
    return outputsOf(inputs, zone);
  },
  delete: async (id, account, { signal }) => {
    const route53 = answeringRoute53(account);
    const calling = { clock: route53.clock, signal };
    const zone = zoneOfRecord(id, route53);
    if (zone === undefined) return;
    const doing = `deleting Route53 Record (${id})`;
    const all = await called(doing, () => zone.list(), calling);
    const found = all.find((each) => hasId(each, id, zone));
    // What is gone already is no failure.
    if (found === undefined) return;
    await changeRecords(doing, zone, [{ action: "DELETE", recordSet: found }], calling);
  },
  read: (id, account, { oldInputs }) => {
    const zone = zoneOfRecord(id, answeringRoute53(account));
    const found = zone?.list().find((each) => hasId(each, id, zone));
    if (zone === undefined || found === undefined) return undefined;
    const inputs = inputsOfRecord(found, zone.id, oldInputs);
    return { inputs, outputs: { ...inputs, fqdn: found.name.slice(0, -1) } };
  },
});

const zoneOfRecord = (id: string, { zones }: Route53World): HostedZone | undefined =>
  zones.find((zone) => id.startsWith(`${zone.id}_`));

/** Whether a record set has this id, be it with the zone's part of the name or without. */
const hasId = ({ name, type, setIdentifier }: RecordSet, id: string, zone: HostedZone): boolean =>
  [name, name.slice(0, -zone.name.length - 1)].some(
    (each) => recordId({ zoneId: zone.id, name: each, type, setIdentifier }) === id,
  );

/** A record may name a health check that exists only. */
const checked = (recordSet: RecordSet, { healthChecks }: Route53World): RecordSet => {
  if (recordSet.healthCheckId !== undefined) healthChecks.observation(recordSet.healthCheckId);
  return recordSet;
};

const outputsOf = (inputs: RecordInputs, zone: HostedZone): Properties => ({
  ...inputs,
  fqdn: wholeName(inputs.name, zone.name),
});
