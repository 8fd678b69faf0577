import * as grpc from "@grpc/grpc-js";
import pluginPb from "@pulumi/pulumi/proto/plugin_pb.js";
import providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import providerPb from "@pulumi/pulumi/proto/provider_pb.js";
import statusPb from "@pulumi/pulumi/proto/status_pb.js";
import type {
  CheckFailure as CheckFailureMessage,
  DiffResponse,
} from "@pulumi/pulumi/proto/provider_pb.js";
import { call, CallFailed, channelOptions, isUnimplemented } from "./grpc-calls.ts";
import {
  isPropertyMap,
  containsUnknowns,
  Secret,
  withoutSecrets,
  type PropertyMap,
} from "./property-values.ts";
import { fromStruct, toStruct, toWire, type WireOptions } from "./property-wire.ts";
import {
  InitializationFailed,
  type CheckFailure,
  type CheckRequest,
  type CreateRequest,
  type DeleteRequest,
  type DiffRequest,
  type InvokeResult,
  type Provider,
  type ProviderDiff,
  type ReadRequest,
  type ReadResult,
  type UpdateRequest,
} from "./provider.ts";
import { nameOf, packageOf, typeOf } from "./urn.ts";

const service = providerGrpc.ResourceProviderService;

/** What a provider understands, as it says itself. */
interface Capabilities {
  readonly acceptSecrets: boolean;
  readonly acceptResources: boolean;
  readonly supportsPreview: boolean;
}

/** The provider's own config is not known yet in this preview: it cannot be asked anything. */
const unconfigured = "unconfigured";

/** A provider in a process of its own, spoken to over Pulumi's provider protocol. */
export class AttachedProvider implements Provider {
  readonly #client: grpc.Client;
  #handshaken: Capabilities | undefined;
  #capabilities: Capabilities | typeof unconfigured | undefined;

  private constructor(client: grpc.Client) {
    this.#client = client;
  }

  /** Connects to a provider that listens on a port of this machine. @throws CallFailed if nothing answers */
  static async attach(port: number, engineAddress: string): Promise<AttachedProvider> {
    const client = new providerGrpc.ResourceProviderClient(
      `127.0.0.1:${port}`,
      grpc.credentials.createInsecure(),
      channelOptions,
    );
    const provider = new AttachedProvider(client);
    await provider.#handshake(engineAddress);
    const attachment = new pluginPb.PluginAttach();
    attachment.setAddress(engineAddress);
    await call(client, service.attach, attachment);
    return provider;
  }

