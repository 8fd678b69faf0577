import * as pulumi from "@pulumi/pulumi";
import type { Declaration } from "./declaration.ts";

class Thing extends pulumi.CustomResource {
  constructor(name: string, inputs: pulumi.Inputs, options: pulumi.CustomResourceOptions) {
    super("test:index:Thing", name, { ...inputs, size: undefined }, options);
  }
}

class Group extends pulumi.ComponentResource {
  constructor(name: string, inputs: pulumi.Inputs, options: pulumi.ComponentResourceOptions) {
    super("test:index:Group", name, inputs, options);
    this.registerOutputs(inputs);
  }
}

const {
  resources,
  outputs = {},
  throws,
} = JSON.parse(process.env["DECLARATION"] ?? "{}") as Declaration;
const made = new Map<string, pulumi.Resource>();

const resource = (name: string): pulumi.Resource => {
  const found = made.get(name);
  if (found === undefined) {
    throw new Error(`${name} is used before it is declared`);
  }
  return found;
};
const read = (path: string): unknown => {
  const [name = "", output = ""] = path.split(".");
  return (resource(name) as unknown as Record<string, unknown>)[output];
};

for (const {
  name,
  component,
  inputs = {},
  from = {},
  secret = [],
  parent,
  dependsOn,
  deletedWith,
  options,
} of resources) {
  const all = {
    ...inputs,
    ...Object.fromEntries(Object.entries(from).map(([key, path]) => [key, read(path)])),
    ...Object.fromEntries(secret.map((key) => [key, pulumi.secret(inputs[key])])),
  };
  const settings = {
    ...options,
    ...(parent === undefined ? {} : { parent: resource(parent) }),
    ...(dependsOn === undefined ? {} : { dependsOn: dependsOn.map(resource) }),
    ...(deletedWith === undefined ? {} : { deletedWith: resource(deletedWith) }),
  };
  made.set(
    name,
    component === true ? new Group(name, all, settings) : new Thing(name, all, settings),
  );
}
if (throws !== undefined) {
  throw new Error(throws);
}

const exported = Object.fromEntries(
  Object.entries(outputs).map(([key, value]) => [
    key,
    typeof value === "string" && value.includes(".") ? read(value) : value,
  ]),
);
export const { a, b, id, key, moved, note, size, weight, password } = exported;
