import type { CopiedTable } from "../../../definition/rehearsal-example.ts";
import type { Row } from "./copied-store.ts";

/** The documents of one collection, by key, and each person's found without reading the others. */
export class DocumentCollection {
  readonly #documents = new Map<string, Row>();
  /** Keys by person, the latest last. */
  readonly #own = new Map<string, Set<string>>();
  readonly #shape: CopiedTable;

  constructor(shape: CopiedTable) {
    this.#shape = shape;
  }

  get documents(): ReadonlyMap<string, Row> {
    return this.#documents;
  }

  /** A document of a person: their number in each field that is neither its key nor its reference. */
  add(key: string, reference: string, person: number): void {
    const document: Record<string, string> = {
      [this.#shape.key]: key,
      [this.#shape.reference]: reference,
    };
    for (const field of this.#personal()) document[field] = String(person);
    this.write(document);
  }

  /** Writes a document under the key that it has. @returns that key. */
  write(document: Row): string {
    const key = document[this.#shape.key] ?? "";
    this.remove(key);
    this.#documents.set(key, document);
    for (const person of this.#personsOf(document)) {
      const keys = this.#own.get(person);
      if (keys === undefined) this.#own.set(person, new Set([key]));
      else keys.add(key);
    }
    return key;
  }

  remove(key: string): void {
    for (const person of this.#personsOf(this.#documents.get(key) ?? {})) {
      this.#own.get(person)?.delete(key);
    }
    this.#documents.delete(key);
  }

  /** The latest documents of a person, the very latest first. */
  latest(person: number, most: number): readonly Row[] {
    const keys = [...(this.#own.get(String(person)) ?? [])];
    return keys
      .slice(Math.max(0, keys.length - most))
      .reverse()
      .map((key) => this.#documents.get(key))
      .filter((document) => document !== undefined);
  }

  #personsOf(document: Row): readonly string[] {
    return this.#personal().flatMap((field) => document[field] ?? []);
  }

  #personal(): readonly string[] {
    const { key, reference, columns } = this.#shape;
    return columns.filter((column) => column !== key && column !== reference);
  }
}
