import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import { dependenciesOnWire, fromStruct } from "../values/property-wire.ts";
import type { Alias, CustomTimeouts, Goal, HookNames } from "../values/resource-state.ts";

/**
 * Reads what the program asks for, all but the provider, which takes a registration of its own.
 * @throws naming the feature, if the embedded engine lacks it
 */
export function goalOf(request: RegisterResourceRequest): Goal {
  refuseUnsupported(request);
  const properties = fromStruct(request.getObject());
  const dependencies = request.getDependenciesList();
  const stated = request.getPropertydependenciesMap();
  const inValues = dependenciesOnWire(request.getObject());
  const propertyDependencies = Object.fromEntries(
    Object.keys(properties).map((key) => {
      const own = stated.getLength() === 0 ? dependencies : (stated.get(key)?.getUrnsList() ?? []);
      return [key, [...new Set([...own, ...(inValues.get(key) ?? [])])]];
    }),
  );
  const definedDelete = request.getDeletebeforereplacedefined() || request.getDeletebeforereplace();
  return {
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    properties,
    parent: request.getParent(),
    protect: request.hasProtect() ? request.getProtect() : undefined,
    dependencies: [...new Set(dependencies)],
    provider: request.getProvider(),
    propertyDependencies,
    deleteBeforeReplace: definedDelete ? request.getDeletebeforereplace() : undefined,
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    aliases: aliasesOf(request),
    customTimeouts: timeoutsOf(request),
    retainOnDelete: request.hasRetainondelete() ? request.getRetainondelete() : undefined,
    deletedWith: request.getDeletedwith(),
    hooks: hooksOf(request),
  };
}

function refuseUnsupported(request: RegisterResourceRequest): void {
  const features: readonly (readonly [string, boolean])[] = [
    ["import", request.getImportid() !== ""],
    ["remote components", request.getRemote()],
    ["transforms", request.getTransformsList().length > 0],
    ["replaceWith", request.getReplaceWithList().length > 0],
    ["replacementTrigger", request.hasReplacementTrigger()],
    ["state migrations", request.getStateMigrationsList().length > 0],
    ["envVarMappings", request.getEnvvarmappingsMap().getLength() > 0],
    ["packages by reference", request.getPackageref() !== ""],
    ["onError hooks", (request.getHooks()?.getOnErrorList() ?? []).length > 0],
  ];
  const unsupported = features.find(([, used]) => used);
  if (unsupported !== undefined) {
    throw new Error(
      `${request.getType()} ${request.getName()} uses ${unsupported[0]}, which the embedded engine does not support`,
    );
  }
}

function aliasesOf(request: RegisterResourceRequest): readonly Alias[] {
  const specs = request.getAliasesList().map((alias): Alias => {
    const spec = alias.getSpec();
    return spec === undefined
      ? { urn: alias.getUrn() }
      : {
          name: spec.getName(),
          type: spec.getType(),
          stack: spec.getStack(),
          project: spec.getProject(),
          parent: spec.getParenturn(),
          noParent: spec.getNoparent(),
        };
  });
  return [...request.getAliasurnsList().map((urn) => ({ urn })), ...specs];
}

function timeoutsOf(request: RegisterResourceRequest): CustomTimeouts {
  const timeouts = request.getCustomtimeouts();
  return {
    create: secondsOf(timeouts?.getCreate() ?? ""),
    update: secondsOf(timeouts?.getUpdate() ?? ""),
    delete: secondsOf(timeouts?.getDelete() ?? ""),
    read: secondsOf(timeouts?.getRead() ?? ""),
  };
}

const unitSeconds: Readonly<Record<string, number>> = {
  h: 3600,
  m: 60,
  s: 1,
  ms: 1e-3,
  us: 1e-6,
  µs: 1e-6,
  ns: 1e-9,
};

/** Reads a duration like `1h30m`. @throws if it is none */
function secondsOf(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|us|µs|ns)/g)];
  if (parts.map(([part]) => part).join("") !== text) {
    throw new Error(
      `unable to parse customTimeout value "${text}", expected a duration like 5m or 1h30m`,
    );
  }
  return parts.reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (unitSeconds[unit ?? ""] ?? 0),
    0,
  );
}

function hooksOf(request: RegisterResourceRequest): HookNames {
  const hooks = request.getHooks();
  const named: HookNames =
    hooks === undefined
      ? {}
      : {
          BeforeCreate: hooks.getBeforeCreateList(),
          AfterCreate: hooks.getAfterCreateList(),
          BeforeUpdate: hooks.getBeforeUpdateList(),
          AfterUpdate: hooks.getAfterUpdateList(),
          BeforeDelete: hooks.getBeforeDeleteList(),
          AfterDelete: hooks.getAfterDeleteList(),
        };
  return Object.fromEntries(Object.entries(named).filter(([, names]) => names.length > 0));
}
