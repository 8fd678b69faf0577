import type { IResourceRequirements } from "kubernetes-models/v1/ResourceRequirements";
import { invalid, type FieldError } from "../field-error.ts";
import { quantity } from "../quantity.ts";

type Amounts = Readonly<Record<string, string | number>>;

const amountRules = (path: string, amounts: Amounts): readonly FieldError[] =>
  Object.entries(amounts).flatMap(([name, text]) => {
    const amount = quantity(text);
    if (amount === undefined) {
      return [
        invalid(
          `${path}[${name}]`,
          text,
          "quantities must match a number with an optional suffix such as m, k, M, Ki or Mi",
        ),
      ];
    }
    return amount >= 0
      ? []
      : [invalid(`${path}[${name}]`, text, "must be greater than or equal to 0")];
  });

/** Quantities a server can read, and no request above its limit. */
export const resourceRules = (
  resources: IResourceRequirements | undefined,
  path: string,
): readonly FieldError[] => {
  const { requests = {}, limits = {} } = resources ?? {};
  return [
    ...amountRules(`${path}.requests`, requests),
    ...amountRules(`${path}.limits`, limits),
    ...Object.entries(requests).flatMap(([name, request]) => {
      const limit = limits[name];
      if (limit === undefined) return [];
      return (quantity(request) ?? 0) > (quantity(limit) ?? Infinity)
        ? [
            invalid(
              `${path}.requests[${name}]`,
              request,
              `must be less than or equal to ${name} limit of ${String(limit)}`,
            ),
          ]
        : [];
    }),
  ];
};
