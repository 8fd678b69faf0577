import analyzerPb from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { AnalyzeDiagnostic } from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { Violation } from "../../../engine/engine.ts";
import type { PropertyMap } from "../values/property-values.ts";
import { toStruct, type WireOptions } from "../values/property-wire.ts";
import type { ResourceState } from "../values/resource-state.ts";
import { nameOf } from "../values/urn.ts";

const { EnforcementLevel } = analyzerPb;
const forPolicies: WireOptions = {
  keepUnknowns: true,
  keepSecrets: true,
  keepResources: false,
  skipInternalKeys: true,
};

/** A resource as policies see it. */
export interface AnalyzedResource {
  readonly state: ResourceState;
  readonly properties: PropertyMap;
  readonly deleteBeforeReplace: boolean | undefined;
  readonly provider: ResourceState | undefined;
}

function optionsOf({
  state,
  deleteBeforeReplace,
}: AnalyzedResource): InstanceType<typeof analyzerPb.AnalyzerResourceOptions> {
  const options = new analyzerPb.AnalyzerResourceOptions();
  options.setProtect(state.protect);
  options.setIgnorechangesList([...state.ignoreChanges]);
  options.setDeletebeforereplace(deleteBeforeReplace ?? false);
  options.setDeletebeforereplacedefined(deleteBeforeReplace !== undefined);
  options.setAdditionalsecretoutputsList([...state.additionalSecretOutputs]);
  options.setAliasesList([...state.aliases]);
  options.setParent(state.parent);
  const timeouts = new analyzerPb.AnalyzerResourceOptions.CustomTimeouts();
  timeouts.setCreate(state.customTimeouts.create);
  timeouts.setUpdate(state.customTimeouts.update);
  timeouts.setDelete(state.customTimeouts.delete);
  options.setCustomtimeouts(timeouts);
  return options;
}

function providerOf(
  provider: ResourceState,
): InstanceType<typeof analyzerPb.AnalyzerProviderResource> {
  const message = new analyzerPb.AnalyzerProviderResource();
  message.setUrn(provider.urn);
  message.setType(provider.type);
  message.setName(nameOf(provider.urn));
  message.setProperties(toStruct(provider.inputs, forPolicies));
  return message;
}

/** The question what policies say of one resource. */
export function requestOf(
  resource: AnalyzedResource,
): InstanceType<typeof analyzerPb.AnalyzeRequest> {
  const request = new analyzerPb.AnalyzeRequest();
  request.setUrn(resource.state.urn);
  request.setType(resource.state.type);
  request.setName(nameOf(resource.state.urn));
  request.setProperties(toStruct(resource.properties, forPolicies));
  request.setOptions(optionsOf(resource));
  request.setProvider(resource.provider && providerOf(resource.provider));
  return request;
}

/** A resource as one of those of the whole stack. */
export function stackResourceOf(
  resource: AnalyzedResource,
): InstanceType<typeof analyzerPb.AnalyzerResource> {
  const { state } = resource;
  const message = new analyzerPb.AnalyzerResource();
  message.setUrn(state.urn);
  message.setType(state.type);
  message.setName(nameOf(state.urn));
  message.setProperties(toStruct(resource.properties, forPolicies));
  message.setOptions(optionsOf(resource));
  message.setProvider(resource.provider && providerOf(resource.provider));
  message.setParent(state.parent);
  message.setDependenciesList([...state.dependencies]);
  for (const [key, urns] of Object.entries(state.propertyDependencies)) {
    const dependencies = new analyzerPb.AnalyzerPropertyDependencies();
    dependencies.setUrnsList([...urns]);
    message.getPropertydependenciesMap().set(key, dependencies);
  }
  return message;
}

/** What a policy says; remediation that left a violation behind counts as mandatory. */
export function violationOf(diagnostic: AnalyzeDiagnostic, urn: string): Violation {
  return {
    policy: diagnostic.getPolicyname(),
    pack: diagnostic.getPolicypackname(),
    level:
      diagnostic.getEnforcementlevel() === EnforcementLevel.ADVISORY ? "advisory" : "mandatory",
    urn,
    message: diagnostic.getMessage(),
  };
}
