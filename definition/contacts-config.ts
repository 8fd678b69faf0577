import { BadInput, shownName } from "./bad-input.ts";
import type { Plan } from "./plan.ts";
import type { RawConfig } from "./stage-config.ts";

/** Namespace of the config keys that hold names and numbers of a system's people. */
export const contactsNamespace = (system: string): string => `${system}-contacts`;

/**
 * Refuses what a stack's config must not say of people: a key that the plan does not name, and a name or a
 * number that anyone can read in the stack file.
 * @param raw the system's contacts, as config has them; key without namespace.
 * @param secrets whole keys whose values are encrypted.
 * @param file stack file that the error names.
 * @throws BadInput
 */
export const refuseBadContacts = (
  { name, contacts }: Pick<Plan, "name" | "contacts">,
  raw: RawConfig,
  secrets: readonly string[],
  file: string,
): void => {
  const known = contacts.map(({ secret }) => secret);
  for (const short of Object.keys(raw)) {
    const key = `${contactsNamespace(name)}:${short}`;
    if (!known.includes(key)) {
      throw new BadInput({
        where: file,
        key: `${contactsNamespace(name)}:${shownName(short)}`,
        found: "nobody's in this plan",
        expected: `${known.join(", ")} (stacks/${name}.ts)`,
      });
    }
    if (!secrets.includes(key)) {
      throw new BadInput({
        where: file,
        key,
        found: "in plain text",
        expected: `a secret: pulumi config set --secret ${key}`,
      });
    }
  }
};
