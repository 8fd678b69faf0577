import { isDeepStrictEqual } from "node:util";
import type * as z from "zod";
import type { Collection, Kept } from "../../world/cloudflare/collection.ts";
import type { LoadBalancing } from "../../world/cloudflare/load-balancing.ts";
import { CloudflareRefusal, invalid } from "../../world/cloudflare/refusal.ts";
import type { Properties } from "../property-values.ts";
import { standIn, type StandIn } from "../stand-in.ts";
import { fromApi, toApi } from "./api-names.ts";
import { called, type CloudflareAccount } from "./cloudflare-account.ts";

interface ApiObject<Body extends object> {
  readonly type: string;
  /** What the provider takes. */
  readonly inputs: z.ZodType<Properties>;
  /** What the API takes of it, with the API's defaults. */
  readonly body: z.ZodType<Body>;
  /** The input that says whose it is: it cannot change in place. */
  readonly owner: "accountId" | "zoneId";
  readonly collectionOf: (account: LoadBalancing) => Collection<Body>;
}

/** Acts for a resource that is one object of the API, written as a whole. */
export const apiObject = <Body extends object>({
  type,
  inputs,
  body,
  owner,
  collectionOf,
}: ApiObject<Body>): StandIn<CloudflareAccount> => {
  const bodyOf = ({ [owner]: _, ...fields }: Properties): Body => {
    const parsed = body.safeParse(toApi(fields));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw invalid(`${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`);
  };
  const owned = (given: Properties, account: LoadBalancing): Collection<Body> => {
    const own = owner === "zoneId" ? account.zone.id : account.accountId;
    if (given[owner] === own) return collectionOf(account);
    throw new CloudflareRefusal(404, 7003, `no ${owner} ${String(given[owner])} here`);
  };
  /** Everything that the API says of it, under the provider's names. */
  const outputsOf = (kept: Kept<Body>, given: Properties): Properties => {
    const { id: _, ...fields } = fromApi({ ...kept });
    const said = Object.entries(fields).filter(([, value]) => value !== null);
    return { ...Object.fromEntries(said), [owner]: given[owner] };
  };
  return standIn<Properties, CloudflareAccount>({
    type,
    inputs,
    replaceOn: [owner],
    create: async (given, account, { signal }) => {
      const { cloudflare } = account;
      const create = () => owned(given, cloudflare).create(bodyOf(given));
      const made = await called(account, `creating ${type}`, create, signal);
      return { id: made.id, outputs: outputsOf(made, given) };
    },
    update: async (id, given, account, { signal }) => {
      const { cloudflare } = account;
      const update = () => owned(given, cloudflare).update(id, bodyOf(given));
      return outputsOf(await called(account, `updating ${id}`, update, signal), given);
    },
    delete: async (id, account, { signal }) => {
      const collection = collectionOf(account.cloudflare);
      const remove = (): void => {
        // What is gone already is no failure.
        if (collection.get(id) !== undefined) collection.remove(id);
      };
      await called(account, `deleting ${id}`, remove, signal);
    },
    read: (id, { cloudflare, token }, { oldInputs }) => {
      cloudflare.admit(token);
      const kept = collectionOf(cloudflare).get(id);
      if (kept === undefined) return undefined;
      const own = owner === "zoneId" ? cloudflare.zone.id : cloudflare.accountId;
      const { [owner]: _, ...fields } = outputsOf(kept, {});
      const found = inputsOf(fields, oldInputs, bodyOf);
      return { outputs: { ...fields, [owner]: own }, inputs: { ...found, [owner]: own } };
    },
  });
};

/** The inputs that a program would have to write: its own ones as far as they still hold. */
const inputsOf = (
  { createdOn: _, modifiedOn: __, ...found }: Properties,
  oldInputs: Properties,
  bodyOf: (inputs: Properties) => object,
): Properties => {
  const now: Record<string, unknown> = { ...found };
  for (const key of Object.keys(found)) {
    const without = Object.fromEntries(Object.entries(now).filter(([other]) => other !== key));
    const candidate = key in oldInputs ? { ...without, [key]: oldInputs[key] } : without;
    if (!sameBody(bodyOf, candidate, found)) continue;
    Reflect.deleteProperty(now, key);
    if (key in oldInputs) now[key] = oldInputs[key];
  }
  return now;
};

/** Whether the API would make the same of two sets of inputs. */
const sameBody = (
  bodyOf: (inputs: Properties) => object,
  one: Properties,
  other: Properties,
): boolean => {
  try {
    return isDeepStrictEqual(bodyOf(one), bodyOf(other));
  } catch {
    return false;
  }
};
