import * as grpc from "@grpc/grpc-js";
import callbackGrpc from "@pulumi/pulumi/proto/callback_grpc_pb.js";
import callbackPb from "@pulumi/pulumi/proto/callback_pb.js";
import resourcePb from "@pulumi/pulumi/proto/resource_pb.js";
import { call, channelOptions } from "../grpc-calls.ts";
import type { OperationLog } from "../../../engine/operation-log.ts";
import type { PropertyMap } from "../values/property-values.ts";
import { keepAll, toStruct } from "../values/property-wire.ts";
import type { HookType, ResourceState } from "../values/resource-state.ts";
import { nameOf } from "../values/urn.ts";

/** A function of the program that runs before or after a step. */
interface Hook {
  readonly target: string;
  readonly token: string;
  readonly onDryRun: boolean;
  readonly ignoreErrors: boolean;
}

/** What a hook is told. */
export interface HookMoment {
  readonly newInputs?: PropertyMap;
  readonly oldInputs?: PropertyMap;
  readonly newOutputs?: PropertyMap;
  readonly oldOutputs?: PropertyMap;
}

/** A hook threw, and its step must not go on. */
export class HookFailed extends Error {
  override readonly name = "HookFailed";
}

/** The hooks that the program registered, and the way back to it. */
export class Hooks {
  readonly #hooks = new Map<string, Hook>();
  readonly #clients = new Map<string, grpc.Client>();
  readonly #log: OperationLog;
  readonly #dryRun: boolean;

  constructor(log: OperationLog, dryRun: boolean) {
    this.#log = log;
    this.#dryRun = dryRun;
  }

  /** @throws if the name is taken */
  register(name: string, hook: Hook): void {
    if (this.#hooks.has(name)) {
      throw new Error(`resource hook already registered for name "${name}"`);
    }
    this.#hooks.set(name, hook);
  }

  /** Runs the resource's hooks of one moment, in order. @throws HookFailed */
  async run(type: HookType, state: ResourceState, moment: HookMoment): Promise<void> {
    for (const name of state.hooks[type] ?? []) {
      const hook = this.#hooks.get(name);
      if (hook === undefined) {
        throw new HookFailed(`hook "${name}" was not registered`);
      }
      if (this.#dryRun && !hook.onDryRun) {
        continue;
      }
      const failure = await this.#call(name, hook, state, moment);
      if (failure !== undefined && hook.ignoreErrors) {
        this.#log.say("warning", `${type} hook "${name}" failed: ${failure}`, state.urn);
      } else if (failure !== undefined) {
        throw new HookFailed(
          `${type.startsWith("Before") ? "before" : "after"} hook "${name}" failed: ${failure}`,
        );
      }
    }
  }

  close(): void {
    this.#clients.forEach((client) => client.close());
  }

  async #call(
    name: string,
    hook: Hook,
    state: ResourceState,
    moment: HookMoment,
  ): Promise<string | undefined> {
    const request = new resourcePb.ResourceHookRequest();
    request.setUrn(state.urn);
    request.setId(state.id);
    request.setName(nameOf(state.urn));
    request.setType(state.type);
    const { newInputs, oldInputs, newOutputs, oldOutputs } = moment;
    request.setNewInputs(newInputs && toStruct(newInputs, keepAll));
    request.setOldInputs(oldInputs && toStruct(oldInputs, keepAll));
    request.setNewOutputs(newOutputs && toStruct(newOutputs, keepAll));
    request.setOldOutputs(oldOutputs && toStruct(oldOutputs, keepAll));
    const invocation = new callbackPb.CallbackInvokeRequest();
    invocation.setToken(hook.token);
    invocation.setRequest(request.serializeBinary());
    try {
      const response = await call(
        this.#client(hook.target),
        callbackGrpc.CallbacksService.invoke,
        invocation,
      );
      const { error } = resourcePb.ResourceHookResponse.deserializeBinary(
        response.getResponse_asU8(),
      ).toObject();
      return error === "" ? undefined : error;
    } catch (error) {
      return `${name}: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  #client(target: string): grpc.Client {
    const known = this.#clients.get(target);
    if (known !== undefined) {
      return known;
    }
    const client = new callbackGrpc.CallbacksClient(
      target,
      grpc.credentials.createInsecure(),
      channelOptions,
    );
    this.#clients.set(target, client);
    return client;
  }
}
