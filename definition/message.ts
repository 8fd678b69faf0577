/** What a message can tell: the word in braces that stands for it in a text, and what that is. */
export const messageFields = {
  title: "the system's title",
  window: "when the first window opens and closes",
  stage: "the stage in force, by its title",
  since: "when that began",
  green: "Green's share of the requests at that stage, percent",
  next: "the stage after it, by its title",
  rollbacks: "how often traffic was taken back",
  chat: "the war room's channel",
  incidents: "the channel for incidents",
  bridge: "the conference line",
  statusPage: "the address of the status page",
} as const;

export type MessageField = keyof typeof messageFields;

/** The text of a message that a plan wants sent. */
export interface Message {
  /** What `--kind` of `cutover announce` calls it. */
  readonly kind: string;
  /** A line each; `{stage}` and the like are filled in, see {@link messageFields}. */
  readonly says: readonly string[];
}

const field = /\{(\w*)\}/g;

/** Words in braces that stand for nothing. */
export const unknownFields = (line: string): readonly string[] =>
  [...line.matchAll(field)]
    .map(([, word = ""]) => word)
    .filter((word) => !Object.hasOwn(messageFields, word));

/** A message with its fields filled in, and which of them nothing is known of. */
export const filledIn = (
  { says }: Message,
  values: Partial<Readonly<Record<MessageField, string>>>,
): { readonly text: string; readonly missing: readonly MessageField[] } => {
  const missing = new Set<MessageField>();
  const lines = says.map((line) =>
    line.replaceAll(field, (written: string, word: MessageField) => {
      const value = values[word];
      if (value === undefined) missing.add(word);
      return value ?? written;
    }),
  );
  return { text: lines.join("\n"), missing: [...missing] };
};
