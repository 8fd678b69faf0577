import { randomUUID } from "node:crypto";
import { AttachedProvider } from "./attached-provider.ts";
import type { DynamicProviderProcess } from "./dynamic-provider.ts";
import { changedKeys, mapsEqual } from "../values/property-diff.ts";
import { mapProperties, type PropertyMap } from "../values/property-values.ts";
import { unknownString } from "../values/property-wire.ts";
import type {
  CheckRequest,
  CreateRequest,
  DiffRequest,
  Provider,
  ProviderDiff,
  UpdateRequest,
} from "./provider.ts";
import type { ResourceState } from "../values/resource-state.ts";
import { packageOfProvider, providerReference, typeOf } from "../values/urn.ts";

/** Where providers come from. */
export interface ProviderSources {
  readonly builtin: Provider;
  readonly dynamic: DynamicProviderProcess;
  /** Value of `PULUMI_DEBUG_PROVIDERS`: `package:port`, separated by commas. */
  readonly attached: string;
  readonly engineAddress: string;
}

/**
 * The configured providers of one operation, by reference; and the provider of the resources that stand for them.
 * A provider that was checked but not configured yet waits under its URN.
 */
export class ProviderRegistry implements Provider {
  readonly #sources: ProviderSources;
  readonly #configured = new Map<string, Provider>();
  readonly #checked = new Map<string, AttachedProvider | Provider>();
  readonly #aliases = new Map<string, string>();
  readonly #open: AttachedProvider[] = [];

  constructor(sources: ProviderSources) {
    this.#sources = sources;
  }

  /** The provider that is registered under a reference, if any. */
  get(reference: string): Provider | undefined {
    return this.#configured.get(reference);
  }

  /** Makes a provider known by the URN that old resources still name, too. */
  alias(urn: string, oldUrn: string): void {
    this.#aliases.set(urn, oldUrn);
  }

  /** Configures a provider as the state has it: for one that did not change, or that only old resources use. */
  async same(state: ResourceState): Promise<void> {
    const reference = providerReference(state.urn, state.id);
    if (this.#configured.has(reference)) {
      return;
    }
    const provider = this.#checked.get(state.urn) ?? (await this.#load(state.urn));
    this.#checked.delete(state.urn);
    await this.#configure(state.urn, state.id, provider, state.inputs);
  }

  async check({ urn, olds, news }: CheckRequest): ReturnType<Provider["check"]> {
    const provider = await this.#load(urn);
    const internal = news["__internal"];
    const { inputs, failures } =
      provider instanceof AttachedProvider
        ? await provider.checkConfig(urn, filtered(olds), filtered(news))
        : { inputs: filtered(news), failures: [] };
    this.#checked.set(urn, provider);
    const version = news["version"];
    return {
      inputs: {
        ...inputs,
        ...(version === undefined ? {} : { version }),
        ...(internal === undefined ? {} : { __internal: internal }),
      },
      failures,
    };
  }

  async diff({ urn, oldInputs, oldOutputs, newInputs }: DiffRequest): Promise<ProviderDiff> {
    const provider = this.#checked.get(urn) ?? (await this.#load(urn));
    return this.diffConfig(provider, urn, { oldInputs, oldOutputs, newInputs });
  }

  /** What a change of config means; a provider that cannot tell is taken at the letter. */
  async diffConfig(
    provider: Provider,
    urn: string,
    {
      oldInputs,
      oldOutputs,
      newInputs,
    }: Pick<DiffRequest, "oldInputs" | "oldOutputs" | "newInputs">,
  ): Promise<ProviderDiff> {
    const news = filtered(newInputs);
    const diff: ProviderDiff =
      provider instanceof AttachedProvider
        ? await provider.diffConfig(urn, {
            oldInputs: filtered(oldInputs),
            oldOutputs,
            newInputs: news,
          })
        : { changes: "unknown", replaceKeys: [], changedKeys: [], deleteBeforeReplace: false };
    if (diff.changes !== "unknown") {
      return diff;
    }
    return mapsEqual(oldOutputs, news)
      ? { ...diff, changes: "none" }
      : { ...diff, changes: "some", changedKeys: changedKeys(oldOutputs, news) };
  }

  async create({ urn, inputs, preview }: CreateRequest): ReturnType<Provider["create"]> {
    const id = preview ? unknownString : randomUUID();
    await this.#configureChecked(urn, id, inputs);
    return { id, outputs: filtered(inputs) };
  }

  async update({ urn, id, inputs }: UpdateRequest): ReturnType<Provider["update"]> {
    await this.#configureChecked(urn, id, inputs);
    return { outputs: filtered(inputs) };
  }

  delete(): Promise<void> {
    return Promise.resolve();
  }

  read(): never {
    throw new Error("a provider cannot be read");
  }

  invoke(): never {
    throw new Error("a provider resource has no functions");
  }

  /** Ends every connection. */
  close(): void {
    this.#open.forEach((provider) => provider.close());
  }

  async #configureChecked(urn: string, id: string, inputs: PropertyMap): Promise<void> {
    const provider = this.#checked.get(urn) ?? (await this.#load(urn));
    this.#checked.delete(urn);
    await this.#configure(urn, id, provider, inputs);
  }

  async #configure(
    urn: string,
    id: string,
    provider: Provider,
    inputs: PropertyMap,
  ): Promise<void> {
    if (provider instanceof AttachedProvider) {
      await provider.configure(urn, id, filtered(inputs));
    }
    this.#configured.set(providerReference(urn, id), provider);
    const alias = this.#aliases.get(urn);
    if (alias !== undefined) {
      this.#configured.set(providerReference(alias, id), provider);
    }
  }

  async #load(urn: string): Promise<Provider> {
    const packageName = packageOfProvider(typeOf(urn));
    if (packageName === "pulumi") {
      return this.#sources.builtin;
    }
    const dynamic = packageName === "pulumi-nodejs";
    const port = dynamic ? await this.#sources.dynamic.port() : this.#attachedPort(packageName);
    const provider = await AttachedProvider.attach(
      port,
      this.#sources.engineAddress,
      dynamic,
    ).catch((error: unknown) => {
      throw new Error(
        `the provider of ${packageName} does not answer on port ${port}: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
    this.#open.push(provider);
    return provider;
  }

  #attachedPort(packageName: string): number {
    for (const pair of this.#sources.attached.split(",")) {
      const [name, port] = pair.trim().split(":");
      if (name === packageName) {
        return Number(port);
      }
    }
    throw new Error(
      `no provider for the package ${packageName}: PULUMI_DEBUG_PROVIDERS is "${this.#sources.attached}", ` +
        `expected it to hold ${packageName}:PORT (the embedded engine only attaches to providers that run)`,
    );
  }
}

/** The config that the provider itself sees. */
function filtered(properties: PropertyMap): PropertyMap {
  return mapProperties(properties, (value, key) => (key === "__internal" ? undefined : value));
}
