import provider from "@pulumi/pulumi/proto/provider_pb.js";
import { liesWithin, propertyDiff, type PropertyChange } from "./property-diff.ts";
import { keepSecrets, revealAll } from "./property-values.ts";
import type { StandIn } from "./stand-in.ts";
import { fromStruct, toStruct } from "./struct-values.ts";

/** Checks inputs before anything is compared or done. */
export const check = <World>(
  request: provider.CheckRequest,
  standIn: StandIn<World>,
  world: World,
): provider.CheckResponse => {
  const inputs = fromStruct(request.getNews());
  const checked = standIn.check(revealAll(inputs), world, {
    urn: request.getUrn(),
    type: request.getType(),
    name: request.getName(),
    oldInputs: revealAll(fromStruct(request.getOlds())),
    randomSeed: request.getRandomseed_asU8(),
  });
  const response = new provider.CheckResponse();
  response.setInputs(toStruct(keepSecrets(checked.inputs, inputs)));
  response.setFailuresList(
    checked.failures.map(({ property, reason }) =>
      new provider.CheckFailure().setProperty(property).setReason(reason),
    ),
  );
  return response;
};

const { Kind } = provider.PropertyDiff;
const kinds = {
  add: [Kind.ADD, Kind.ADD_REPLACE],
  delete: [Kind.DELETE, Kind.DELETE_REPLACE],
  update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
} as const;

const topLevel = (path: string): string => /^[^.[]*/.exec(path)?.[0] ?? path;

/** Compares old inputs with new ones and says what would change, and whether in place. */
export const diff = <World>(
  request: provider.DiffRequest,
  standIn: StandIn<World>,
): provider.DiffResponse => {
  const oldInputs = revealAll(
    fromStruct(request.hasOldInputs() ? request.getOldInputs() : request.getOlds()),
  );
  const newInputs = revealAll(fromStruct(request.getNews()));
  const replaceOn = standIn.replaceOn(request.getType());
  const replaces = ({ path }: PropertyChange): boolean =>
    !standIn.updates ||
    // A parent that comes or goes takes the path that cannot change with it.
    replaceOn.some((fixed) => liesWithin(path, fixed) || liesWithin(fixed, path));
  const changes = propertyDiff(oldInputs, newInputs);
  const response = new provider.DiffResponse();
  for (const change of changes) {
    const entry = new provider.PropertyDiff().setInputdiff(true);
    entry.setKind(kinds[change.kind][replaces(change) ? 1 : 0]);
    response.getDetaileddiffMap().set(change.path, entry);
  }
  const { DIFF_NONE, DIFF_SOME } = provider.DiffResponse.DiffChanges;
  response.setHasdetaileddiff(true);
  response.setChanges(changes.length > 0 ? DIFF_SOME : DIFF_NONE);
  response.setDiffsList([...new Set(changes.map(({ path }) => topLevel(path)))]);
  response.setReplacesList([
    ...new Set(changes.filter(replaces).map(({ path }) => topLevel(path))),
  ]);
  response.setDeletebeforereplace(standIn.deleteBeforeReplace(oldInputs, newInputs));
  return response;
};
