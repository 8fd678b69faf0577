import { BadInput } from "../../../definition/bad-input.ts";
import {
  newPassphraseCrypter,
  passphraseCrypter,
  WrongPassphrase,
  type Crypter,
} from "./passphrase-crypter.ts";

/** Opens the stack's key when the first secret is met, and not before: deriving it is slow. */
export class SecretsProvider {
  readonly #passphrase: string | undefined;
  readonly #salt: string | undefined;
  readonly #file: string;
  #crypter: Promise<Crypter> | undefined;

  /**
   * @param salt what the stack's config or its state says, if either does
   * @param file where the secrets lie, for errors
   */
  constructor(passphrase: string | undefined, salt: string | undefined, file: string) {
    this.#passphrase = passphrase;
    this.#salt = salt;
    this.#file = file;
  }

  /** The salt that is already fixed, before any key is derived. */
  get salt(): string | undefined {
    return this.#salt;
  }

  /** @throws BadInput if there is no passphrase or it does not open the stack */
  crypter(): Promise<Crypter> {
    this.#crypter ??= this.#open();
    return this.#crypter;
  }

  async #open(): Promise<Crypter> {
    if (this.#passphrase === undefined) {
      throw this.#wrong("a secret, and PULUMI_CONFIG_PASSPHRASE is not set");
    }
    try {
      return await (this.#salt === undefined
        ? newPassphraseCrypter(this.#passphrase)
        : passphraseCrypter(this.#passphrase, this.#salt));
    } catch (error) {
      throw error instanceof WrongPassphrase ? this.#wrong(error.message) : error;
    }
  }

  #wrong(found: string): BadInput {
    return new BadInput({
      where: this.#file,
      found,
      expected: "the passphrase under which its secrets were written",
      remedy: "Set PULUMI_CONFIG_PASSPHRASE to it.",
    });
  }
}