  async #handshake(engineAddress: string): Promise<void> {
    const request = new providerPb.ProviderHandshakeRequest();
    request.setEngineAddress(engineAddress);
    request.setConfigureWithUrn(true);
    request.setInvokeWithPreview(true);
    try {
      const response = await call(this.#client, service.handshake, request);
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

  close(): void {
    this.#client.close();
  }

  /** Asks the provider whether it takes this config. */
  async checkConfig(
    urn: string,
    olds: PropertyMap,
    news: PropertyMap,
  ): ReturnType<Provider["check"]> {
    const plain: WireOptions = { keepUnknowns: true, keepSecrets: false, keepResources: false };
    const request = new providerPb.CheckRequest();
    request.setUrn(urn);
    request.setName(nameOf(urn));
    request.setType(typeOf(urn));
    request.setOlds(toStruct(olds, plain));
    request.setNews(toStruct(news, plain));
    try {
      const response = await call(this.#client, service.checkConfig, request);
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
    oldInputs: PropertyMap,
    oldOutputs: PropertyMap,
    newInputs: PropertyMap,
  ): Promise<ProviderDiff> {
    const plain: WireOptions = { keepUnknowns: true, keepSecrets: false, keepResources: false };
    const request = new providerPb.DiffRequest();
    request.setUrn(urn);
    request.setName(nameOf(urn));
    request.setType(typeOf(urn));
    request.setOldInputs(toStruct(oldInputs, plain));
    request.setOlds(toStruct(oldOutputs, plain));
    request.setNews(toStruct(newInputs, plain));
    try {
      return diffOf(await call(this.#client, service.diffConfig, request));
    } catch (error) {
      if (isUnimplemented(error)) {
        return { changes: "unknown", replaceKeys: [], changedKeys: [], deleteBeforeReplace: false };
      }
      throw error;
    }
  }

  /** Configures the provider; with an unknown in its config it stays unconfigured for this preview. */
  async configure(urn: string, id: string, config: PropertyMap): Promise<void> {
    if (Object.values(config).some(containsUnknowns)) {
      this.#capabilities = unconfigured;
      return;
    }
    const request = new providerPb.ConfigureRequest();
    request.setUrn(urn);
    request.setName(nameOf(urn));
    request.setType(typeOf(urn));
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
      const plain = toWire(withoutSecrets(value), {
        keepUnknowns: true,
        keepSecrets: false,
        keepResources: true,
      });
      variables.set(
        `${packageOf(typeOf(urn))}:config:${key}`,
        typeof plain === "string" ? plain : JSON.stringify(plain),
      );
    }
    const response = await call(this.#client, service.configure, request);
    this.#capabilities = this.#handshaken ?? {
      acceptSecrets: response.getAcceptsecrets(),
      acceptResources: response.getAcceptresources(),
      supportsPreview: response.getSupportspreview(),
    };
  }

  async check({ urn, olds, news, randomSeed }: CheckRequest): ReturnType<Provider["check"]> {
    const capabilities = this.#configured();
    if (capabilities === unconfigured) {
      return { inputs: news, failures: [] };
    }
    const options = wireOptions(capabilities);
    const request = new providerPb.CheckRequest();
    request.setUrn(urn);
    request.setName(nameOf(urn));
    request.setType(typeOf(urn));
    request.setOlds(toStruct(olds, options));
    request.setNews(toStruct(news, options));
    request.setRandomseed(randomSeed);
    const response = await call(this.#client, service.check, request);
    return {
      inputs: this.#secretsKept(fromStruct(response.getInputs()), news),
      failures: failuresOf(response.getFailuresList()),
    };
  }

  async diff({
    urn,
    id,
    oldInputs,
    oldOutputs,
    newInputs,
    ignoreChanges,
  }: DiffRequest): Promise<ProviderDiff> {
    const capabilities = this.#configured();
    if (capabilities === unconfigured) {
      return { changes: "some", replaceKeys: [], changedKeys: [], deleteBeforeReplace: false };
    }
    const options = wireOptions(capabilities);
    const request = new providerPb.DiffRequest();
    request.setUrn(urn);
    request.setName(nameOf(urn));
    request.setType(typeOf(urn));
    request.setId(id);
    request.setOldInputs(toStruct(oldInputs, options));
    request.setOlds(toStruct(oldOutputs, options));
    request.setNews(toStruct(newInputs, options));
    request.setIgnorechangesList([...ignoreChanges]);
    return diffOf(await call(this.#client, service.diff, request));
  }

  async create({
    urn,
    inputs,
    timeoutSeconds,
    preview,
  }: CreateRequest): ReturnType<Provider["create"]> {
    const capabilities = this.#configured();
    if (capabilities === unconfigured) {
      return { id: "", outputs: {} };
    }
    if (preview && !capabilities.supportsPreview) {
      return { id: "", outputs: inputs };
    }
    const request = new providerPb.CreateRequest();
    request.setUrn(urn);
    request.setName(nameOf(urn));
    request.setType(typeOf(urn));
    request.setProperties(toStruct(inputs, wireOptions(capabilities)));
    request.setTimeout(timeoutSeconds);
    request.setPreview(preview);
    const response = await partly(call(this.#client, service.create, request), (outputs) =>
      this.#secretsKept(outputs, inputs),
    );
    if (response.getId() === "" && !preview) {
      throw new Error(`the provider created ${urn} without an id`);
    }
    return {
      id: response.getId(),
      outputs: this.#secretsKept(fromStruct(response.getProperties()), inputs),
    };
  }

  async update(update: UpdateRequest): ReturnType<Provider["update"]> {
    const capabilities = this.#configured();
    if (capabilities === unconfigured) {
      return { outputs: {} };
    }
    if (update.preview && !capabilities.supportsPreview) {
      return { outputs: update.inputs };
    }
    const options = wireOptions(capabilities);
    const request = new providerPb.UpdateRequest();
    request.setUrn(update.urn);
    request.setName(nameOf(update.urn));
    request.setType(typeOf(update.urn));
    request.setId(update.id);
    request.setOldInputs(toStruct(update.oldInputs, options));
    request.setOlds(toStruct(update.oldOutputs, options));
    request.setNews(toStruct(update.inputs, options));
    request.setTimeout(update.timeoutSeconds);
    request.setPreview(update.preview);
    request.setIgnorechangesList([...update.ignoreChanges]);
    const response = await partly(call(this.#client, service.update, request), (outputs) =>
      this.#secretsKept(outputs, update.inputs),
    );
    return { outputs: this.#secretsKept(fromStruct(response.getProperties()), update.inputs) };
  }

  async delete({ urn, id, oldInputs, oldOutputs, timeoutSeconds }: DeleteRequest): Promise<void> {
    const options = wireOptions(this.#known());
    const request = new providerPb.DeleteRequest();
    request.setUrn(urn);
    request.setName(nameOf(urn));
    request.setType(typeOf(urn));
    request.setId(id);
    request.setOldInputs(toStruct(oldInputs, options));
    request.setProperties(toStruct(oldOutputs, options));
    request.setTimeout(timeoutSeconds);
    await call(this.#client, service.delete, request);
  }

  async read({ urn, id, inputs, outputs, timeoutSeconds }: ReadRequest): Promise<ReadResult> {
    const capabilities = this.#configured();
    if (capabilities === unconfigured) {
      return { id, outputs: {}, inputs: {} };
    }
    const options = wireOptions(capabilities);
    const request = new providerPb.ReadRequest();
    request.setUrn(urn);
    request.setName(nameOf(urn));
    request.setType(typeOf(urn));
    request.setId(id);
    request.setInputs(toStruct(inputs, options));
    request.setProperties(toStruct(outputs, options));
    request.setTimeout(timeoutSeconds);
    const response = await partly(call(this.#client, service.read, request), (found) =>
      this.#secretsKept(found, outputs),
    );
    return {
      id: response.getId(),
      outputs: this.#secretsKept(fromStruct(response.getProperties()), outputs),
      inputs: response.hasInputs()
        ? this.#secretsKept(fromStruct(response.getInputs()), inputs)
        : undefined,
    };
  }

  async invoke(token: string, properties: PropertyMap, preview: boolean): Promise<InvokeResult> {
    const capabilities = this.#configured();
    if (capabilities === unconfigured) {
      return { properties: {}, failures: [] };
    }
    const request = new providerPb.InvokeRequest();
    request.setTok(token);
    request.setArgs(toStruct(properties, wireOptions(capabilities)));
    request.setPreview(preview);
    const response = await call(this.#client, service.invoke, request);
    return {
      properties: fromStruct(response.getReturn()),
      failures: failuresOf(response.getFailuresList()),
    };
  }

  #configured(): Capabilities | typeof unconfigured {
    if (this.#capabilities === undefined) {
      throw new Error("a provider is asked before it is configured");
    }
    return this.#capabilities;
  }

  #known(): Capabilities {
    const capabilities = this.#configured();
    if (capabilities === unconfigured) {
      throw new Error("a provider whose config is unknown is asked to change something");
    }
    return capabilities;
  }

  /** A provider that cannot take secrets gets them plain; what it hands back under the same key stays secret. */
  #secretsKept(found: PropertyMap, sent: PropertyMap): PropertyMap {
    const capabilities = this.#configured();
    return capabilities !== unconfigured && capabilities.acceptSecrets
      ? found
      : withSecretsOf(found, sent);
  }
}

function wireOptions({ acceptSecrets, acceptResources }: Capabilities): WireOptions {
  return { keepUnknowns: true, keepSecrets: acceptSecrets, keepResources: acceptResources };
}

function withSecretsOf(found: PropertyMap, sent: PropertyMap): PropertyMap {
  const marked: Record<string, PropertyMap[string]> = { ...found };
  for (const [key, value] of Object.entries(found)) {
    const before = sent[key];
    if (before instanceof Secret && !(value instanceof Secret)) {
      marked[key] = new Secret(value);
    } else if (isPropertyMap(before) && isPropertyMap(value)) {
      marked[key] = withSecretsOf(value, before);
    }
  }
  return marked;
}

function failuresOf(failures: readonly CheckFailureMessage[]): readonly CheckFailure[] {
  return failures.map((failure) => ({
    property: failure.getProperty(),
    reason: failure.getReason(),
  }));
}

function diffOf(response: DiffResponse): ProviderDiff {
  const { DIFF_NONE, DIFF_SOME } = providerPb.DiffResponse.DiffChanges;
  const changes = response.getChanges();
  const { ADD_REPLACE, DELETE_REPLACE, UPDATE_REPLACE } = providerPb.PropertyDiff.Kind;
  const detailed = [...response.getDetaileddiffMap().entries()];
  const replacing = detailed.filter(([, diff]) =>
    [ADD_REPLACE, DELETE_REPLACE, UPDATE_REPLACE].some((kind) => kind === diff.getKind()),
  );
  return {
    changes: changes === DIFF_NONE ? "none" : changes === DIFF_SOME ? "some" : "unknown",
    replaceKeys: [...new Set([...response.getReplacesList(), ...replacing.map(([path]) => path)])],
    changedKeys: [...new Set([...response.getDiffsList(), ...detailed.map(([path]) => path)])],
    deleteBeforeReplace: response.getDeletebeforereplace(),
  };
}

/** Turns the error of a call that did half its work into {@link InitializationFailed}. */
async function partly<Response>(
  response: Promise<Response>,
  keepSecrets: (found: PropertyMap) => PropertyMap,
): Promise<Response> {
  try {
    return await response;
  } catch (error) {
    const bytes =
      error instanceof CallFailed ? error.metadata.get("grpc-status-details-bin")[0] : undefined;
    if (bytes === undefined || typeof bytes === "string") {
      throw error;
    }
    for (const detail of statusPb.Status.deserializeBinary(bytes).getDetailsList()) {
      const failed = detail.unpack(
        (data) => providerPb.ErrorResourceInitFailed.deserializeBinary(data),
        "pulumirpc.ErrorResourceInitFailed",
      );
      if (failed !== null) {
        throw new InitializationFailed(
          failed.getId(),
          keepSecrets(fromStruct(failed.getProperties())),
          failed.hasInputs() ? fromStruct(failed.getInputs()) : undefined,
          failed.getReasonsList(),
        );
      }
    }
    throw error;
  }
}
