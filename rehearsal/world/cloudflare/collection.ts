import { CloudflareRefusal } from "./refusal.ts";

/** An object as the API gives it. */
export type Kept<Body> = Body & {
  readonly id: string;
  /** Instants, ISO 8601. */
  readonly created_on: string;
  readonly modified_on: string;
};

export interface CollectionOptions<Body> {
  /** What one of them is called in messages. */
  readonly kind: string;
  readonly newId: () => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** @throws CloudflareRefusal for one that the API would not take. @param id of the one that it replaces. */
  readonly check: (body: Body, id: string | undefined) => void;
  /** Whether another object needs one of them. */
  readonly isUsed: (id: string) => boolean;
  readonly onChange: () => void;
}

/** Objects of one kind. */
export class Collection<Body extends object> {
  readonly #options: CollectionOptions<Body>;
  readonly #objects = new Map<string, Kept<Body>>();

  constructor(options: CollectionOptions<Body>) {
    this.#options = options;
  }

  list(): readonly Kept<Body>[] {
    return [...this.#objects.values()];
  }

  get(id: string): Kept<Body> | undefined {
    return this.#objects.get(id);
  }

  /** @throws CloudflareRefusal 404. */
  found(id: string): Kept<Body> {
    const found = this.#objects.get(id);
    if (found !== undefined) return found;
    throw new CloudflareRefusal(404, 1001, `${this.#options.kind} ${id} not found`);
  }

  /** @throws CloudflareRefusal 400. */
  create(body: Body): Kept<Body> {
    this.#options.check(body, undefined);
    const now = this.#now(undefined);
    return this.#keep({ ...body, id: this.#options.newId(), created_on: now, modified_on: now });
  }

  /** Replaces one as a whole. @throws CloudflareRefusal 400, 404. */
  update(id: string, body: Body): Kept<Body> {
    const before = this.found(id);
    this.#options.check(body, id);
    const { created_on } = before;
    return this.#keep({ ...body, id, created_on, modified_on: this.#now(before.modified_on) });
  }

  /** @throws CloudflareRefusal 404, 412 while another object needs it. */
  remove(id: string): void {
    this.found(id);
    if (this.#options.isUsed(id)) {
      const message = `${this.#options.kind} ${id} is referenced by other objects`;
      throw new CloudflareRefusal(412, 1005, message);
    }
    this.#objects.delete(id);
    this.#options.onChange();
  }

  #keep(object: Kept<Body>): Kept<Body> {
    this.#objects.set(object.id, object);
    this.#options.onChange();
    return object;
  }

  /** Time of a write, later than that of the one before. */
  #now(before: string | undefined): string {
    const earliest = before === undefined ? 0 : Date.parse(before) + 1;
    return new Date(Math.max(this.#options.now(), earliest)).toISOString();
  }
}
