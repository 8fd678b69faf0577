import { refuse, type DeploymentContext } from "../deployment-context.ts";
import { createUrn } from "../values/urn.ts";
import type { Goal, ResourceState } from "../values/resource-state.ts";
import { aliasUrns } from "./aliases.ts";

/**
 * What one update has come across so far: which URNs are taken, which old resource each of them continues, and what
 * was decided for it. Every later decision rests on it.
 */
export class RegisteredUrns {
  /** URNs that the program registered or read. */
  readonly urns = new Set<string>();
  /** URNs that have steps; the rest of the state is deleted in the end. */
  readonly handled = new Set<string>();
  /** URNs that are replaced: what is `deletedWith` one of them is replaced, too. */
  readonly replaced = new Set<string>();
  /** URNs that are deleted: what is `deletedWith` one of them goes without a call. */
  readonly deleted = new Set<string>();
  /** URNs that were not created, as they are no targets. */
  readonly skippedCreates = new Set<string>();
  /** Old resources that are deleted early, to be made anew when the program registers them. */
  readonly pendingDeletes = new Set<ResourceState>();
  /** URN to the alias under which its old state was found. */
  readonly foundUnder = new Map<string, string>();
  /** The other way round: the old URN to the one that took it over. */
  readonly aliased = new Map<string, string>();
  readonly #context: DeploymentContext;

  constructor(context: DeploymentContext) {
    this.#context = context;
  }

  /** True if a step was made for the resource, under its own URN or a new one. */
  isOperatedOn(urn: string): boolean {
    return this.handled.has(urn) || this.aliased.has(urn);
  }

  /** The URN of what the program registers. @throws Bail if it is taken, or Error if the parent is not there */
  claim(goal: Goal): string {
    if (goal.parent !== "" && !this.urns.has(goal.parent)) {
      throw new Error(`could not find parent resource ${goal.parent}`);
    }
    const { stack, project } = this.#context;
    const { parent, type, name } = goal;
    const urn = createUrn({ stack, project, parent, type, name });
    if (this.urns.has(urn)) {
      refuse(this.#context, urn, `Duplicate resource URN '${urn}'; try giving it a unique name`);
    }
    this.urns.add(urn);
    return urn;
  }

  /** The resource of the last update that a registration continues, under its own URN or an alias. @throws Bail */
  findOld(urn: string, goal: Goal): ResourceState | undefined {
    const { stack, project, olds, providers } = this.#context;
    const taken = this.aliased.get(urn);
    if (taken !== undefined) {
      refuse(
        this.#context,
        urn,
        `Duplicate resource URN '${urn}' conflicting with alias on resource with URN '${taken}'`,
      );
    }
    const own = olds.get(urn);
    if (own !== undefined) {
      return own;
    }
    const alias = aliasUrns(goal, { stack, project, foundUnder: this.foundUnder }).find(
      (candidate) => olds.has(candidate),
    );
    if (alias === undefined || alias === urn) {
      return undefined;
    }
    if (this.urns.has(alias) || this.aliased.has(alias)) {
      refuse(
        this.#context,
        urn,
        `Duplicate resource alias '${alias}' applied to resource with URN '${urn}'`,
      );
    }
    this.aliased.set(alias, urn);
    this.foundUnder.set(urn, alias);
    providers.alias(urn, alias);
    return olds.get(alias);
  }
}
