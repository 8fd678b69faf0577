import type { IResourceMonitorServer } from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import providerPb from "@pulumi/pulumi/proto/provider_pb.js";
import resourcePb from "@pulumi/pulumi/proto/resource_pb.js";
import type {
  ReadResourceRequest,
  RegisterResourceRequest,
  RegisterResourceResponse,
  ResourceInvokeRequest,
  ResourceInvokeResponse,
} from "@pulumi/pulumi/proto/resource_pb.js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import type { DefaultProviders } from "../providers/default-providers.ts";
import type { Deployment } from "../deployment.ts";
import type { DeploymentContext } from "../deployment-context.ts";
import { unary, unsupported } from "../grpc-calls.ts";
import { fromStruct, keepAll, toStruct } from "../values/property-wire.ts";
import { goalOf } from "./registration-request.ts";
import { plainGoal, type Goal } from "../values/resource-state.ts";
import {
  createUrn,
  isProviderType,
  packageOf,
  parseProviderReference,
  stackType,
  typeOf,
} from "../values/urn.ts";

/** What the program may use. Whatever is not named here, the SDK refuses with a message of its own. */
const features: ReadonlySet<string> = new Set([
  "secrets",
  "resourceReferences",
  "outputValues",
  "aliasSpecs",
  "deletedWith",
  "resourceHooks",
]);

/** The parts of an operation that serve the program. */
export interface MonitorParts {
  readonly context: DeploymentContext;
  readonly deployment: Deployment;
  readonly defaultProviders: DefaultProviders;
  /** Called when the program has registered all it will; resolves when the program may end. */
  readonly onProgramDone: () => Promise<void>;
}

/** The service through which a program registers its resources. */
export function monitorServer(parts: MonitorParts): IResourceMonitorServer {
  const { context, deployment, onProgramDone } = parts;
  const componentProviders = new Map<string, ReadonlyMap<string, string>>();
  return {
    getDeploymentInfo: unsupported("GetDeploymentInfo"),
    supportsFeature: unary((request) => {
      const response = new resourcePb.SupportsFeatureResponse();
      response.setHassupport(features.has(request.getId()));
      return response;
    }),
    registerResource: unary((request) => register(parts, componentProviders, request)),
    registerResourceOutputs: unary(async (request) => {
      await deployment.registerOutputs(request.getUrn(), fromStruct(request.getOutputs()));
      return new emptyPb.Empty();
    }),
    readResource: unary(async (request) => {
      const { state } = await deployment.read({
        id: request.getId(),
        goal: await readGoalOf(parts, request),
      });
      const response = new resourcePb.ReadResourceResponse();
      response.setUrn(state.urn);
      response.setProperties(toStruct(state.outputs, keepAll));
      return response;
    }),
    invoke: unary((request) => invoke(parts, request)),
    registerResourceHook: unary((request) => {
      const callback = request.getCallback();
      if (callback === undefined) {
        throw new Error(`resource hook "${request.getName()}" has no callback`);
      }
      context.hooks.register(request.getName(), {
        target: callback.getTarget(),
        token: callback.getToken(),
        onDryRun: request.getOnDryRun(),
        ignoreErrors: request.getIgnoreErrors(),
      });
      return new emptyPb.Empty();
    }),
    signalAndWaitForShutdown: unary(async () => {
      await onProgramDone();
      return new emptyPb.Empty();
    }),
    call: unsupported("methods of resources (call)"),
    existsResource: unsupported("existsResource"),
    registerStackTransform: unsupported("transforms"),
    registerStackInvokeTransform: unsupported("invoke transforms"),
    registerErrorHook: unsupported("error hooks"),
    registerPackage: unsupported("parameterized packages"),
  };
}

