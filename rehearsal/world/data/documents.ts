import { randomUUID } from "node:crypto";
import type { CopiedTable } from "../../../definition/rehearsal-example.ts";
import { DatabaseUnavailable } from "../database.ts";
import type { Row } from "./copied-store.ts";
import { DocumentCollection } from "./document-collection.ts";

/** A document that was written or removed. */
export interface DocumentChange {
  readonly collection: string;
  readonly key: string;
  readonly by: "application" | "copying";
}

/** Persons whom the example's calls name. */
const persons = 100;

/**
 * A store of documents in collections, as Firestore is one, with listeners that hear of each write. A document has
 * its key, its reference, and in each other field the number of the person whose it is.
 */
export class Documents {
  readonly #collections: ReadonlyMap<string, DocumentCollection>;
  readonly #listeners = new Set<(change: DocumentChange) => void>();
  #connected = true;

  /** @param counts how many example documents each collection begins with. */
  constructor(counts: Readonly<Record<string, number>>, copied: readonly CopiedTable[]) {
    this.#collections = new Map(
      Object.entries(counts).map(([name, count]) => {
        const shape = copied.find((table) => table.name === name) ?? uncopied(name);
        const collection = new DocumentCollection(shape);
        for (let number = 0; number < count; number += 1) {
          collection.add(randomUUID(), randomUUID(), 1 + (number % persons));
        }
        return [name, collection];
      }),
    );
  }

  /** @throws DatabaseUnavailable while it is cut off. */
  ping(): Promise<void> {
    return this.#answer(() => undefined);
  }

  /** The documents of a person, the latest first. */
  find(collection: string, person: number, most: number): Promise<readonly Row[]> {
    return this.#answer(() => this.#collection(collection).latest(person, most));
  }

  /** Writes a new document of a person. */
  add(collection: string, person: number, reference: string): Promise<void> {
    return this.#answer(() => {
      const key = randomUUID();
      this.#collection(collection).add(key, reference, person);
      this.#tell({ collection, key, by: "application" });
    });
  }

  /** All documents of a collection, by key. */
  all(collection: string): Promise<ReadonlyMap<string, Row>> {
    return this.#answer(() => this.#collection(collection).documents);
  }

  /** Writes documents by key and removes others, as a whole. */
  put(collection: string, rows: readonly Row[], gone: readonly string[]): Promise<void> {
    return this.#answer(() => {
      const found = this.#collection(collection);
      const written = rows.map((row) => found.write(row));
      for (const key of gone) found.remove(key);
      for (const key of [...written, ...gone]) this.#tell({ collection, key, by: "copying" });
    });
  }

  /** Hears of each write after it was made. */
  listen(listener: (change: DocumentChange) => void): void {
    this.#listeners.add(listener);
  }

  /** Refuses connections from now on. */
  cut(): void {
    this.#connected = false;
  }

  /** Accepts connections again. */
  restore(): void {
    this.#connected = true;
  }

  async #answer<T>(work: () => T): Promise<T> {
    if (!this.#connected) throw new DatabaseUnavailable("connection refused by the document store");
    return work();
  }

  #collection(name: string): DocumentCollection {
    const found = this.#collections.get(name);
    if (found === undefined) throw new Error(`there is no collection ${name}`);
    return found;
  }

  #tell(change: DocumentChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}

/** The fields of documents that nobody copies. */
const uncopied = (name: string): CopiedTable => ({
  name,
  ...{ key: "id", reference: "reference", columns: ["person"] },
});
