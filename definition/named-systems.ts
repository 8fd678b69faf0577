import { BadInput } from "./bad-input.ts";
import { systemNames } from "./catalogue.ts";
import { contactsNamespace } from "./contacts-config.ts";
import type { RawConfig } from "./stage-config.ts";

/** A stack's config by namespace, from its keys `namespace:key`. */
export const configByNamespace = (
  config: Readonly<Record<string, string>>,
): Readonly<Record<string, RawConfig>> => {
  const byNamespace = new Map<string, [string, string][]>();
  for (const [key, value] of Object.entries(config)) {
    // A key without a namespace is the project's own.
    const [namespace = "", ...name] = key.includes(":") ? key.split(":") : ["cutover", key];
    const values = byNamespace.get(namespace) ?? [];
    byNamespace.set(namespace, [...values, [name.join(":"), value]]);
  }
  return own([...byNamespace].map(([namespace, values]) => [namespace, own(values)]));
};

/** A record of these entries and nothing else: whoever writes config may call a key `__proto__`. */
const own = <Value>(entries: readonly (readonly [string, Value])[]): Record<string, Value> =>
  Object.assign(Object.create(null) as Record<string, Value>, Object.fromEntries(entries));

/** A config whose encrypted values say no more than that: none that is read here is a secret, and errors quote. */
export const withoutSecrets = (
  config: Readonly<Record<string, string>>,
  secretKeys: readonly string[],
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key,
      secretKeys.includes(key) ? "[secret]" : value,
    ]),
  );

/** Namespaces whose keys are no system's. */
const reserved = new Set(["cutover", "kubernetes", "datadog", "aws", "cloudflare", "pulumi"]);

/**
 * The systems that a stack's config names: a value of a system makes it part of the stack.
 * @param namespaces of the keys in the stack's config.
 * @param file stack file that the error names.
 * @throws BadInput when there is none.
 */
export const namedSystems = (namespaces: readonly string[], file: string): readonly string[] => {
  const people = new Set(systemNames().map(contactsNamespace));
  const names = namespaces.filter((each) => !reserved.has(each) && !people.has(each));
  if (names.length > 0) return names;
  throw new BadInput({
    where: file,
    found: "no system",
    expected: `a value for at least one of ${systemNames().join(", ")}`,
  });
};
