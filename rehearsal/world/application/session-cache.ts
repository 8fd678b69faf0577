/** Sessions of one side's users, as Redis would keep them: when they take too much room, the oldest go. */
export class SessionCache {
  /** Bytes that it may hold. */
  readonly maximum: number;
  /** In the order in which they were last written. */
  readonly #sessions = new Map<string, string>();
  #used = 0;

  constructor(maximum: number) {
    this.maximum = maximum;
  }

  /** Bytes that keys and sessions take. */
  get used(): number {
    return this.#used;
  }

  /** Writes a session. One that is larger than the whole cache is not kept. */
  put(key: string, session: object): void {
    this.#remove(key);
    const text = JSON.stringify(session);
    for (const oldest of this.#sessions.keys()) {
      if (this.#used + sizeOf(key, text) <= this.maximum) break;
      this.#remove(oldest);
    }
    if (this.#used + sizeOf(key, text) > this.maximum) return;
    this.#sessions.set(key, text);
    this.#used += sizeOf(key, text);
  }

  #remove(key: string): void {
    const text = this.#sessions.get(key);
    if (text === undefined) return;
    this.#sessions.delete(key);
    this.#used -= sizeOf(key, text);
  }
}

const sizeOf = (key: string, text: string): number =>
  Buffer.byteLength(key) + Buffer.byteLength(text);
