import { createRequire } from "node:module";
import { ApiError, type KubernetesObject } from "../kubernetes-object.ts";
import { invalid, required, unsupported, type FieldError } from "./field-error.ts";
import { childPath, FieldReads } from "./field-reads.ts";
import type { Kind } from "./kinds.ts";

interface Model {
  validate(): void;
}

interface SchemaIssue {
  readonly instancePath: string;
  readonly keyword: string;
  readonly message?: string;
  readonly params: Readonly<Record<string, unknown>>;
}

// A kind's schema is loaded when its first object comes: all of them would take a second to load.
const load = createRequire(import.meta.url);

const newModel = ({ model: [module, name] }: Kind): Model => {
  const classes = load(module) as Readonly<Record<string, new () => Model>>;
  const Class = classes[name];
  if (Class === undefined) throw new Error(`${module} exports no ${name}`);
  return new Class();
};

const issuesOf = (model: Model): readonly SchemaIssue[] => {
  try {
    model.validate();
    return [];
  } catch (error) {
    if (error instanceof Error && "errors" in error) return error.errors as readonly SchemaIssue[];
    throw error;
  }
};

const valueAt = (object: unknown, keys: readonly string[]): unknown =>
  keys.reduce<unknown>(
    (value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key],
    object,
  );

const fieldError = (issue: SchemaIssue, object: KubernetesObject): FieldError => {
  const keys = issue.instancePath
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  const path = keys.reduce(
    (parent, key) => childPath(parent, /^\d+$/.test(key) ? Number(key) : key),
    "",
  );
  const value = valueAt(object, keys);
  const { missingProperty, type, allowedValues } = issue.params;
  if (typeof missingProperty === "string") return required(childPath(path, missingProperty));
  if (Array.isArray(allowedValues)) return unsupported(path, value, allowedValues.map(String));
  if (typeof type === "string") return invalid(path, value, `must be of type ${type}`);
  return invalid(path, value, issue.message ?? issue.keyword);
};

/**
 * Checks types, required and unknown fields by the kind's own schema.
 * @throws ApiError 400 when a field is unknown.
 */
export const schemaCheck = (kind: Kind, object: KubernetesObject): readonly FieldError[] => {
  const model = newModel(kind);
  const { apiVersion: _apiVersion, kind: _kind, ...fields } = object;
  // A copy, because a frozen object cannot be watched.
  const target = Object.assign(model, structuredClone(fields));
  const reads = new FieldReads();
  const issues = issuesOf(reads.watch(target));
  const unknown = reads.unread(target);
  if (unknown.length > 0) {
    const listed = unknown.map((path) => `unknown field "${path}"`).join(", ");
    const version = kind.apiVersion.split("/").at(-1) ?? "";
    throw new ApiError(
      400,
      "BadRequest",
      `${kind.kind} in version "${version}" cannot be handled as a ${kind.kind}: strict decoding error: ${listed}`,
    );
  }
  const errors = issues.map((issue) => fieldError(issue, object));
  // Alternatives (a string or an integer) give one error each: the first one says enough.
  return errors.filter(
    ({ path }, index) => errors.findIndex((other) => other.path === path) === index,
  );
};
