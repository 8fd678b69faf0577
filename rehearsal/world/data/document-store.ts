import { createHash } from "node:crypto";
import type { CopiedTable } from "../../../definition/rehearsal-example.ts";
import {
  columnsOf,
  lineMarks,
  type Backlog,
  type Change,
  type CopiedStore,
  type Row,
} from "./copied-store.ts";
import type { Documents } from "./documents.ts";

/** The copied collections of a store of documents, with a listener that captures writes. */
export class DocumentStore implements CopiedStore {
  readonly #documents: Documents;
  readonly #listeners = new Set<() => void>();
  #outbox: (Change & { readonly at: number })[] = [];
  #position = 0;
  #misses = false;

  constructor(documents: Documents, tables: readonly CopiedTable[]) {
    this.#documents = documents;
    const copied = new Set(tables.map(({ name }) => name));
    documents.listen(({ collection, key, by }) => {
      if (by === "copying" || !copied.has(collection)) return;
      this.#position += 1;
      if (this.#misses && this.#position % 2 === 0) return;
      this.#outbox.push({ position: this.#position, table: collection, key, at: Date.now() });
      for (const listener of [...this.#listeners]) listener();
    });
  }

  async prepare(): Promise<boolean> {
    await this.#documents.ping();
    return true;
  }

  onCapture(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** From here on its listener misses every second change. */
  async missChanges(): Promise<void> {
    await this.#documents.ping();
    this.#misses = true;
  }

  async waiting(most?: number): Promise<readonly Change[]> {
    await this.#documents.ping();
    return this.#outbox.slice(0, most);
  }

  async backlog(): Promise<Backlog> {
    await this.#documents.ping();
    return { changes: this.#outbox.length, oldest: this.#outbox[0]?.at };
  }

  async copied(upTo: number): Promise<void> {
    await this.#documents.ping();
    this.#outbox = this.#outbox.filter(({ position }) => position > upTo);
  }

  async keys({ name }: CopiedTable): Promise<readonly string[]> {
    return [...(await this.#documents.all(name)).keys()];
  }

  async references({ name, reference }: CopiedTable): Promise<readonly string[]> {
    const documents = await this.#documents.all(name);
    return [...documents.values()].map((document) => document[reference] ?? "");
  }

  async read({ name }: CopiedTable, keys: readonly string[]): Promise<ReadonlyMap<string, Row>> {
    const documents = await this.#documents.all(name);
    return new Map(
      keys.flatMap((key): [string, Row][] => {
        const document = documents.get(key);
        return document === undefined ? [] : [[key, document]];
      }),
    );
  }

  async apply({ name }: CopiedTable, rows: readonly Row[], gone: readonly string[]): Promise<void> {
    await this.#documents.put(name, rows, gone);
  }

  async checksums(table: CopiedTable): Promise<ReadonlyMap<string, string>> {
    const parts = new Map<string, string[]>();
    for (const [key, document] of sorted(await this.#documents.all(table.name))) {
      const line = lineOf(table, document);
      const part = parts.get(key.slice(-1));
      if (part === undefined) parts.set(key.slice(-1), [line]);
      else part.push(line);
    }
    return new Map([...parts].map(([part, lines]) => [part, `${lines.length}:${md5(lines)}`]));
  }

  async lines(table: CopiedTable, part: string): Promise<ReadonlyMap<string, string>> {
    const documents = [...(await this.#documents.all(table.name))];
    return new Map(
      documents
        .filter(([key]) => key.endsWith(part))
        .map(([key, document]) => [key, lineOf(table, document)]),
    );
  }
}

const sorted = (documents: ReadonlyMap<string, Row>): readonly (readonly [string, Row])[] =>
  [...documents].sort(([one], [other]) => (one < other ? -1 : 1));

const lineOf = (table: CopiedTable, row: Row): string =>
  columnsOf(table)
    .map((column) => row[column] ?? lineMarks.nothing)
    .join(lineMarks.between);

const md5 = (lines: readonly string[]): string =>
  createHash("md5").update(lines.join("\n")).digest("hex");
