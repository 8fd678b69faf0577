import { BadInput, shown } from "../definition/bad-input.ts";

/** What a number on the command line may be. */
export interface NumberRange {
  readonly from: number;
  readonly to: number;
  readonly whole?: true;
}

/**
 * Reads a number as a person writes one, in decimal digits.
 * @throws BadInput when it is none, or outside of its range.
 */
export const numberOption = (
  where: string,
  key: string,
  text: string,
  { from, to, whole }: NumberRange,
): number => {
  const form = whole === true ? /^\d+$/ : /^\d+(\.\d+)?$/;
  const value = form.test(text) ? Number(text) : Number.NaN;
  if (value >= from && value <= to) return value;
  throw new BadInput({
    where,
    key,
    found: shown(text),
    expected: `a ${whole === true ? "whole " : ""}number from ${from} to ${to}`,
  });
};
