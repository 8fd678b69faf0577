import { ApiError } from "../kubernetes-object.ts";
import { objectName, type Kind } from "./kinds.ts";

/** One thing wrong with an object, at a path such as `spec.template.spec.containers[0].image`. */
export interface FieldError {
  readonly path: string;
  readonly problem: string;
}

/** A field that has to be there. */
export const required = (path: string, why = ""): FieldError => ({
  path,
  problem: why === "" ? "Required value" : `Required value: ${why}`,
});

/** A value that cannot be. */
export const invalid = (path: string, value: unknown, why: string): FieldError => ({
  path,
  problem: `Invalid value: ${JSON.stringify(value)}: ${why}`,
});

/** A value that is none of the possible ones. */
export const unsupported = (
  path: string,
  value: unknown,
  supported: readonly string[],
): FieldError => ({
  path,
  problem: `Unsupported value: ${JSON.stringify(value)}: supported values: ${supported
    .map((each) => JSON.stringify(each))
    .join(", ")}`,
});

/** A field that may not be set here. */
export const forbidden = (path: string, why: string): FieldError => ({
  path,
  problem: `Forbidden: ${why}`,
});

/** A value that comes twice where it has to be unique. */
export const duplicate = (path: string, value: unknown): FieldError => ({
  path,
  problem: `Duplicate value: ${JSON.stringify(value)}`,
});

/** One error for each value that came before in the list; `undefined` never counts. */
export const duplicates = (
  values: readonly unknown[],
  pathOf: (index: number) => string,
): readonly FieldError[] =>
  values.flatMap((value, index) =>
    value !== undefined && values.indexOf(value) < index ? [duplicate(pathOf(index), value)] : [],
  );

/** An error unless the number, if there is one, lies within both ends. */
export const within = (
  path: string,
  value: number | undefined,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): readonly FieldError[] => {
  if (value === undefined || (value >= least && value <= most)) return [];
  const why =
    most === Number.MAX_SAFE_INTEGER
      ? `must be greater than or equal to ${String(least)}`
      : `must be between ${String(least)} and ${String(most)}, inclusive`;
  return [invalid(path, value, why)];
};

/** An error unless the value, if there is one, is one of those. */
export const oneOf = (
  path: string,
  value: string | undefined,
  supported: readonly string[],
): readonly FieldError[] =>
  value === undefined || supported.includes(value) ? [] : [unsupported(path, value, supported)];

/** The API server's answer to an object with something wrong. */
export const invalidObject = (
  kind: Kind,
  name: string,
  errors: readonly FieldError[],
): ApiError => {
  const listed = errors.map(({ path, problem }) => `${path}: ${problem}`);
  const all = listed.length === 1 ? listed.join() : `[${listed.join(", ")}]`;
  return new ApiError(422, "Invalid", `${objectName(kind, name)} is invalid: ${all}`);
};
