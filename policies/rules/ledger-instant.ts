const isoInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

/** An instant as the ledger writes it, milliseconds since the epoch; NaN for anything else. */
export const ledgerInstant = (text: string): number =>
  isoInstant.test(text) ? Date.parse(text) : NaN;
