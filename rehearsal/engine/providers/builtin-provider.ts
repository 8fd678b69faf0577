import { containsSecrets, unknown, Unknown, type PropertyMap } from "../values/property-values.ts";
import {
  noDiff,
  type InvokeResult,
  type Provider,
  type ReadRequest,
  type ReadResult,
} from "./provider.ts";
import type { ResourceState } from "../values/resource-state.ts";
import { typeOf } from "../values/urn.ts";

export const stackReferenceType = "pulumi:pulumi:StackReference";

/** Finds the outputs of a stack by its name, and resources of this stack by their URN. */
export interface BuiltinSources {
  stackOutputs(name: string): Promise<PropertyMap>;
  resource(urn: string): ResourceState | undefined;
}

/** The provider of the package `pulumi`: references to stacks, and resources passed by reference. */
export class BuiltinProvider implements Provider {
  readonly #sources: BuiltinSources;

  constructor(sources: BuiltinSources) {
    this.#sources = sources;
  }

  check(): never {
    throw new Error("the embedded engine supports StackReference alone of the package pulumi");
  }

  diff(): ReturnType<Provider["diff"]> {
    return Promise.resolve(noDiff);
  }

  create(): never {
    return this.check();
  }

  update(): never {
    return this.check();
  }

  delete(): Promise<void> {
    return Promise.resolve();
  }

  async read({ urn, id, inputs }: ReadRequest): Promise<ReadResult> {
    if (typeOf(urn) !== stackReferenceType) {
      throw new Error(`the embedded engine does not support ${typeOf(urn)}`);
    }
    return { id, inputs, outputs: await this.#readStack(inputs) };
  }

  async invoke(token: string, properties: PropertyMap): Promise<InvokeResult> {
    if (token === "pulumi:pulumi:readStackOutputs") {
      return { properties: await this.#readStack(properties), failures: [] };
    }
    if (token === "pulumi:pulumi:getResource") {
      return { properties: this.#readResource(properties), failures: [] };
    }
    throw new Error(`the embedded engine does not support the function ${token}`);
  }

  async #readStack({ name }: PropertyMap): Promise<PropertyMap> {
    if (name instanceof Unknown) {
      return { name, outputs: unknown };
    }
    if (typeof name !== "string") {
      throw new Error("a StackReference has no name");
    }
    const outputs = await this.#sources.stackOutputs(name);
    const secretOutputNames = Object.keys(outputs).filter((key) =>
      containsSecrets(outputs[key] ?? null),
    );
    return { name, outputs, secretOutputNames: secretOutputNames.sort() };
  }

  #readResource({ urn }: PropertyMap): PropertyMap {
    const state = typeof urn === "string" ? this.#sources.resource(urn) : undefined;
    if (state === undefined) {
      throw new Error(`unknown resource ${JSON.stringify(urn)}`);
    }
    return { urn: state.urn, id: state.id, provider: state.provider, state: state.outputs };
  }
}
