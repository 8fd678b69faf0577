import { NotAccepted } from "./refusal.ts";

/** Reads the binary form in which SSH writes keys and signatures (RFC 4251, section 5). */
export class WireReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** So many bytes as they stand. @throws NotAccepted where fewer are left. */
  take(count: number): Buffer {
    if (count > this.#bytes.length - this.#at) throw new NotAccepted("it ends too early");
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  uint32(): number {
    return this.take(4).readUInt32BE();
  }

  /** A run of bytes with its length before it. */
  string(): Buffer {
    return this.take(this.uint32());
  }

  text(): string {
    return this.string().toString("latin1");
  }

  /** A positive whole number, written as short as it can be. */
  positive(): Buffer {
    const bytes = this.string();
    const [first = 0x80, second = 0] = bytes;
    if (first >= 0x80 || (first === 0 && second < 0x80)) {
      throw new NotAccepted("a number in it is not written as SSH writes numbers");
    }
    return first === 0 ? bytes.subarray(1) : bytes;
  }

  /** @throws NotAccepted where something is left. */
  end(): void {
    if (this.#at !== this.#bytes.length) throw new NotAccepted("something stands after its end");
  }
}

/** A run of bytes with its length before it. */
export const wireString = (content: Buffer | string): Buffer => {
  const bytes = Buffer.from(content as string);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};
