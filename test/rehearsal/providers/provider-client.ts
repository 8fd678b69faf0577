import * as grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import rpcStatus from "@pulumi/pulumi/proto/status_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { fromStruct, toStruct } from "../../../rehearsal/providers/struct-values.ts";
import type { Properties } from "../../../rehearsal/providers/property-values.ts";

type Callback<Response> = (error: grpc.ServiceError | null, response: Response) => void;

/** Awaits the answer to one call. */
const answerTo = <Response>(send: (callback: Callback<Response>) => unknown): Promise<Response> =>
  new Promise((resolve, reject) => {
    send((error, response) => {
      if (error === null) resolve(response);
      else reject(error);
    });
  });

interface Options {
  readonly preview?: boolean;
  readonly name?: string;
  readonly timeoutSeconds?: number;
}

/** What the engine would record of a resource that was made without becoming ready. */
export const initializationDetail = (
  error: unknown,
): { id: string; outputs: Properties; reasons: readonly string[] } | undefined => {
  const [bytes] = (error as grpc.ServiceError).metadata.get("grpc-status-details-bin");
  if (!(bytes instanceof Buffer)) return undefined;
  const [packed] = rpcStatus.Status.deserializeBinary(bytes).getDetailsList();
  const detail = provider.ErrorResourceInitFailed.deserializeBinary(
    packed?.getValue_asU8() ?? new Uint8Array(),
  );
  return {
    id: detail.getId(),
    outputs: fromStruct(detail.getProperties()),
    reasons: detail.getReasonsList(),
  };
};

/** Drives a provider as an engine does. */
export class ProviderClient {
  readonly #client: InstanceType<typeof services.ResourceProviderClient>;

  constructor(port: number) {
    this.#client = new services.ResourceProviderClient(
      `127.0.0.1:${String(port)}`,
      grpc.credentials.createInsecure(),
      // As the engine does: a connection for each provider resource.
      { "grpc.use_local_subchannel_pool": 1 },
    );
  }

  close(): void {
    this.#client.close();
  }

  static urn(type: string, name: string): string {
    return `urn:pulumi:rehearsal::cutover::${type}::${name}`;
  }

  async handshake(): Promise<provider.ProviderHandshakeResponse.AsObject> {
    const request = new provider.ProviderHandshakeRequest();
    return (
      await answerTo<provider.ProviderHandshakeResponse>((done) =>
        this.#client.handshake(request, done),
      )
    ).toObject();
  }

  async configure(config: Properties): Promise<provider.ConfigureResponse.AsObject> {
    const request = new provider.ConfigureRequest().setArgs(toStruct(config));
    return (
      await answerTo<provider.ConfigureResponse>((done) => this.#client.configure(request, done))
    ).toObject();
  }

  async checkConfig(config: Properties): Promise<readonly string[]> {
    const request = new provider.CheckRequest().setNews(toStruct(config));
    const response = await answerTo<provider.CheckResponse>((done) =>
      this.#client.checkConfig(request, done),
    );
    return response.getFailuresList().map((failure) => failure.getReason());
  }

  async check(
    type: string,
    news: Properties,
    olds: Properties = {},
    name = "example",
  ): Promise<{ inputs: Properties; failures: readonly string[] }> {
    const request = new provider.CheckRequest().setType(type).setName(name);
    request.setUrn(ProviderClient.urn(type, name)).setNews(toStruct(news)).setOlds(toStruct(olds));
    request.setRandomseed(new Uint8Array(32).fill(7));
    const response = await answerTo<provider.CheckResponse>((done) =>
      this.#client.check(request, done),
    );
    return {
      inputs: fromStruct(response.getInputs()),
      failures: response
        .getFailuresList()
        .map((failure) => `${failure.getProperty()}: ${failure.getReason()}`),
    };
  }

  async diff(
    type: string,
    oldInputs: Properties,
    news: Properties,
  ): Promise<{
    changes: readonly (readonly [string, number])[];
    replaces: readonly string[];
    deleteBeforeReplace: boolean;
  }> {
    const request = new provider.DiffRequest().setId("id").setType(type).setName("example");
    request.setUrn(ProviderClient.urn(type, "example"));
    request.setOldInputs(toStruct(oldInputs)).setOlds(toStruct(oldInputs)).setNews(toStruct(news));
    const response = await answerTo<provider.DiffResponse>((done) =>
      this.#client.diff(request, done),
    );
    return {
      changes: [...response.getDetaileddiffMap().entries()].map(
        ([path, change]) => [path, change.getKind()] as const,
      ),
      replaces: response.getReplacesList(),
      deleteBeforeReplace: response.getDeletebeforereplace(),
    };
  }

  async create(
    type: string,
    inputs: Properties,
    { preview = false, name = "example", timeoutSeconds = 0 }: Options = {},
  ): Promise<{ id: string; outputs: Properties }> {
    const request = new provider.CreateRequest().setType(type).setName(name).setPreview(preview);
    request.setUrn(ProviderClient.urn(type, name)).setProperties(toStruct(inputs));
    request.setTimeout(timeoutSeconds);
    const response = await answerTo<provider.CreateResponse>((done) =>
      this.#client.create(request, done),
    );
    return { id: response.getId(), outputs: fromStruct(response.getProperties()) };
  }

  async update(
    type: string,
    id: string,
    { oldInputs, oldOutputs, inputs }: Record<"oldInputs" | "oldOutputs" | "inputs", Properties>,
    { preview = false, name = "example", timeoutSeconds = 0 }: Options = {},
  ): Promise<Properties> {
    const request = new provider.UpdateRequest().setId(id).setType(type).setName(name);
    request.setUrn(ProviderClient.urn(type, name)).setOldInputs(toStruct(oldInputs));
    request.setOlds(toStruct(oldOutputs)).setNews(toStruct(inputs)).setPreview(preview);
    request.setTimeout(timeoutSeconds);
    return fromStruct(
      (
        await answerTo<provider.UpdateResponse>((done) => this.#client.update(request, done))
      ).getProperties(),
    );
  }

  async delete(type: string, id: string): Promise<void> {
    const request = new provider.DeleteRequest().setId(id).setType(type).setName("example");
    request.setUrn(ProviderClient.urn(type, "example")).setProperties(toStruct({}));
    await answerTo((done) => this.#client.delete(request, done));
  }

  async read(
    type: string,
    id: string,
    oldInputs: Properties = {},
    oldOutputs: Properties = {},
  ): Promise<{ id: string; inputs: Properties; outputs: Properties }> {
    const request = new provider.ReadRequest().setId(id).setType(type).setName("example");
    request.setUrn(ProviderClient.urn(type, "example"));
    request.setInputs(toStruct(oldInputs)).setProperties(toStruct(oldOutputs));
    const response = await answerTo<provider.ReadResponse>((done) =>
      this.#client.read(request, done),
    );
    return {
      id: response.getId(),
      inputs: fromStruct(response.getInputs()),
      outputs: fromStruct(response.getProperties()),
    };
  }

  /** What the engine sends when it is told to stop. */
  async cancel(): Promise<void> {
    await answerTo((done) => this.#client.cancel(new empty.Empty(), done));
  }

  async invoke(token: string): Promise<unknown> {
    const request = new provider.InvokeRequest().setTok(token);
    return answerTo((done) => this.#client.invoke(request, done));
  }
}
