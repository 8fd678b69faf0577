import * as grpc from "@grpc/grpc-js";
import pluginPb from "@pulumi/pulumi/proto/plugin_pb.js";
import providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import providerPb from "@pulumi/pulumi/proto/provider_pb.js";
import { call, channelOptions, isUnimplemented } from "../grpc-calls.ts";
import { withoutSecrets, type PropertyMap } from "../values/property-values.ts";
import { fromStruct, toStruct, toWire, type WireOptions } from "../values/property-wire.ts";
import { packageOf, typeOf } from "../values/urn.ts";
import { about, diffOf, failuresOf, withSecretsOf } from "./provider-messages.ts";
import type { DiffRequest, Provider, ProviderDiff } from "./provider.ts";

const service = providerGrpc.ResourceProviderService;

/** What a provider understands, as it says itself. */
export interface Capabilities {
  readonly acceptSecrets: boolean;
  readonly acceptResources: boolean;
  readonly supportsPreview: boolean;
}

/** Config goes over without secrets and references, as it did before providers knew of either. */
const plain: WireOptions = { keepUnknowns: true, keepSecrets: false, keepResources: false };

/** The way to a provider in a process of its own, and what there is to settle before it serves resources. */
export class ProviderConnection {
  readonly client: grpc.Client;
  #handshaken: Capabilities | undefined;

  private constructor(client: grpc.Client) {
    this.client = client;
  }

  /**
   * Connects to a provider that listens on a port of this machine.
   * @param started the engine started it itself: it knows already where the engine is
   * @throws CallFailed if nothing answers
   */
  static async open(
    port: number,
    engineAddress: string,
    started: boolean,
  ): Promise<ProviderConnection> {
    const client = new providerGrpc.ResourceProviderClient(
      `127.0.0.1:${port}`,
      grpc.credentials.createInsecure(),
      // Two providers of one package may sit on one port: what tells them apart is the connection.
      { ...channelOptions, "grpc.use_local_subchannel_pool": 1 },
    );
    const connection = new ProviderConnection(client);
    await connection.#handshake(engineAddress);
    if (!started) {
      const attachment = new pluginPb.PluginAttach();
      attachment.setAddress(engineAddress);
      await call(client, service.attach, attachment);
    }
    return connection;
  }

  close(): void {
    this.client.close();
  }

  /** Asks the provider whether it takes this config. */
  async checkConfig(
    urn: string,
    olds: PropertyMap,
    news: PropertyMap,
  ): ReturnType<Provider["check"]> {
    const request = about(urn, new providerPb.CheckRequest());
    request.setOlds(toStruct(olds, plain));
    request.setNews(toStruct(news, plain));
    try {
      const response = await call(this.client, service.checkConfig, request);
      return {
        inputs: withSecretsOf(fromStruct(response.getInputs()), news),
        failures: failuresOf(response.getFailuresList()),
      };
    } catch (error) {
      if (isUnimplemented(error)) {
        return { inputs: news, failures: [] };
      }
      throw error;
    }
  }

  /** Asks what a change of config means for the provider's resources. */
  async diffConfig(
    urn: string,
    {
      oldInputs,
      oldOutputs,
      newInputs,
    }: Pick<DiffRequest, "oldInputs" | "oldOutputs" | "newInputs">,
  ): Promise<ProviderDiff> {
    const request = about(urn, new providerPb.DiffRequest());
    request.setOldInputs(toStruct(oldInputs, plain));
    request.setOlds(toStruct(oldOutputs, plain));
    request.setNews(toStruct(newInputs, plain));
    try {
      return diffOf(await call(this.client, service.diffConfig, request));
    } catch (error) {
      if (isUnimplemented(error)) {
        return { changes: "unknown", replaceKeys: [], changedKeys: [], deleteBeforeReplace: false };
      }
      throw error;
    }
  }

  /** Configures the provider and tells what it understands. */
  async configure(urn: string, id: string, config: PropertyMap): Promise<Capabilities> {
    const request = about(urn, new providerPb.ConfigureRequest());
    request.setId(id);
    request.setArgs(
      toStruct(config, { keepUnknowns: true, keepSecrets: true, keepResources: true }),
    );
    request.setAcceptsecrets(true);
    request.setAcceptresources(true);
    request.setSendsOldInputs(true);
    request.setSendsOldInputsToDelete(true);
    const variables = request.getVariablesMap();
    for (const [key, value] of Object.entries(config)) {
      const text = toWire(withoutSecrets(value), { ...plain, keepResources: true });
      variables.set(
        `${packageOf(typeOf(urn))}:config:${key}`,
        typeof text === "string" ? text : JSON.stringify(text),
      );
    }
    const response = await call(this.client, service.configure, request);
    return (
      this.#handshaken ?? {
        acceptSecrets: response.getAcceptsecrets(),
        acceptResources: response.getAcceptresources(),
        supportsPreview: response.getSupportspreview(),
      }
    );
  }

  async #handshake(engineAddress: string): Promise<void> {
    const request = new providerPb.ProviderHandshakeRequest();
    request.setEngineAddress(engineAddress);
    request.setConfigureWithUrn(true);
    request.setInvokeWithPreview(true);
    try {
      const response = await call(this.client, service.handshake, request);
      // The handshake does not say whether previews are supported; the real engine then takes it that they are.
      this.#handshaken = {
        acceptSecrets: response.getAcceptSecrets(),
        acceptResources: response.getAcceptResources(),
        supportsPreview: true,
      };
    } catch (error) {
      if (!isUnimplemented(error)) {
        throw error;
      }
    }
  }
}
