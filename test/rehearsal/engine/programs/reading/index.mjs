import * as pulumi from "@pulumi/pulumi";

/** Reads a thing that others manage, and hands what it finds to one of its own. */
class Thing extends pulumi.CustomResource {
  constructor(name, inputs, options) {
    super("test:index:Thing", name, { weight: undefined, ...inputs }, options);
  }
}

const found = new Thing("found", {}, { id: "of-others" });
export const weight = new Thing("own", { weight: found.weight }).weight;
export const echo = pulumi.output(pulumi.runtime.invoke("test:index:lookUp", { key: "x" })).echo;
