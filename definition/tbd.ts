import { BadInput } from "./bad-input.ts";

/** A value that the plan leaves open. Rehearsals use the example; staging and production demand the value. */
export interface Tbd<Value> {
  readonly tbd: string;
  readonly inRehearsal: Value;
}

/** The value, or the mark that it is still open. */
export type Open<Value> = Value | Tbd<Value>;

/** A definition in which every open value has been settled. */
export type Settled<T> =
  T extends Tbd<infer Value>
    ? Settled<Value>
    : T extends (...args: never[]) => unknown
      ? T
      : T extends object
        ? { readonly [Key in keyof T]: Settled<T[Key]> }
        : T;

/** Marks a value that its owner has yet to fill in, in words that say what is wanted. */
export const tbd = <Value>(
  wanted: string,
  { inRehearsal }: { readonly inRehearsal: Value },
): Tbd<Value> => ({ tbd: wanted, inRehearsal });

/** Whether a value is still open. */
export const isTbd = (value: unknown): value is Tbd<unknown> =>
  typeof value === "object" && value !== null && "tbd" in value && "inRehearsal" in value;

/** The keys that are still open, as paths into the definition. */
export const openKeys = (
  value: unknown,
  path = "",
): readonly { path: string; wanted: string }[] => {
  if (isTbd(value)) return [{ path, wanted: value.tbd }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    openKeys(inner, path === "" ? key : `${path}.${key}`),
  );
};

/**
 * The definition with each open value settled: by its example in a rehearsal, by nothing anywhere else.
 * @throws BadInput that names the first open key, when the stack is not a rehearsal.
 */
export const settle = <T>(
  definition: T,
  { rehearsal, file }: { readonly rehearsal: boolean; readonly file: string },
): Settled<T> => {
  const [first, ...others] = rehearsal ? [] : openKeys(definition);
  if (first !== undefined) {
    throw new BadInput({
      where: file,
      key: first.path,
      found: "still open",
      expected: first.wanted,
      ...(others.length > 0 && {
        remedy: `${others.length} more open: ${others.map(({ path }) => path).join(", ")}.`,
      }),
    });
  }
  return settled(definition) as Settled<T>;
};

const settled = (value: unknown): unknown => {
  if (isTbd(value)) return settled(value.inRehearsal);
  if (Array.isArray(value)) return value.map(settled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, settled(inner)]));
};
