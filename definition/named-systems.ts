import { BadInput } from "./bad-input.ts";
import { systemNames } from "./catalogue.ts";
import type { RawConfig } from "./stage-config.ts";

/** A stack's config by namespace, from its keys `namespace:key`. */
export const configByNamespace = (
  config: Readonly<Record<string, string>>,
): Readonly<Record<string, RawConfig>> => {
  const byNamespace: Record<string, Record<string, string>> = {};
  for (const [key, value] of Object.entries(config)) {
    const [namespace = "", ...name] = key.split(":");
    (byNamespace[namespace] ??= {})[name.join(":")] = value;
  }
  return byNamespace;
};

/** Namespaces whose keys are no system's. */
const reserved = new Set(["cutover", "kubernetes", "datadog", "aws", "cloudflare", "pulumi"]);

/**
 * The systems that a stack's config names: a value of a system makes it part of the stack.
 * @param namespaces of the keys in the stack's config.
 * @param file stack file that the error names.
 * @throws BadInput when there is none.
 */
export const namedSystems = (namespaces: readonly string[], file: string): readonly string[] => {
  const names = namespaces.filter((namespace) => !reserved.has(namespace));
  if (names.length > 0) return names;
  throw new BadInput({
    where: file,
    found: "no system",
    expected: `a value for at least one of ${systemNames().join(", ")}`,
  });
};
