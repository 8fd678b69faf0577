import { invalid, type FieldError } from "./field-error.ts";

const label1123 = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const label1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const subdomain1123 = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const labelPart = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

const matching =
  (pattern: RegExp, most: number, what: string) =>
  (path: string, value: string): readonly FieldError[] => {
    if (value.length > most) {
      return [invalid(path, value, `must be no more than ${String(most)} characters`)];
    }
    return pattern.test(value) ? [] : [invalid(path, value, what)];
  };

/** Names of containers, namespaces and subsets. */
export const dnsLabel = matching(
  label1123,
  63,
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
);

/** Names of services. */
export const dnsServiceName = matching(
  label1035,
  63,
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
);

/** Names of most objects. */
export const dnsSubdomain = matching(
  subdomain1123,
  253,
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
);

/** Names of ports. */
export const portName = matching(
  /^(?!.*--)(?=.*[a-z])[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  15,
  "must consist of lower case alphanumeric characters or '-', contain at least one letter, and neither start nor end with '-' nor hold '--'",
);

const nameProblem =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

/** Keys of labels and annotations: `name` or `prefix.example/name`. */
export const qualifiedName = (path: string, key: string): readonly FieldError[] => {
  const parts = key.split("/");
  const name = parts.at(-1) ?? "";
  if (parts.length > 2) return [invalid(path, key, "a qualified name has at most one '/'")];
  const prefix = parts.length === 2 ? dnsSubdomain(path, parts[0] ?? "") : [];
  return [...prefix, ...matching(labelPart, 63, nameProblem)(path, name)];
};

/** Keys and values of labels. */
export const labels = (
  path: string,
  given: Readonly<Record<string, string>> = {},
): readonly FieldError[] =>
  Object.entries(given).flatMap(([key, value]) => [
    ...qualifiedName(path, key),
    ...(value === ""
      ? []
      : matching(
          labelPart,
          63,
          "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
        )(path, value)),
  ]);

/** The smallest and largest port. */
export const portRange = [1, 65535] as const;

/** A number of pods or a percentage, as in `maxSurge`. */
export const countOrPercent = (
  path: string,
  value: number | string | undefined,
): readonly FieldError[] => {
  if (value === undefined || (typeof value === "number" && value >= 0)) return [];
  if (typeof value === "string" && /^\d+%$/.test(value)) return [];
  return [invalid(path, value, "must be a non-negative integer or a percentage (e.g. '25%')")];
};
