import { BadInput, shown } from "./bad-input.ts";

/** What a stack is for. Only a rehearsal may run on stand-ins and on the cutover clock. */
export const stackEnvironments = ["rehearsal", "staging", "production"] as const;

export type StackEnvironment = (typeof stackEnvironments)[number];

/**
 * Reads `cutover:environment`.
 * @throws BadInput when it is missing or no environment.
 */
export const stackEnvironment = (value: string | undefined, file: string): StackEnvironment => {
  const found = stackEnvironments.find((environment) => environment === value);
  if (found !== undefined) return found;
  throw new BadInput({
    where: file,
    key: "cutover:environment",
    found: value === undefined ? "not set" : shown(value),
    expected: stackEnvironments.join(", "),
  });
};
