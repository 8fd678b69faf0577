/** Somebody who has signed in a role. */
export interface Signer {
  readonly person: string;
  readonly role: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Roles filled by different people, or the roles that are not. */
export type Filled<S extends Signer> =
  | { readonly by: readonly S[] }
  | { readonly missing: readonly string[]; readonly why: "nobody" | "same person" | "order" };

/**
 * Fills each role with a different person.
 * @param roles in the order of the plan; a role named twice needs two people.
 * @param inOrder whether they must have signed in that order.
 */
export const distinctPeople = <S extends Signer>(
  roles: readonly string[],
  signers: readonly S[],
  inOrder = false,
): Filled<S> => {
  const nobody = roles.filter((role) => !signers.some((signer) => signer.role === role));
  if (nobody.length > 0) return { missing: nobody, why: "nobody" };
  // The earliest word that fits leaves the most room for those that must come after it.
  const byTime = signers.toSorted((one, other) => one.at - other.at);
  const by = fill(roles, byTime, inOrder);
  if (by !== undefined) return { by };
  const unordered = inOrder ? fill(roles, byTime, false) : undefined;
  return { missing: roles, why: unordered === undefined ? "same person" : "order" };
};

const fill = <S extends Signer>(
  [role, ...rest]: readonly string[],
  signers: readonly S[],
  inOrder: boolean,
): readonly S[] | undefined => {
  if (role === undefined) return [];
  const tried = new Set<string>();
  for (const signer of signers) {
    if (signer.role !== role || tried.has(signer.person)) continue;
    tried.add(signer.person);
    const others = signers.filter(
      ({ person, at }) => person !== signer.person && (!inOrder || at >= signer.at),
    );
    const filled = fill(rest, others, inOrder);
    if (filled !== undefined) return [signer, ...filled];
  }
  return undefined;
};
