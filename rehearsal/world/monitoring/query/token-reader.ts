import { QueryError } from "./query-error.ts";
import { tokensOf, type Token } from "./tokens.ts";

/** Walks over the tokens of one query. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #position = 0;

  /** @throws QueryError when the text holds what no query may hold. */
  constructor(text: string) {
    this.#tokens = tokensOf(text);
  }

  /** The token `ahead` of the next one, without taking it. */
  peek(ahead = 0): Token {
    const index = Math.min(this.#position + ahead, this.#tokens.length - 1);
    return this.#tokens[index] ?? { kind: "end", text: "", at: 0 };
  }

  /** Takes the next token. */
  take(): Token {
    const token = this.peek();
    this.#position += 1;
    return token;
  }

  /** Takes the next token if it is one of `texts`. */
  takeIf(...texts: readonly string[]): string | undefined {
    const { kind, text } = this.peek();
    return kind !== "end" && texts.includes(text) ? this.take().text : undefined;
  }

  /** @throws QueryError unless the next token is `text`. */
  expect(text: string): void {
    if (this.takeIf(text) === undefined) this.refuse(`"${text}"`);
  }

  /** @throws QueryError unless the next token is a word. */
  expectWord(what: string): string {
    if (this.peek().kind !== "word") this.refuse(what);
    return this.take().text;
  }

  /** @throws QueryError unless a number comes next; it may be negative. */
  expectNumber(what: string): number {
    const negative = this.takeIf("-") !== undefined;
    if (this.peek().kind !== "number") this.refuse(what);
    return (negative ? -1 : 1) * Number(this.take().text);
  }

  /** @throws QueryError unless everything was taken. */
  expectEnd(): void {
    if (this.peek().kind !== "end") this.refuse("the end");
  }

  /** Says what was expected and what was found instead. @throws QueryError */
  refuse(expected: string): never {
    const { kind, text, at } = this.peek();
    const found = kind === "end" ? "the end" : `"${text}"`;
    throw new QueryError(`expected ${expected} at ${at}, found ${found}`);
  }
}
