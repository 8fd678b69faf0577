import * as grpc from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import type { InputFailure } from "./check-schema.ts";
import { grpcFailure } from "./grpc-failure.ts";
import { Interruptions } from "./interruptions.ts";
import {
  checkConfigAnswer,
  configureAnswer,
  diffConfigAnswer,
  handshakeAnswer,
} from "./provider-configuration.ts";
import { revealAll, type Properties } from "./property-values.ts";
import { check, diff } from "./resource-comparison.ts";
import { create, read, remove, update, type VerbContext } from "./resource-verbs.ts";
import type { StandIn } from "./stand-in.ts";
import { fromStruct } from "./struct-values.ts";

export interface ProviderOptions<World> {
  /** Name of the Pulumi package, such as `kubernetes`. */
  readonly package: string;
  readonly version: string;
  readonly standIns: readonly StandIn<World>[];
  /** What the verbs act on. */
  readonly world: World;
  /** Faults for the next calls; without it there are none. */
  readonly interruptions?: Interruptions;
  /** What is wrong with the configuration of a `Provider` resource; secrets are revealed. */
  readonly checkConfig?: (config: Properties) => readonly InputFailure[];
  /** The world as a provider with this configuration sees it. Throws to refuse it. */
  readonly configure?: (config: Properties, world: World) => World;
}

export interface RunningProvider {
  /** On 127.0.0.1; either engine attaches with `PULUMI_DEBUG_PROVIDERS="<package>:<port>"`. */
  readonly port: number;
  readonly stop: () => Promise<void>;
}

interface ResourceRequest {
  getType(): string;
  getUrn(): string;
}

const unary =
  <Request, Response>(answer: (request: Request, peer: string) => Response | Promise<Response>) =>
  (call: grpc.ServerUnaryCall<Request, Response>, callback: grpc.sendUnaryData<Response>): void => {
    // An async wrapper, so that a synchronous throw is answered as well.
    (async () => answer(call.request, call.getPeer()))().then(
      (response) => {
        callback(null, response);
      },
      (error: unknown) => {
        callback(grpcFailure(error, inputsOf(call.request)));
      },
    );
  };

const inputsOf = (request: unknown): Properties => {
  if (request instanceof provider.CreateRequest) return fromStruct(request.getProperties());
  return request instanceof provider.UpdateRequest ? fromStruct(request.getNews()) : {};
};

/** Serves one package of stand-ins by Pulumi's ResourceProvider protocol on a free loopback port. */
export const startProvider = async <World>(
  options: ProviderOptions<World>,
): Promise<RunningProvider> => {
  const {
    standIns,
    configure = (_config: Properties, world: World): World => world,
    checkConfig = () => [],
  } = options;
  const interruptions = options.interruptions ?? new Interruptions();
  // Each `Provider` resource has a connection of its own to this one server, with its own configuration.
  const worlds = new Map<string, World>();
  let configured = options.world;
  let cancelled = new AbortController();

  const contextOf = (peer: string): VerbContext<World> => ({
    // A connection that was lost and made again is the last one that was configured.
    world: worlds.get(peer) ?? configured,
    interruptions,
    signal: cancelled.signal,
  });
  const standInFor = (request: ResourceRequest): StandIn<World> => {
    const type = request.getType() || (request.getUrn().split("::")[2]?.split("$").at(-1) ?? "");
    const found = standIns.find(({ serves }) => serves(type));
    if (found === undefined) {
      throw new Error(`${type} has no stand-in in the package ${options.package} of rehearsals`);
    }
    return found;
  };

  const server = new grpc.Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  server.addService(services.ResourceProviderService, {
    handshake: unary(handshakeAnswer),
    attach: unary(() => new empty.Empty()),
    cancel: unary(() => {
      cancelled.abort();
      // The server outlives the update that was cancelled: the next one may attach to it.
      cancelled = new AbortController();
      return new empty.Empty();
    }),
    getPluginInfo: unary(() => new plugin.PluginInfo().setVersion(options.version)),
    getSchema: unary(() => {
      const schema = { name: options.package, version: options.version };
      return new provider.GetSchemaResponse().setSchema(JSON.stringify(schema));
    }),
    checkConfig: unary((request: provider.CheckRequest) => checkConfigAnswer(request, checkConfig)),
    diffConfig: unary(diffConfigAnswer),
    configure: unary((request: provider.ConfigureRequest, peer) => {
      const config = revealAll(fromStruct(request.getArgs()));
      configured = configure(config, options.world);
      worlds.set(peer, configured);
      return configureAnswer();
    }),
    invoke: unary((request: provider.InvokeRequest) => {
      throw new Error(`${request.getTok()} has no stand-in: rehearsals answer no invokes`);
    }),
    check: unary((request: provider.CheckRequest, peer) =>
      check(request, standInFor(request), contextOf(peer).world),
    ),
    diff: unary((request: provider.DiffRequest) => diff(request, standInFor(request))),
    create: unary((request: provider.CreateRequest, peer) =>
      create(request, standInFor(request), contextOf(peer)),
    ),
    update: unary((request: provider.UpdateRequest, peer) =>
      update(request, standInFor(request), contextOf(peer)),
    ),
    delete: unary((request: provider.DeleteRequest, peer) =>
      remove(request, standInFor(request), contextOf(peer)),
    ),
    read: unary((request: provider.ReadRequest, peer) =>
      read(request, standInFor(request), contextOf(peer)),
    ),
  });

  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return {
    port,
    // Connections of an engine that died would hold a polite shutdown forever.
    stop: async () => {
      cancelled.abort();
      server.forceShutdown();
      await Promise.resolve();
    },
  };
};
