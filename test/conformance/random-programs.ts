import fc from "fast-check";
import type { DeclaredResource } from "../rehearsal/engine/programs/declared/declaration.ts";

/** A resource as it is drawn: places of other resources, which are made names once all are known. */
interface Drawn {
  readonly component: boolean;
  readonly weight: number;
  readonly tag: string;
  readonly parent: number | undefined;
  readonly from: { readonly of: number; readonly output: string } | undefined;
  readonly dependsOn: number | undefined;
  readonly deletedWith: number | undefined;
  readonly provider: boolean;
  readonly alias: number | undefined;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly deleteBeforeReplace: boolean | undefined;
  readonly replaceOnChanges: readonly string[];
  readonly ignoreChanges: readonly string[];
}

/** What an edit makes of a resource: nothing, something else, or it goes. */
type Edit = "keep" | "drop" | Drawn;

/** What is done with a program, and what goes wrong meanwhile. */
export interface Act {
  readonly verb: "up" | "preview, then up" | "plan, then up" | "refresh" | "destroy";
  readonly resources: readonly DeclaredResource[];
  /** Names of things on which the provider fails. */
  readonly failing: readonly string[];
  /** Names of things that stand after a change, but are not well. */
  readonly unhealthy: readonly string[];
  /** Names of things that somebody changed or removed by hand before. */
  readonly changedByHand: readonly string[];
  readonly removedByHand: readonly string[];
  /** Inputs whose change the provider answers with a replacement. */
  readonly replaceOn: readonly string[];
  readonly deleteBeforeReplace: boolean;
  /** Names to which the update is restricted. */
  readonly targets: readonly string[] | undefined;
}

const names = ["a", "b", "c", "d", "e", "f"];
const place = fc.nat(names.length - 1);

const rarely = fc.nat(5).map((number) => number === 5);

const drawn: fc.Arbitrary<Drawn> = fc.record({
  component: fc.nat(3).map((number) => number === 3),
  weight: fc.nat(2),
  tag: fc.constantFrom("x", "y"),
  parent: fc.option(place, { nil: undefined }),
  from: fc.option(
    fc.record({ of: place, output: fc.constantFrom("id", "weight", "size", "tag") }),
    { nil: undefined },
  ),
  dependsOn: fc.option(place, { nil: undefined }),
  deletedWith: fc.option(place, { nil: undefined, freq: 1 }),
  provider: rarely,
  alias: fc.option(place, { nil: undefined, freq: 1 }),
  protect: rarely,
  retainOnDelete: rarely,
  deleteBeforeReplace: fc.constantFrom(undefined, undefined, undefined, true, false),
  replaceOnChanges: fc.constantFrom<readonly string[]>([], [], [], ["weight"], ["*"]),
  ignoreChanges: fc.constantFrom<readonly string[]>([], [], [], ["tag"], ["weight"]),
});

const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 5, arbitrary: fc.constant("keep" as const) },
  { weight: 2, arbitrary: fc.constant("drop" as const) },
  { weight: 4, arbitrary: drawn },
);

const someNames = fc.oneof(
  { weight: 4, arbitrary: fc.constant<string[]>([]) },
  { weight: 1, arbitrary: fc.subarray(names, { minLength: 1, maxLength: 2 }) },
);

const act = fc.record({
  verb: fc.constantFrom<Act["verb"]>(
    "up",
    "up",
    "preview, then up",
    "plan, then up",
    "refresh",
    "destroy",
  ),
  edits: fc.tuple(...names.map(() => edit)),
  failing: someNames,
  unhealthy: someNames,
  changedByHand: someNames,
  removedByHand: someNames,
  replaceOn: fc.constantFrom<readonly string[]>([], [], ["weight"], ["tag", "from"]),
  deleteBeforeReplace: rarely,
  targets: fc.oneof(
    { weight: 6, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.subarray(names, { minLength: 1, maxLength: 3 }) },
  ),
});

/** A program, what becomes of it over time, and what goes wrong. */
export const life: fc.Arbitrary<readonly Act[]> = fc
  .tuple(
    fc.tuple(...names.map(() => fc.option(drawn))),
    fc.array(act, { minLength: 2, maxLength: 4 }),
  )
  .map(([first, acts]) => {
    let standing: readonly (Drawn | undefined)[] = first.map((resource) => resource ?? undefined);
    return acts.map(({ edits, ...rest }, index) => {
      if (index > 0) {
        standing = standing.map((before, at) => edited(before, edits[at] ?? "keep"));
      }
      return {
        ...rest,
        verb: index === 0 ? ("up" as const) : rest.verb,
        resources: declared(standing),
      };
    });
  });

const edited = (before: Drawn | undefined, change: Edit): Drawn | undefined =>
  change === "keep" ? before : change === "drop" ? undefined : change;

/** Makes names of places; a place that nothing before this one holds counts for nothing. */
const declared = (all: readonly (Drawn | undefined)[]): readonly DeclaredResource[] => {
  const resources: DeclaredResource[] = [];
  if (all.some((resource) => resource?.provider === true)) {
    resources.push({ name: "p", isProvider: true, inputs: { region: "x" } });
  }
  all.forEach((resource, at) => {
    if (resource === undefined) return;
    const before = (
      of: number | undefined,
      kind: "any" | "component" | "thing",
    ): string | undefined => {
      const other = of === undefined || of >= at ? undefined : all[of];
      if (of === undefined || other === undefined) return undefined;
      return kind === "any" || (kind === "component") === other.component ? names[of] : undefined;
    };
    const name = names[at] ?? "";
    const parent = before(resource.parent, "component");
    const dependsOn = before(resource.dependsOn, "any");
    const deletedWith = before(resource.deletedWith, "thing");
    const source = before(resource.from?.of, "thing");
    const alias = resource.alias === undefined ? undefined : names[resource.alias];
    const { weight, tag, protect, retainOnDelete } = resource;
    resources.push({
      name,
      ...(resource.component && { component: true }),
      inputs: { name, weight, tag },
      ...(source !== undefined &&
        !resource.component && { from: { from: `${source}.${resource.from?.output ?? ""}` } }),
      ...(parent !== undefined && { parent }),
      ...(dependsOn !== undefined && { dependsOn: [dependsOn] }),
      ...(deletedWith !== undefined && { deletedWith }),
      ...(resource.provider && !resource.component && { provider: "p" }),
      options: {
        ...(protect && { protect }),
        ...(retainOnDelete && { retainOnDelete }),
        ...(resource.deleteBeforeReplace !== undefined && {
          deleteBeforeReplace: resource.deleteBeforeReplace,
        }),
        replaceOnChanges: resource.replaceOnChanges,
        ignoreChanges: resource.ignoreChanges,
        ...(alias !== undefined && alias !== name && { aliases: [{ name: alias }] }),
      },
    });
  });
  return resources;
};
