import providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import providerPb from "@pulumi/pulumi/proto/provider_pb.js";
import { call } from "../grpc-calls.ts";
import { containsUnknowns, type PropertyMap } from "../values/property-values.ts";
import { fromStruct, toStruct, type WireOptions } from "../values/property-wire.ts";
import { ProviderConnection, type Capabilities } from "./provider-connection.ts";
import { about, diffOf, failuresOf, partly, withSecretsOf } from "./provider-messages.ts";
import type {
  CheckRequest,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  InvokeResult,
  Provider,
  ProviderDiff,
  ReadRequest,
  ReadResult,
  UpdateRequest,
} from "./provider.ts";

const service = providerGrpc.ResourceProviderService;

/** The provider's own config is not known yet in this preview: it cannot be asked anything. */
const unconfigured = "unconfigured";

/** The resources of a provider in a process of its own, over Pulumi's provider protocol. */
export class AttachedProvider implements Provider {
  readonly #connection: ProviderConnection;
  #capabilities: Capabilities | typeof unconfigured | undefined;

  private constructor(connection: ProviderConnection) {
    this.#connection = connection;
  }

  /** Connects to a provider that listens on a port of this machine. @throws CallFailed if nothing answers */
  static async attach(
    port: number,
    engineAddress: string,
    started: boolean,
  ): Promise<AttachedProvider> {
    return new AttachedProvider(await ProviderConnection.open(port, engineAddress, started));
  }

  close(): void {
    this.#connection.close();
  }

  /** Asks the provider whether it takes this config. */
  checkConfig(urn: string, olds: PropertyMap, news: PropertyMap): ReturnType<Provider["check"]> {
    return this.#connection.checkConfig(urn, olds, news);
  }

  /** Asks what a change of config means for the provider's resources. */
  diffConfig(...change: Parameters<ProviderConnection["diffConfig"]>): Promise<ProviderDiff> {
    return this.#connection.diffConfig(...change);
  }

  /** Configures the provider; with an unknown in its config it stays unconfigured for this preview. */
  async configure(urn: string, id: string, config: PropertyMap): Promise<void> {
    this.#capabilities = Object.values(config).some(containsUnknowns)
      ? unconfigured
      : await this.#connection.configure(urn, id, config);
  }

  async check({ urn, olds, news, randomSeed }: CheckRequest): ReturnType<Provider["check"]> {
    const capabilities = this.#configured();
    if (capabilities === unconfigured) {
      return { inputs: news, failures: [] };
    }
    const options = wireOptions(capabilities);
    const request = about(urn, new providerPb.CheckRequest());
    request.setOlds(toStruct(olds, options));
    request.setNews(toStruct(news, options));
    request.setRandomseed(randomSeed);
    const response = await call(this.#connection.client, service.check, request);
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
    const request = about(urn, new providerPb.DiffRequest());
    request.setId(id);
    request.setOldInputs(toStruct(oldInputs, options));
    request.setOlds(toStruct(oldOutputs, options));
    request.setNews(toStruct(newInputs, options));
    request.setIgnorechangesList([...ignoreChanges]);
    return diffOf(await call(this.#connection.client, service.diff, request));
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
    const request = about(urn, new providerPb.CreateRequest());
    request.setProperties(toStruct(inputs, wireOptions(capabilities)));
    request.setTimeout(timeoutSeconds);
    request.setPreview(preview);
    const response = await partly(
      call(this.#connection.client, service.create, request),
      (outputs) => this.#secretsKept(outputs, inputs),
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
    const request = about(update.urn, new providerPb.UpdateRequest());
    request.setId(update.id);
    request.setOldInputs(toStruct(update.oldInputs, options));
    request.setOlds(toStruct(update.oldOutputs, options));
    request.setNews(toStruct(update.inputs, options));
    request.setTimeout(update.timeoutSeconds);
    request.setPreview(update.preview);
    request.setIgnorechangesList([...update.ignoreChanges]);
    const response = await partly(
      call(this.#connection.client, service.update, request),
      (outputs) => this.#secretsKept(outputs, update.inputs),
    );
    return { outputs: this.#secretsKept(fromStruct(response.getProperties()), update.inputs) };
  }

  async delete({ urn, id, oldInputs, oldOutputs, timeoutSeconds }: DeleteRequest): Promise<void> {
    const options = wireOptions(this.#known());
    const request = about(urn, new providerPb.DeleteRequest());
    request.setId(id);
    request.setOldInputs(toStruct(oldInputs, options));
    request.setProperties(toStruct(oldOutputs, options));
    request.setTimeout(timeoutSeconds);
    await call(this.#connection.client, service.delete, request);
  }

  async read({ urn, id, inputs, outputs, timeoutSeconds }: ReadRequest): Promise<ReadResult> {
    const capabilities = this.#configured();
    if (capabilities === unconfigured) {
      return { id, outputs: {}, inputs: {} };
    }
    const options = wireOptions(capabilities);
    const request = about(urn, new providerPb.ReadRequest());
    request.setId(id);
    request.setInputs(toStruct(inputs, options));
    request.setProperties(toStruct(outputs, options));
    request.setTimeout(timeoutSeconds);
    const response = await partly(call(this.#connection.client, service.read, request), (found) =>
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
    const response = await call(this.#connection.client, service.invoke, request);
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
