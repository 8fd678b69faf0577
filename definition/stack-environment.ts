import { BadInput, shown, shownName } from "./bad-input.ts";
import type { RawConfig } from "./stage-config.ts";

/** What a stack is for. Only a rehearsal may run on stand-ins and on the cutover clock. */
export const stackEnvironments = ["rehearsal", "staging", "production"] as const;

export type StackEnvironment = (typeof stackEnvironments)[number];

/**
 * Reads the project's own config, whose one key is `cutover:environment`.
 * @throws BadInput for another key, and when it is missing or no environment.
 */
export const stackEnvironment = (own: RawConfig | undefined, file: string): StackEnvironment => {
  const { environment: value, ...others } = own ?? {};
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw new BadInput({
      where: file,
      key: `cutover:${shownName(unknown)}`,
      found: "no key of the project",
      expected: "cutover:environment",
    });
  }
  const found = stackEnvironments.find((environment) => environment === value);
  if (found !== undefined) return found;
  throw new BadInput({
    where: file,
    key: "cutover:environment",
    found: value === undefined ? "not set" : shown(value),
    expected: stackEnvironments.join(", "),
  });
};
