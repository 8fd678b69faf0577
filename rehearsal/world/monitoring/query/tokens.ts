import { QueryError } from "./query-error.ts";

/** One piece of a query. */
export interface Token {
  readonly kind: "word" | "number" | "symbol" | "end";
  readonly text: string;
  /** Where it begins in the query, from 0. */
  readonly at: number;
}

/** Outside of braces, `*`, `-` and `/` are arithmetic; inside they belong to a tag's value. */
const OUTSIDE =
  /\s*(?:(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<word>[a-zA-Z_]\w*)|(?<symbol>>=|<=|==|[-+*/(){},:.><]))/y;
const INSIDE = /\s*(?:(?<word>[\w.*/@-]+)|(?<symbol>[(){},:!]))/y;

/** Splits a query into tokens, the last of which is `end`. @throws QueryError at an unknown character. */
export const tokensOf = (query: string): readonly Token[] => {
  const tokens: Token[] = [];
  let depth = 0;
  let at = 0;
  while (query.slice(at).trim() !== "") {
    const pattern = depth > 0 ? INSIDE : OUTSIDE;
    pattern.lastIndex = at;
    const groups = pattern.exec(query)?.groups;
    if (groups === undefined)
      throw new QueryError(`unexpected text at ${at}: "${rest(query, at)}"`);
    const { number, word, symbol } = groups;
    const text = number ?? word ?? symbol ?? "";
    const kind = number !== undefined ? "number" : word !== undefined ? "word" : "symbol";
    tokens.push({ kind, text, at: pattern.lastIndex - text.length });
    if (text === "{") depth += 1;
    if (text === "}") depth -= 1;
    at = pattern.lastIndex;
  }
  return [...tokens, { kind: "end", text: "", at: query.length }];
};

const rest = (query: string, at: number): string => query.slice(at).trim().slice(0, 24);
