import { z } from "zod";
import { NotAccepted } from "./refusal.ts";

const name = z.string().trim().min(1).max(200);
const names = z.array(name).max(50);

const schema = z.strictObject({
  people: z
    .array(
      z.strictObject({
        /** Whatever tells people apart; it needs not be a full name. */
        name,
        /** What `allowed_signers` calls them; one person may have several keys. */
        principals: names.min(1),
        /** E-mail addresses of their commits, where these are no principals. */
        commits: names.optional(),
        /** Roles by system. */
        roles: z.record(name, names),
      }),
    )
    .max(1_000),
  /** E-mail addresses that commit without being anybody, such as a merge button's. */
  machines: names.optional(),
});

/** A person who may state something. */
export type Person = z.infer<typeof schema>["people"][number];

/** Who is who. */
export interface People {
  /** Whose principal it is. */
  byPrincipal(principal: string): Person | undefined;
  /** Whose commits carry this address; `machine` for nobody's. */
  byCommit(address: string): Person | "machine" | undefined;
}

/**
 * Reads `people.yaml`.
 * @throws NotAccepted when it has another form, or when two people share a name, a principal or an address.
 */
export const readPeople = async (text: string): Promise<People> => {
  const { parse } = await import("yaml");
  const read = schema.safeParse(parse(text, { maxAliasCount: 0, logLevel: "error" }));
  if (!read.success) {
    const path = read.error.issues[0]?.path.join(".") ?? "";
    throw new NotAccepted(`${path === "" ? "it" : path} is not as expected`);
  }
  const { people, machines = [] } = read.data;
  const owners = (keysOf: (person: Person) => readonly string[], what: string) =>
    ownersOf(people, keysOf, what);
  owners((person) => [person.name], "a name");
  const principals = owners((person) => person.principals, "a principal");
  const commits = owners(
    (person) => [...new Set([...person.principals, ...(person.commits ?? [])].map(same))],
    "an address",
  );
  const nobody = new Set(machines.map(same));
  return {
    byPrincipal: (principal) => principals.get(same(principal)),
    byCommit: (address) =>
      commits.get(same(address)) ?? (nobody.has(same(address)) ? "machine" : undefined),
  };
};

const ownersOf = (
  people: readonly Person[],
  keysOf: (person: Person) => readonly string[],
  what: string,
): ReadonlyMap<string, Person> => {
  const owners = new Map<string, Person>();
  for (const person of people) {
    for (const key of keysOf(person).map(same)) {
      if (owners.has(key)) throw new NotAccepted(`it gives ${what} twice`);
      owners.set(key, person);
    }
  }
  return owners;
};

/** Two spellings of one name are one name. */
const same = (text: string): string => text.normalize("NFKC").trim().toLowerCase();
