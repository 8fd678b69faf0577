import type { Deployment } from "../deployment.ts";
import { Secret, type PropertyMap, type PropertyValue } from "../values/property-values.ts";
import { plainGoal } from "../values/resource-state.ts";
import type { StackConfig } from "../program/stack-config.ts";
import { providerReference, providerTypeOf } from "../values/urn.ts";

/** Which provider a resource or function needs when the program names none. */
export interface ProviderRequest {
  readonly packageName: string;
  readonly version: string;
  readonly pluginDownloadUrl: string;
}

/** Registers a provider for each package and version that the program uses without naming one. */
export class DefaultProviders {
  readonly #deployment: Deployment;
  readonly #config: StackConfig;
  readonly #references = new Map<string, Promise<string>>();

  constructor(deployment: Deployment, config: StackConfig) {
    this.#deployment = deployment;
    this.#config = config;
  }

  /** The reference of the default provider. @throws if the stack's config forbids it */
  reference(request: ProviderRequest): Promise<string> {
    const key = JSON.stringify(request);
    const known = this.#references.get(key) ?? this.#register(request);
    this.#references.set(key, known);
    return known;
  }

  async #register({ packageName, version, pluginDownloadUrl }: ProviderRequest): Promise<string> {
    this.#refuseDenied(packageName);
    const suffix = [version, pluginDownloadUrl]
      .filter((part) => part !== "")
      .map((part) => part.replaceAll(/[^A-Za-z0-9]/g, "_"));
    const { state } = await this.#deployment.register(
      plainGoal({
        type: providerTypeOf(packageName),
        name: ["default", ...suffix].join("_"),
        custom: true,
        properties: this.#inputs(packageName, version, pluginDownloadUrl),
      }),
    );
    return providerReference(state.urn, state.id);
  }

  #inputs(packageName: string, version: string, pluginDownloadUrl: string): PropertyMap {
    const { values, secretKeys } = this.#config;
    const prefix = `${packageName}:`;
    const inputs: Record<string, PropertyValue> = {};
    for (const [key, value] of Object.entries(values)) {
      if (key.startsWith(prefix)) {
        inputs[key.slice(prefix.length)] = secretKeys.includes(key) ? new Secret(value) : value;
      }
    }
    return {
      ...inputs,
      ...(version === "" ? {} : { version }),
      ...(pluginDownloadUrl === "" ? {} : { __internal: { pluginDownloadURL: pluginDownloadUrl } }),
    };
  }

  #refuseDenied(packageName: string): void {
    const denied: unknown = JSON.parse(
      this.#config.values["pulumi:disable-default-providers"] ?? "[]",
    );
    if (
      packageName !== "pulumi" &&
      Array.isArray(denied) &&
      (denied.includes("*") || denied.includes(packageName))
    ) {
      throw new Error(
        `the default provider of ${packageName} is disabled by pulumi:disable-default-providers: name a provider`,
      );
    }
  }
}
