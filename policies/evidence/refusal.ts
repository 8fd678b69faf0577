/** Why a file of evidence does not count, in words for an operator; never a stack trace. */
export class NotAccepted extends Error {
  override readonly name = "NotAccepted";
}

/** Why something does not count, in one line, whoever threw it. */
export const reasonOf = (error: unknown, otherwise: string): string => {
  if (error instanceof NotAccepted) return error.message;
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === "string" ? `${otherwise} (${code})` : otherwise;
};
