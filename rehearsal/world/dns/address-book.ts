/**
 * The network between clients and what addresses stand for. Records hold addresses as in production, of
 * which a machine without them can open none: here each one is a server on the loopback interface.
 */
export class AddressBook {
  readonly #origins = new Map<string, string>();

  /** Lets an address stand for a server. @param origin `http://127.0.0.1:PORT`. */
  set(address: string, origin: string): void {
    this.#origins.set(address, origin);
  }

  /** Where an address leads; undefined for one that nobody has. */
  originOf(address: string): string | undefined {
    return this.#origins.get(address);
  }
}
