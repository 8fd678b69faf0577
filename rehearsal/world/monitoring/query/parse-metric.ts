import { parseFilter } from "./parse-filter.ts";
import { QueryError } from "./query-error.ts";
import type { MetricQuery, SpaceAggregator, TimeAggregator } from "./syntax.ts";
import type { TokenReader } from "./token-reader.ts";

const SPACE: readonly SpaceAggregator[] = [
  ...(["sum", "avg", "min", "max"] as const),
  ...(["p50", "p75", "p90", "p95", "p99"] as const),
];
const TIME: readonly TimeAggregator[] = ["sum", "avg", "min", "max"];

/**
 * Reads `sum:metric.name{filter} by {tag}.as_count().rollup(sum, 60)`.
 * @param text the whole query, from which the filter is quoted. @throws QueryError
 */
export const parseMetric = (tokens: TokenReader, text: string): MetricQuery => {
  const space = SPACE.find((name) => name === tokens.peek().text);
  if (space === undefined) return tokens.refuse(`an aggregator (${SPACE.join(", ")})`);
  tokens.take();
  tokens.expect(":");
  const metric = parseName(tokens);
  const open = tokens.peek().at;
  tokens.expect("{");
  const filter = parseFilter(tokens);
  const scope = text.slice(open + 1, tokens.peek().at).trim();
  tokens.expect("}");
  const by = tokens.takeIf("by") === undefined ? [] : parseGroups(tokens);
  const query: MetricQuery = { is: "metric", space, metric, filter, scope, by };
  return parseSuffixes(tokens, query);
};

const parseName = (tokens: TokenReader): string => {
  let name = tokens.expectWord("a metric's name");
  while (tokens.takeIf(".") !== undefined) {
    const part = tokens.peek().kind === "number" ? tokens.take().text : undefined;
    name += `.${part ?? tokens.expectWord("a metric's name")}`;
  }
  return name;
};

const parseGroups = (tokens: TokenReader): readonly string[] => {
  tokens.expect("{");
  const keys: string[] = [];
  do keys.push(tokens.expectWord("a tag key"));
  while (tokens.takeIf(",") !== undefined);
  tokens.expect("}");
  return keys;
};

const parseSuffixes = (tokens: TokenReader, query: MetricQuery): MetricQuery => {
  if (tokens.takeIf(".") === undefined) return query;
  const suffix = tokens.expectWord("as_count, as_rate or rollup");
  tokens.expect("(");
  if (suffix === "as_count" || suffix === "as_rate") {
    if (query.space.startsWith("p")) throw new QueryError(`${suffix} of a percentile`);
    if (query.modifier !== undefined) throw new QueryError(`${suffix} after ${query.modifier}`);
    if (query.rollup !== undefined) throw new QueryError(`${suffix} must stand before rollup`);
    tokens.expect(")");
    return parseSuffixes(tokens, { ...query, modifier: suffix });
  }
  if (suffix !== "rollup") throw new QueryError(`unknown function ".${suffix}()"`);
  if (query.rollup !== undefined) throw new QueryError("more than one rollup");
  const rollup = parseRollup(tokens);
  tokens.expect(")");
  return parseSuffixes(tokens, { ...query, rollup });
};

const parseRollup = (tokens: TokenReader): NonNullable<MetricQuery["rollup"]> => {
  const aggregator = TIME.find((name) => name === tokens.peek().text);
  if (aggregator !== undefined) {
    tokens.take();
    if (tokens.takeIf(",") === undefined) return { aggregator };
  } else if (tokens.peek().kind !== "number") {
    return tokens.refuse(`how to roll up (${TIME.join(", ")})`);
  }
  const seconds = tokens.expectNumber("an interval in seconds");
  if (!Number.isInteger(seconds) || seconds < 1) {
    throw new QueryError(`rollup's interval is ${seconds}, expected whole seconds from 1`);
  }
  return aggregator === undefined ? { seconds } : { aggregator, seconds };
};
