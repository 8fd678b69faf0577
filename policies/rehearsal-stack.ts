/** Whether a stack of this name is a rehearsal's: `rehearsal`, or a name that begins with `rehearsal-`. */
export const isRehearsalStack = (stack: string): boolean =>
  stack === "rehearsal" || stack.startsWith("rehearsal-");
