import * as pulumi from "@pulumi/pulumi";

class Thing extends pulumi.CustomResource {
  constructor(name, inputs, options) {
    super("test:index:Thing", name, { ...inputs, size: undefined }, options);
  }
}

class Group extends pulumi.ComponentResource {
  constructor(name, inputs, options, type = "test:index:Group") {
    super(type, name, inputs, options);
    this.registerOutputs(inputs);
  }
}

/** @type {import("./declaration.ts").Declaration} */
const { resources, outputs = {}, throws } = JSON.parse(process.env["DECLARATION"] ?? "{}");
const made = new Map();

const resource = (name) => {
  const found = made.get(name);
  if (found === undefined) {
    throw new Error(`${name} is used before it is declared`);
  }
  return found;
};
const read = (path) => {
  const [name = "", output = ""] = path.split(".");
  return resource(name)[output];
};

for (const {
  name,
  component,
  type,
  inputs = {},
  from = {},
  secret = [],
  parent,
  dependsOn,
  deletedWith,
  isProvider,
  provider,
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
    ...(provider === undefined ? {} : { provider: resource(provider) }),
  };
  made.set(
    name,
    component === true
      ? new Group(name, all, settings, type)
      : isProvider === true
        ? new pulumi.ProviderResource("test", name, all, settings)
        : new Thing(name, all, settings),
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
