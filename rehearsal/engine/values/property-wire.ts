import structPb from "google-protobuf/google/protobuf/struct_pb.js";
import type { JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import {
  Asset,
  isPropertyArray,
  propertyMapOf,
  ResourceReference,
  Secret,
  Unknown,
  unknown,
  type PropertyMap,
  type PropertyValue,
} from "./property-values.ts";

/** The key that marks an object on the wire as something other than an object. */
export const signatureKey = "4dabf18193072939515e22adb298388d";
/** The signatures under {@link signatureKey}. */
export const signatures = {
  secret: "1b47061264138c4ac30d75fd1eb44270",
  resourceReference: "5cf8f73096256a8f31e491e813e4eb8e",
  outputValue: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
  asset: "c44067f5952c0a294b673a41bacd8c17",
  archive: "0def7320c3a5731c473e5ecbe6d01bc7",
} as const;

/** How an unknown string looks on the wire; the only unknown that the engine itself writes. */
export const unknownString = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const unknownSentinels: ReadonlySet<unknown> = new Set([
  unknownString,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

/** What the receiver of a message understands; anything else is sent in a plainer form. */
export interface WireOptions {
  readonly keepUnknowns: boolean;
  readonly keepSecrets: boolean;
  readonly keepResources: boolean;
  /** Leaves out keys that are the engine's own (`__defaults` and the like), as policies expect. */
  readonly skipInternalKeys?: boolean;
}

/** Everything is kept: for the program, which understands it all. */
export const keepAll: WireOptions = { keepUnknowns: true, keepSecrets: true, keepResources: true };

/** Reads the properties of a message. An absent struct reads as no properties. */
export function fromStruct(struct: Struct | undefined): PropertyMap {
  return struct === undefined ? {} : fromWireObject(struct.toJavaScript());
}

/** Writes properties into a message. */
export function toStruct(properties: PropertyMap, options: WireOptions): Struct {
  // What toWireObject makes is JSON, which the declaration asks for in its own words.
  return structPb.Struct.fromJavaScript(
    toWireObject(properties, options) as Record<string, JavaScriptValue>,
  );
}

/** The urns on which output values within the message depend. */
export function dependenciesOnWire(
  struct: Struct | undefined,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const [key, value] of Object.entries(struct?.toJavaScript() ?? {})) {
    const urns = new Set<string>();
    collectDependencies(value, urns);
    found.set(key, [...urns]);
  }
  return found;
}

function collectDependencies(wire: unknown, urns: Set<string>): void {
  if (Array.isArray(wire)) {
    wire.forEach((element) => collectDependencies(element, urns));
  } else if (isRecord(wire)) {
    if (wire[signatureKey] === signatures.outputValue && Array.isArray(wire["dependencies"])) {
      wire["dependencies"].forEach((urn) => urns.add(String(urn)));
    }
    Object.values(wire).forEach((element) => collectDependencies(element, urns));
  }
}

/** Reads one value of its JSON form on the wire. */
export function fromWire(wire: unknown): PropertyValue {
  if (wire === undefined || wire === null) {
    return null;
  }
  if (unknownSentinels.has(wire)) {
    return unknown;
  }
  if (typeof wire === "string" || typeof wire === "number" || typeof wire === "boolean") {
    return wire;
  }
  if (Array.isArray(wire)) {
    return wire.map(fromWire);
  }
  if (!isRecord(wire)) {
    throw new Error(`a message holds a ${typeof wire}, which is no property value`);
  }
  return wire[signatureKey] === undefined ? fromWireObject(wire) : fromSigned(wire);
}

function fromSigned(wire: Readonly<Record<string, unknown>>): PropertyValue {
  const signature = wire[signatureKey];
  switch (signature) {
    case signatures.secret:
      return secretOf(fromWire(wire["value"]));
    case signatures.outputValue: {
      const inner = wire["value"] === undefined ? unknown : fromWire(wire["value"]);
      return wire["secret"] === true ? secretOf(inner) : inner;
    }
    case signatures.resourceReference:
      return new ResourceReference(
        String(wire["urn"]),
        wire["id"] === undefined ? undefined : wire["id"] === "" ? unknown : fromWire(wire["id"]),
        typeof wire["packageVersion"] === "string" ? wire["packageVersion"] : "",
      );
    case signatures.asset:
    case signatures.archive:
      return new Asset(wire);
    default:
      throw new Error(
        `a message holds a value with the signature ${String(signature)}, which the embedded engine does not know`,
      );
  }
}

function secretOf(value: PropertyValue): PropertyValue {
  return value instanceof Secret ? value : new Secret(value);
}

function fromWireObject(wire: Readonly<Record<string, unknown>>): PropertyMap {
  return propertyMapOf(Object.entries(wire).map(([key, value]) => [key, fromWire(value)] as const));
}

/** Writes one value; undefined means that the receiver cannot take it and it is left out. */
export function toWire(value: PropertyValue, options: WireOptions): unknown {
  if (value instanceof Unknown) {
    return options.keepUnknowns ? unknownString : undefined;
  }
  if (value instanceof Secret) {
    const inner = toWire(value.value, options);
    return !options.keepSecrets || inner === undefined
      ? inner
      : { [signatureKey]: signatures.secret, value: inner };
  }
  if (value instanceof ResourceReference) {
    return referenceToWire(value, options);
  }
  if (value instanceof Asset) {
    return value.fields;
  }
  if (isPropertyArray(value)) {
    return value
      .map((element) => toWire(element, options))
      .filter((element) => element !== undefined);
  }
  return typeof value === "object" && value !== null ? toWireObject(value, options) : value;
}

function referenceToWire(reference: ResourceReference, options: WireOptions): unknown {
  if (!options.keepResources) {
    return reference.id === undefined ? reference.urn : toWire(reference.id, options);
  }
  return {
    [signatureKey]: signatures.resourceReference,
    urn: reference.urn,
    ...(reference.id === undefined
      ? {}
      : { id: reference.id instanceof Unknown ? "" : toWire(reference.id, options) }),
    ...(reference.packageVersion === "" ? {} : { packageVersion: reference.packageVersion }),
  };
}

function toWireObject(properties: PropertyMap, options: WireOptions): Record<string, unknown> {
  const wire: [string, unknown][] = [];
  for (const [key, value] of Object.entries(properties)) {
    if (options.skipInternalKeys === true && key.startsWith("__")) {
      continue;
    }
    const written = toWire(value, options);
    if (written !== undefined) {
      wire.push([key, written]);
    }
  }
  return Object.fromEntries(wire);
}

/** True for an object that is no array. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
