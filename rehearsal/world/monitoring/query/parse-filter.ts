import type { Filter } from "./syntax.ts";
import type { TokenReader } from "./token-reader.ts";

const isKeyword = (text: string, ...keywords: readonly string[]): boolean =>
  keywords.includes(text.toUpperCase());

/**
 * Reads what stands between the braces of a query: `*`, or tags joined by commas, AND, OR, NOT, IN and
 * parentheses. OR binds weakest, then the comma, which means AND. @throws QueryError
 */
export const parseFilter = (tokens: TokenReader): Filter => {
  const filters = [parseAll(tokens)];
  while (isKeyword(tokens.peek().text, "OR")) {
    tokens.take();
    filters.push(parseAll(tokens));
  }
  return joined("or", filters);
};

const parseAll = (tokens: TokenReader): Filter => {
  const filters = [parseOne(tokens)];
  while (isKeyword(tokens.peek().text, "AND", ",")) {
    tokens.take();
    filters.push(parseOne(tokens));
  }
  return joined("and", filters);
};

const parseOne = (tokens: TokenReader): Filter => {
  if (tokens.takeIf("!") !== undefined) return { is: "not", filter: parseOne(tokens) };
  if (tokens.takeIf("(") !== undefined) {
    const filter = parseFilter(tokens);
    tokens.expect(")");
    return filter;
  }
  const word = tokens.expectWord("a tag `key:value`");
  if (isKeyword(word, "NOT")) return { is: "not", filter: parseOne(tokens) };
  if (word === "*") return { is: "all" };
  if (tokens.takeIf(":") !== undefined) return tag(word, parseValue(tokens));
  if (isKeyword(tokens.peek().text, "IN")) {
    tokens.take();
    return joined("or", parseList(tokens, word));
  }
  if (isKeyword(tokens.peek().text, "NOT") && isKeyword(tokens.peek(1).text, "IN")) {
    tokens.take();
    tokens.take();
    return { is: "not", filter: joined("or", parseList(tokens, word)) };
  }
  return tokens.refuse(`":" after the tag key "${word}"`);
};

const parseList = (tokens: TokenReader, key: string): readonly Filter[] => {
  tokens.expect("(");
  const filters: Filter[] = [];
  do filters.push(tag(key, parseValue(tokens)));
  while (tokens.takeIf(",") !== undefined);
  tokens.expect(")");
  return filters;
};

/** A value may itself hold colons. */
const parseValue = (tokens: TokenReader): string => {
  let value = tokens.expectWord("a tag's value");
  while (tokens.takeIf(":") !== undefined) value += `:${tokens.expectWord("a tag's value")}`;
  return value;
};

const tag = (key: string, pattern: string): Filter => ({ is: "tag", key, pattern });

const joined = (is: "and" | "or", filters: readonly Filter[]): Filter => {
  const [only, ...others] = filters;
  return only !== undefined && others.length === 0 ? only : { is, filters };
};
