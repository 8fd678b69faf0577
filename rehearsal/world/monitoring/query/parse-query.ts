import { intervalOf } from "./interval.ts";
import { parseMetric } from "./parse-metric.ts";
import type { Expression } from "./syntax.ts";
import { TokenReader } from "./token-reader.ts";

/** Reads a query of the metrics API. @throws QueryError when it is not in the part that is answered. */
export const parseQuery = (text: string): Expression => {
  const tokens = new TokenReader(text);
  const expression = parseExpression(tokens, text);
  tokens.expectEnd();
  intervalOf(expression);
  return expression;
};

/** Reads sums, products and what they are made of, as far as they go. @throws QueryError */
export const parseExpression = (tokens: TokenReader, text: string): Expression => {
  let left = parseProduct(tokens, text);
  for (;;) {
    const operator = tokens.takeIf("+", "-");
    if (operator !== "+" && operator !== "-") return left;
    left = { is: "arithmetic", operator, left, right: parseProduct(tokens, text) };
  }
};

const parseProduct = (tokens: TokenReader, text: string): Expression => {
  let left = parseTerm(tokens, text);
  for (;;) {
    const operator = tokens.takeIf("*", "/");
    if (operator !== "*" && operator !== "/") return left;
    left = { is: "arithmetic", operator, left, right: parseTerm(tokens, text) };
  }
};

const parseTerm = (tokens: TokenReader, text: string): Expression => {
  if (tokens.takeIf("-") !== undefined) return { is: "negative", of: parseTerm(tokens, text) };
  if (tokens.takeIf("(") !== undefined) {
    const inner = parseExpression(tokens, text);
    tokens.expect(")");
    return inner;
  }
  if (tokens.peek().kind === "number") {
    return { is: "number", value: tokens.expectNumber("a number") };
  }
  if (tokens.peek(1).text === "(") return parseFunction(tokens, text);
  return parseMetric(tokens, text);
};

const parseFunction = (tokens: TokenReader, text: string): Expression => {
  const name = tokens.peek().text;
  switch (name) {
    case "default_zero":
    case "abs":
    case "cutoff_min":
    case "cutoff_max": {
      tokens.take();
      tokens.expect("(");
      const of = parseExpression(tokens, text);
      let limit = 0;
      if (name === "cutoff_min" || name === "cutoff_max") {
        tokens.expect(",");
        limit = tokens.expectNumber(`the limit of ${name}`);
      }
      tokens.expect(")");
      return { is: "function", name, of, limit };
    }
    default:
      return tokens.refuse("default_zero, abs, cutoff_min or cutoff_max");
  }
};
