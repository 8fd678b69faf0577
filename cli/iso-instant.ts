/** An instant as the commands' JSON has it, ISO 8601 UTC; null where there is none. @param milliseconds since the epoch */
export const isoInstant = (milliseconds: number | undefined): string | null =>
  milliseconds === undefined ? null : new Date(milliseconds).toISOString();
