/** A text on one line, without anything a terminal would obey, cut at `limit` characters. */
export const oneLine = (text: string, limit = Number.POSITIVE_INFINITY): string => {
  const line = text
    .replace(escapeSequences, "")
    .replace(/\s+/gu, " ")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, "\u{fffd}")
    .trim();
  return line.length > limit ? `${line.slice(0, limit - 1).trimEnd()}…` : line;
};

/** Colours and cursor movements, which engines put into their messages. */
const escapeSequences = new RegExp(String.raw`\u001b\[[0-9;?]*[a-zA-Z]`, "gu");