async function register(
  parts: MonitorParts,
  componentProviders: Map<string, ReadonlyMap<string, string>>,
  request: RegisterResourceRequest,
): Promise<RegisterResourceResponse> {
  const { context, deployment, defaultProviders } = parts;
  const stated = withInherited(goalOf(request), context);
  const providers = new Map<string, string>(request.getProvidersMap().toArray());
  const parentProviders = componentProviders.get(stated.parent);
  let goal = stated;
  if (stated.custom && !isProviderType(stated.type)) {
    const packageName = packageOf(stated.type);
    const provider =
      stated.provider ||
      providers.get(packageName) ||
      parentProviders?.get(packageName) ||
      (await defaultProviders.reference({
        packageName,
        version: request.getVersion(),
        pluginDownloadUrl: request.getPlugindownloadurl(),
      }));
    goal = { ...stated, provider };
  } else if (isProviderType(stated.type) && request.getVersion() !== "") {
    goal = {
      ...stated,
      properties: { ...stated.properties, version: request.getVersion() },
      provider: "",
    };
  } else {
    goal = { ...stated, provider: "" };
  }
  if (goal.type === stackType) {
    return rootAt(parts, goal);
  }
  const { state, unknown } = await deployment.register(goal);
  if (!state.custom) {
    componentProviders.set(state.urn, new Map([...(parentProviders ?? []), ...providers]));
  }
  const response = new resourcePb.RegisterResourceResponse();
  response.setUrn(state.urn);
  response.setId(state.id);
  // The outputs of a component come later, from itself; the old ones may name what is not registered yet.
  response.setObject(toStruct(state.custom ? state.outputs : {}, keepAll));
  response.setUnknown(unknown);
  return response;
}

/**
 * The program loads its modules only when the stack itself stands, and there is nothing to be done for it: it is
 * answered at once, while packs still start. What they say of it is heard before anything else is registered.
 */
function rootAt({ context, deployment }: MonitorParts, goal: Goal): RegisterResourceResponse {
  void deployment.register(goal);
  const { stack, project } = context;
  const { parent, type, name } = goal;
  const response = new resourcePb.RegisterResourceResponse();
  response.setUrn(createUrn({ stack, project, parent, type, name }));
  response.setObject(toStruct({}, keepAll));
  return response;
}

/** What a resource does not say itself, its parent says. */
function withInherited(goal: Goal, context: DeploymentContext): Goal {
  const parent = context.goals.get(goal.parent);
  if (parent === undefined) {
    return goal;
  }
  const follows =
    parent.provider !== "" &&
    packageOf(typeOf(parseProviderReference(parent.provider).urn)) === packageOf(goal.type);
  return {
    ...goal,
    protect: goal.protect ?? parent.protect,
    retainOnDelete: goal.retainOnDelete ?? parent.retainOnDelete,
    deletedWith: goal.deletedWith || parent.deletedWith,
    provider: goal.provider || (follows ? parent.provider : ""),
  };
}

async function readGoalOf(
  { defaultProviders }: MonitorParts,
  request: ReadResourceRequest,
): Promise<Goal> {
  const provider =
    request.getProvider() ||
    (await defaultProviders.reference({
      packageName: packageOf(request.getType()),
      version: request.getVersion(),
      pluginDownloadUrl: request.getPlugindownloadurl(),
    }));
  return {
    ...plainGoal({
      type: request.getType(),
      name: request.getName(),
      custom: true,
      properties: fromStruct(request.getProperties()),
    }),
    parent: request.getParent(),
    dependencies: request.getDependenciesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    provider,
  };
}

async function invoke(
  parts: MonitorParts,
  request: ResourceInvokeRequest,
): Promise<ResourceInvokeResponse> {
  const { context, defaultProviders } = parts;
  const token = request.getTok();
  const reference =
    request.getProvider() ||
    (await defaultProviders.reference({
      packageName: packageOf(token),
      version: request.getVersion(),
      pluginDownloadUrl: request.getPlugindownloadurl(),
    }));
  const provider = context.providers.get(reference);
  if (provider === undefined) {
    throw new Error(`unknown provider '${reference}' for the function ${token}`);
  }
  const { properties, failures } = await provider.invoke(
    token,
    fromStruct(request.getArgs()),
    context.dryRun,
  );
  const response = new resourcePb.ResourceInvokeResponse();
  response.setReturn(toStruct(properties, keepAll));
  response.setFailuresList(
    failures.map(({ property, reason }) => {
      const failure = new providerPb.CheckFailure();
      failure.setProperty(property);
      failure.setReason(reason);
      return failure;
    }),
  );
  return response;
}
