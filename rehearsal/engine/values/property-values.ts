/**
 * The values that resources carry, as the engine holds them: JSON plus secrets, unknowns, resource
 * references and assets. `property-wire.ts` puts them on the wire, `state/state-values.ts` on disk.
 */

/** A value that no log, event or file may show in plain text. */
export class Secret {
  readonly value: PropertyValue;
  constructor(value: PropertyValue) {
    this.value = value;
  }
}

/** A value that is not known until the update has run. */
export class Unknown {
  readonly kind = "unknown";
}

/** The one unknown value: unknowns carry nothing that would tell them apart. */
export const unknown = new Unknown();

/** A resource of the stack passed as a value. */
export class ResourceReference {
  readonly urn: string;
  readonly id: PropertyValue | undefined;
  readonly packageVersion: string;
  constructor(urn: string, id: PropertyValue | undefined, packageVersion: string) {
    this.urn = urn;
    this.id = id;
    this.packageVersion = packageVersion;
  }
}

/** A file or an archive, kept as its wire form: the engine passes it on and compares it, nothing else. */
export class Asset {
  readonly fields: Readonly<Record<string, unknown>>;
  constructor(fields: Readonly<Record<string, unknown>>) {
    this.fields = fields;
  }
}

export type PropertyValue =
  | null
  | boolean
  | number
  | string
  | Secret
  | Unknown
  | ResourceReference
  | Asset
  | readonly PropertyValue[]
  | PropertyMap;

export interface PropertyMap {
  readonly [key: string]: PropertyValue;
}

/** True for a plain object of properties, as opposed to an array or one of the special values. */
export function isPropertyMap(value: PropertyValue | undefined): value is PropertyMap {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(
      value instanceof Secret ||
      value instanceof Unknown ||
      value instanceof ResourceReference ||
      value instanceof Asset
    )
  );
}

/** True for an array of properties. */
export function isPropertyArray(
  value: PropertyValue | undefined,
): value is readonly PropertyValue[] {
  return Array.isArray(value);
}

/** Applies `change` to every entry; entries for which it returns undefined are left out. */
export function mapProperties(
  properties: PropertyMap,
  change: (value: PropertyValue, key: string) => PropertyValue | undefined,
): PropertyMap {
  const changed: [string, PropertyValue][] = [];
  for (const [key, value] of Object.entries(properties)) {
    const next = change(value, key);
    if (next !== undefined) {
      changed.push([key, next]);
    }
  }
  return propertyMapOf(changed);
}

/** A property map of entries. Not `Object.fromEntries` on a literal: a key may be named `__proto__`. */
export function propertyMapOf(entries: Iterable<readonly [string, PropertyValue]>): PropertyMap {
  return Object.fromEntries(entries);
}

/** True if the value is or holds an unknown. */
export function containsUnknowns(value: PropertyValue): boolean {
  return contains(value, (part) => part instanceof Unknown);
}

/** True if the value is or holds a secret. */
export function containsSecrets(value: PropertyValue): boolean {
  return contains(value, (part) => part instanceof Secret);
}

function contains(value: PropertyValue, test: (part: PropertyValue) => boolean): boolean {
  if (test(value)) {
    return true;
  }
  if (value instanceof Secret) {
    return contains(value.value, test);
  }
  if (value instanceof ResourceReference) {
    return value.id !== undefined && contains(value.id, test);
  }
  if (isPropertyArray(value)) {
    return value.some((element) => contains(element, test));
  }
  return isPropertyMap(value) && Object.values(value).some((element) => contains(element, test));
}

/** The value without any secret marks, for what must compare or use the plain value. */
export function withoutSecrets(value: PropertyValue): PropertyValue {
  if (value instanceof Secret) {
    return withoutSecrets(value.value);
  }
  if (isPropertyArray(value)) {
    return value.map(withoutSecrets);
  }
  return isPropertyMap(value) ? mapProperties(value, withoutSecrets) : value;
}

/** Plain JSON for people and for the CLI: secrets as `"[secret]"`, unknowns as `"[unknown]"`. */
export function displayValue(value: PropertyValue): unknown {
  if (value instanceof Secret) {
    return "[secret]";
  }
  if (value instanceof Unknown) {
    return "[unknown]";
  }
  if (value instanceof ResourceReference) {
    return value.urn;
  }
  if (value instanceof Asset) {
    return "[asset]";
  }
  if (isPropertyArray(value)) {
    return value.map(displayValue);
  }
  return isPropertyMap(value) ? displayMap(value) : value;
}

/** {@link displayValue} of every entry. */
export function displayMap(properties: PropertyMap): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [key, displayValue(value)]),
  );
}
