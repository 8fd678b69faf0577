/** One resource of the program that tests declare. */
export interface DeclaredResource {
  readonly name: string;
  /** A component, parent of those that name it; a thing of the test provider otherwise. */
  readonly component?: true;
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** Input key to `name.output`. */
  readonly from?: Readonly<Record<string, string>>;
  readonly secret?: readonly string[];
  readonly parent?: string;
  readonly dependsOn?: readonly string[];
  readonly deletedWith?: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** What the program registers and exports. */
export interface Declaration {
  readonly resources: readonly DeclaredResource[];
  /** Output name to `name.output`, `"…"` for a plain text, or a plain number. */
  readonly outputs?: Readonly<Record<string, string | number>>;
  /** The program throws this when it has registered everything. */
  readonly throws?: string;
}
