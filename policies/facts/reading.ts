/** What a source answered, or why nobody knows. */
export type Reading<T> = Known<T> | Unknown;

export interface Known<T> {
  readonly known: true;
  readonly value: T;
}

export interface Unknown {
  readonly known: false;
  /** Why, in words for an operator. */
  readonly reason: string;
  /** Whether it is unknown because the update has yet to create what it describes. */
  readonly notYet?: true;
}

/** A value that was read. */
export const known = <T>(value: T): Known<T> => ({ known: true, value });

/** A value that nobody knows, with the reason in words. */
export const unknown = (reason: string): Unknown => ({ known: false, reason });

/** A value that is only known once the update has created what it describes. */
export const notYetCreated = (what: string): Unknown => ({
  known: false,
  reason: `${what} is only known once the update has created it`,
  notYet: true,
});
