/** What a command's exit status says. */
export const ExitStatus = {
  done: 0,
  /** Refused by a gate, or a check failed. */
  refused: 1,
  /** Bad usage or bad input; nothing changed. */
  badInput: 2,
  rolledBack: 3,
} as const;

export type ExitStatus = (typeof ExitStatus)[keyof typeof ExitStatus];
