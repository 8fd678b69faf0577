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
  #crypter: Promise<Crypter> | undefined;

  /** @param salt what the stack's config or its state says, if either does */
  constructor(passphrase: string | undefined, salt: string | undefined) {
    this.#passphrase = passphrase;
    this.#salt = salt;
  }

  /** The salt that is already fixed, before any key is derived. */
  get salt(): string | undefined {
    return this.#salt;
  }

  /** @throws WrongPassphrase if there is no passphrase or it does not open the stack */
  crypter(): Promise<Crypter> {
    this.#crypter ??= this.#open();
    return this.#crypter;
  }

  async #open(): Promise<Crypter> {
    if (this.#passphrase === undefined) {
      throw new WrongPassphrase(
        "the stack holds secrets: PULUMI_CONFIG_PASSPHRASE is not set, expected the stack's passphrase",
      );
    }
    return this.#salt === undefined
      ? newPassphraseCrypter(this.#passphrase)
      : passphraseCrypter(this.#passphrase, this.#salt);
  }
}
