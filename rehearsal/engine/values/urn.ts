/** The type of the resource that stands for the stack itself. */
export const stackType = "pulumi:pulumi:Stack";
const providerTypePrefix = "pulumi:providers:";

/** Builds the URN of a resource; children of the stack itself do not carry its type. */
export function createUrn(parts: {
  readonly stack: string;
  readonly project: string;
  readonly parent: string;
  readonly type: string;
  readonly name: string;
}): string {
  const parentType = parts.parent === "" ? "" : qualifiedTypeOf(parts.parent);
  const prefix = parentType === "" || parentType === stackType ? "" : `${parentType}$`;
  return `urn:pulumi:${parts.stack}::${parts.project}::${prefix}${parts.type}::${parts.name}`;
}

/** The types of a resource and its ancestors, joined by `$`. */
export function qualifiedTypeOf(urn: string): string {
  return urn.split("::")[2] ?? "";
}

/** The resource's own type. */
export function typeOf(urn: string): string {
  return qualifiedTypeOf(urn).split("$").at(-1) ?? "";
}

/** The resource's name, which may itself hold `::`. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** True for the resources that stand for providers. */
export function isProviderType(type: string): boolean {
  return type.startsWith(providerTypePrefix);
}

/** The type of the resource that stands for a package's provider. */
export function providerTypeOf(packageName: string): string {
  return providerTypePrefix + packageName;
}

/** The package of a provider resource's type. */
export function packageOfProvider(type: string): string {
  return type.slice(providerTypePrefix.length);
}

/** The package of any other type or of a function's token. */
export function packageOf(token: string): string {
  return isProviderType(token) ? packageOfProvider(token) : (token.split(":")[0] ?? "");
}

/** A reference to a configured provider: `URN::ID`. */
export function providerReference(urn: string, id: string): string {
  return `${urn}::${id}`;
}

/**
 * Takes a provider reference apart.
 * @throws if it is none.
 */
export function parseProviderReference(reference: string): {
  readonly urn: string;
  readonly id: string;
} {
  const split = reference.lastIndexOf("::");
  if (split <= 0) {
    throw new Error(`"${reference}" is no reference to a provider`);
  }
  return { urn: reference.slice(0, split), id: reference.slice(split + 2) };
}
