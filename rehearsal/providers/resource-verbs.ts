import provider from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { InitializationFailed } from "./initialization-failed.ts";
import { interrupted } from "./interrupted.ts";
import type { Interruption, Interruptions } from "./interruptions.ts";
import { keepSecrets, revealAll, UNKNOWN, type Properties } from "./property-values.ts";
import type { Call, StandIn } from "./stand-in.ts";
import { fromStruct, toStruct } from "./struct-values.ts";

/** What the verbs of one connection act on. */
export interface VerbContext<World> {
  readonly world: World;
  readonly interruptions: Interruptions;
  readonly signal: AbortSignal;
}

interface ResourceRequest {
  getUrn(): string;
  getType(): string;
  getName(): string;
}

const callOf = (
  request: ResourceRequest,
  signal: AbortSignal,
  { timeoutSeconds = 0, oldInputs = {}, oldOutputs = {} }: Partial<Call>,
): Call => ({
  urn: request.getUrn(),
  // Older engines leave both out; they are the last two parts of the URN.
  type: request.getType() || (request.getUrn().split("::")[2]?.split("$").at(-1) ?? ""),
  name: request.getName() || (request.getUrn().split("::")[3] ?? ""),
  ...(timeoutSeconds > 0 ? { timeoutSeconds } : {}),
  signal,
  oldInputs: revealAll(oldInputs),
  oldOutputs: revealAll(oldOutputs),
});

const lastPart = (id: string): string => id.split("/").at(-1) ?? id;

const withoutUnknowns = (outputs: Properties): Properties =>
  JSON.parse(
    JSON.stringify(outputs, (_key, value: unknown) => (value === UNKNOWN ? undefined : value)),
  ) as Properties;

/** Runs a verb; a resource that exists but is not ready keeps the secrets of its inputs as well. */
const withSecrets = async <Answer>(
  inputs: Properties,
  verb: () => Promise<Answer>,
): Promise<Answer> => {
  try {
    return await verb();
  } catch (error) {
    if (!(error instanceof InitializationFailed)) throw error;
    const { id, outputs, message, reasons } = error;
    throw new InitializationFailed(id, keepSecrets(outputs, inputs), message, reasons);
  }
};

/** Creates the resource, or in a preview says what it will look like. */
export const create = async <World>(
  request: provider.CreateRequest,
  standIn: StandIn<World>,
  { world, interruptions, signal }: VerbContext<World>,
): Promise<provider.CreateResponse> => {
  const inputs = fromStruct(request.getProperties());
  const call = callOf(request, signal, { timeoutSeconds: request.getTimeout() });
  const response = new provider.CreateResponse();
  if (request.getPreview()) {
    const outputs = standIn.preview(revealAll(inputs), world, call);
    return response.setProperties(toStruct(keepSecrets(outputs, inputs)));
  }
  const plain = revealAll(inputs);
  const id = standIn.idOf(plain) ?? call.name;
  const created = await withSecrets(inputs, () =>
    interrupted(
      interruptions.take(call.type, [call.name, lastPart(id)]),
      () => standIn.create(plain, world, call),
      () => ({ id, outputs: withoutUnknowns(standIn.preview(plain, world, call)) }),
    ),
  );
  response.setId(created.id);
  return response.setProperties(toStruct(keepSecrets(created.outputs, inputs)));
};

/** Changes the resource in place, or in a preview says what it will look like. */
export const update = async <World>(
  request: provider.UpdateRequest,
  standIn: StandIn<World>,
  { world, interruptions, signal }: VerbContext<World>,
): Promise<provider.UpdateResponse> => {
  const inputs = fromStruct(request.getNews());
  const plain = revealAll(inputs);
  const id = request.getId();
  const call = callOf(request, signal, {
    timeoutSeconds: request.getTimeout(),
    oldInputs: fromStruct(request.getOldInputs()),
    oldOutputs: fromStruct(request.getOlds()),
  });
  const work = (interruption: Interruption | undefined): Promise<Properties> =>
    interrupted(
      interruption,
      () => standIn.update(id, plain, world, call),
      () => withoutUnknowns(standIn.preview(plain, world, call)),
    );
  const outputs = request.getPreview()
    ? standIn.preview(plain, world, call)
    : await withSecrets(inputs, () =>
        work(interruptions.take(call.type, [call.name, lastPart(id)])),
      );
  return new provider.UpdateResponse().setProperties(toStruct(keepSecrets(outputs, inputs)));
};

/** Removes the resource. */
export const remove = async <World>(
  request: provider.DeleteRequest,
  standIn: StandIn<World>,
  { world, signal }: VerbContext<World>,
): Promise<empty.Empty> => {
  const call = callOf(request, signal, {
    timeoutSeconds: request.getTimeout(),
    oldInputs: fromStruct(request.getOldInputs()),
    oldOutputs: fromStruct(request.getProperties()),
  });
  await standIn.delete(request.getId(), world, call);
  return new empty.Empty();
};

/** Reads the resource back, for a refresh, an import or a `.get`; an empty id says that it is gone. */
export const read = <World>(
  request: provider.ReadRequest,
  standIn: StandIn<World>,
  { world, signal }: VerbContext<World>,
): provider.ReadResponse => {
  const oldInputs = fromStruct(request.getInputs());
  const oldOutputs = fromStruct(request.getProperties());
  const call = callOf(request, signal, { oldInputs, oldOutputs });
  const response = new provider.ReadResponse();
  const found = standIn.read(request.getId(), world, call);
  if (found === undefined) return response;
  response.setId(request.getId());
  response.setProperties(toStruct(keepSecrets(found.outputs, { ...oldOutputs, ...oldInputs })));
  return response.setInputs(toStruct(keepSecrets(found.inputs, oldInputs)));
};
