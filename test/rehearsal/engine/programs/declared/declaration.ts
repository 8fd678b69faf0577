/** One resource of the program that tests declare. */
export interface DeclaredResource {
  readonly name: string;
  /** A component, parent of those that name it; a thing of the test provider otherwise. */
  readonly component?: true;
  /** Type of a component, if not that of a group of things. */
  readonly type?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** Input key to `name.output`. */
  readonly from?: Readonly<Record<string, string>>;
  readonly secret?: readonly string[];
  readonly parent?: string;
  readonly dependsOn?: readonly string[];
  readonly deletedWith?: string;
  /** A provider of the test package; its inputs are its config. */
  readonly isProvider?: true;
  /** Name of the provider that serves it, if not the default one. */
  readonly provider?: string;
  readonly options?: {
    readonly protect?: boolean;
    readonly retainOnDelete?: boolean;
    readonly import?: string;
    readonly customTimeouts?: { readonly create: string };
    readonly deleteBeforeReplace?: boolean;
    readonly replaceOnChanges?: readonly string[];
    readonly ignoreChanges?: readonly string[];
    readonly additionalSecretOutputs?: readonly string[];
    readonly aliases?: readonly { readonly name: string }[];
  };
}

/** What the program registers and exports. */
export interface Declaration {
  readonly resources: readonly DeclaredResource[];
  /** Output name to `name.output`, `"…"` for a plain text, or a plain number. */
  readonly outputs?: Readonly<Record<string, string | number>>;
  /** The program throws this when it has registered everything. */
  readonly throws?: string;
  /** Each resource waits for the one before it, so that a run's order is the same each time. */
  readonly inTurn?: true;
}
