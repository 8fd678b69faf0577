import * as grpc from "@grpc/grpc-js";
import providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import providerPb from "@pulumi/pulumi/proto/provider_pb.js";
import statusPb from "@pulumi/pulumi/proto/status_pb.js";
import pluginPb from "@pulumi/pulumi/proto/plugin_pb.js";
import anyPb from "google-protobuf/google/protobuf/any_pb.js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import structPb from "google-protobuf/google/protobuf/struct_pb.js";
import type { JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb.js";

/** A call that changed something, or would have. */
export interface ProviderCall {
  readonly verb: "create" | "update" | "delete" | "read" | "invoke";
  /** Name of the resource, or token of the function. */
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly timeoutSeconds: number;
  /** The config of the provider through which it came. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** The provider of `test:index:Thing`, in the test's own process: it does what the test tells it. */
export class ThingProvider {
  /** Calls in the order in which they began; previews are not among them. */
  readonly calls: ProviderCall[] = [];
  /** Names of things whose next calls fail, with what is said. */
  readonly failing = new Map<string, string>();
  /** Names of things that stand but do not become healthy, with what is said. */
  readonly unhealthy = new Map<string, string>();
  /** Names of the things that were checked or diffed, in that order. */
  readonly asked: string[] = [];
  /** Inputs whose change replaces the thing. */
  replaceOn: readonly string[] = [];
  deleteBeforeReplace = false;
  supportsPreview = false;
  delayMilliseconds = 0;
  /** Called when a thing is checked, which comes before anything else. */
  onCheck: (name: string) => void | Promise<void> = () => undefined;
  /** Called when a create or update begins. */
  onCall: (call: ProviderCall) => void | Promise<void> = () => undefined;
  /** What stands in the imaginary cloud: id to outputs. */
  readonly things = new Map<string, Record<string, unknown>>();
  readonly #server = new grpc.Server();
  /** Each provider of the engine has a connection of its own, and with it its config. */
  readonly #configs = new Map<string, Readonly<Record<string, unknown>>>();
  #port = 0;
  #ids = 0;

  static async start(): Promise<ThingProvider> {
    const provider = new ThingProvider();
    provider.#server.addService(providerGrpc.ResourceProviderService, provider.#service());
    provider.#port = await new Promise<number>((resolve, reject) => {
      provider.#server.bindAsync(
        "127.0.0.1:0",
        grpc.ServerCredentials.createInsecure(),
        (error, port) => (error === null ? resolve(port) : reject(error)),
      );
    });
    return provider;
  }

  /** For `PULUMI_DEBUG_PROVIDERS`. */
  get attachment(): string {
    return `test:${this.#port}`;
  }

  /** Verb and name of each call since the last look. */
  takeCalls(): readonly string[] {
    return this.calls.splice(0).map(({ verb, name }) => `${verb} ${name}`);
  }

  stop(): void {
    this.#server.forceShutdown();
  }

  async #act(
    verb: ProviderCall["verb"],
    name: string,
    inputs: Record<string, unknown>,
    { peer = "", timeoutSeconds = 0 }: { peer?: string; timeoutSeconds?: number } = {},
  ): Promise<void> {
    const config = this.#configs.get(peer) ?? {};
    const call = { verb, name, inputs, timeoutSeconds, config };
    this.calls.push(call);
    await this.onCall(call);
    if (this.delayMilliseconds > 0) {
      await new Promise((resolve) => setTimeout(resolve, this.delayMilliseconds));
    }
    const failure = this.failing.get(name);
    if (failure !== undefined) {
      throw new Error(failure);
    }
  }

  /** Says that a thing stands but is not well, as providers do: in the details of the error. */
  #refuseUnhealthy(name: string, id: string): void {
    const reason = this.unhealthy.get(name);
    if (reason === undefined) {
      return;
    }
    const failed = new providerPb.ErrorResourceInitFailed();
    failed.setId(id);
    failed.setReasonsList([reason]);
    failed.setProperties(structOf(this.things.get(id) ?? {}));
    const detail = new anyPb.Any();
    detail.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const status = new statusPb.Status();
    status.setCode(grpc.status.UNKNOWN);
    status.setMessage(reason);
    status.setDetailsList([detail]);
    const metadata = new grpc.Metadata();
    metadata.set("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
    throw Object.assign(new Error(reason), { metadata });
  }

  #service(): grpc.UntypedServiceImplementation {
    const nameOf = (urn: string): string => urn.split("::").at(-1) ?? "";
    return {
      configure: answer((request: InstanceType<typeof providerPb.ConfigureRequest>, peer) => {
        this.#configs.set(peer, plain(request.getArgs()));
        const response = new providerPb.ConfigureResponse();
        response.setAcceptsecrets(true);
        response.setAcceptresources(true);
        response.setSupportspreview(this.supportsPreview);
        return response;
      }),
      attach: answer(() => new emptyPb.Empty()),
      getPluginInfo: answer(() => {
        const info = new pluginPb.PluginInfo();
        info.setVersion("1.0.0");
        return info;
      }),
      check: answer(async (request: InstanceType<typeof providerPb.CheckRequest>) => {
        this.asked.push(`check ${nameOf(request.getUrn())}`);
        await this.onCheck(nameOf(request.getUrn()));
        const response = new providerPb.CheckResponse();
        response.setInputs(request.getNews());
        const news = plain(request.getNews());
        if (news["invalid"] !== undefined) {
          const failure = new providerPb.CheckFailure();
          failure.setProperty("invalid");
          failure.setReason("is never valid");
          response.setFailuresList([failure]);
        }
        return response;
      }),
      diff: answer((request: InstanceType<typeof providerPb.DiffRequest>) => {
        this.asked.push(`diff ${nameOf(request.getUrn())}`);
        const olds = plain(request.getOldInputs());
        const news = plain(request.getNews());
        const changed = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
          (key) => JSON.stringify(olds[key]) !== JSON.stringify(news[key]),
        );
        const response = new providerPb.DiffResponse();
        response.setChanges(
          changed.length === 0
            ? providerPb.DiffResponse.DiffChanges.DIFF_NONE
            : providerPb.DiffResponse.DiffChanges.DIFF_SOME,
        );
        response.setDiffsList(changed);
        response.setReplacesList(changed.filter((key) => this.replaceOn.includes(key)));
        response.setDeletebeforereplace(this.deleteBeforeReplace);
        return response;
      }),
      create: answer(async (request: InstanceType<typeof providerPb.CreateRequest>, peer) => {
        const response = new providerPb.CreateResponse();
        const inputs = plain(request.getProperties());
        if (request.getPreview()) {
          response.setProperties(structOf({ ...inputs, size: unknownNumber }));
          return response;
        }
        await this.#act("create", nameOf(request.getUrn()), inputs, {
          peer,
          timeoutSeconds: request.getTimeout(),
        });
        this.#ids += 1;
        const id = `thing-${this.#ids}`;
        this.things.set(id, { ...inputs, size: JSON.stringify(inputs).length });
        response.setId(id);
        response.setProperties(structOf(this.things.get(id) ?? {}));
        this.#refuseUnhealthy(nameOf(request.getUrn()), id);
        return response;
      }),
      update: answer(async (request: InstanceType<typeof providerPb.UpdateRequest>, peer) => {
        const response = new providerPb.UpdateResponse();
        const inputs = plain(request.getNews());
        if (request.getPreview()) {
          response.setProperties(structOf({ ...inputs, size: unknownNumber }));
          return response;
        }
        await this.#act("update", nameOf(request.getUrn()), inputs, {
          peer,
          timeoutSeconds: request.getTimeout(),
        });
        this.things.set(request.getId(), { ...inputs, size: JSON.stringify(inputs).length });
        response.setProperties(structOf(this.things.get(request.getId()) ?? {}));
        this.#refuseUnhealthy(nameOf(request.getUrn()), request.getId());
        return response;
      }),
      delete: answer(async (request: InstanceType<typeof providerPb.DeleteRequest>) => {
        await this.#act("delete", nameOf(request.getUrn()), {});
        this.things.delete(request.getId());
        return new emptyPb.Empty();
      }),
      read: answer(async (request: InstanceType<typeof providerPb.ReadRequest>) => {
        await this.#act("read", nameOf(request.getUrn()), {});
        const found = this.things.get(request.getId());
        const response = new providerPb.ReadResponse();
        if (found !== undefined) {
          response.setId(request.getId());
          response.setProperties(structOf(found));
        }
        return response;
      }),
      invoke: answer(async (request: InstanceType<typeof providerPb.InvokeRequest>) => {
        const inputs = plain(request.getArgs());
        await this.#act("invoke", request.getTok(), inputs);
        const response = new providerPb.InvokeResponse();
        response.setReturn(structOf({ echo: inputs }));
        return response;
      }),
    };
  }
}

const unknownNumber = "3eeb2bf0-c639-47a8-9e75-3b44932eb421";

function plain(struct: Struct | undefined): Record<string, unknown> {
  return struct?.toJavaScript() ?? {};
}

function structOf(value: Record<string, unknown>): Struct {
  return structPb.Struct.fromJavaScript(value as Record<string, JavaScriptValue>);
}

function answer<Request, Response>(
  work: (request: Request, peer: string) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    void (async () => {
      try {
        callback(null, await work(call.request, call.getPeer()));
      } catch (error) {
        callback({
          code: grpc.status.UNKNOWN,
          details: error instanceof Error ? error.message : String(error),
          ...(error instanceof Error && "metadata" in error
            ? { metadata: error.metadata as grpc.Metadata }
            : {}),
        });
      }
    })();
  };
}
