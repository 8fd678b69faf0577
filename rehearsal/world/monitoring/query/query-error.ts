/** A query that is not in the part of Datadog's language that the world answers; the message says where. */
export class QueryError extends Error {
  override readonly name = "QueryError";
}
