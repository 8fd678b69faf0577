import * as pulumi from "@pulumi/pulumi";

/** The pattern of the ledger: what was, read from the stack itself; what is, from the resources. */
class Thing extends pulumi.CustomResource {
  constructor(name, inputs) {
    super("test:index:Thing", name, inputs);
  }
}

const wanted = new pulumi.Config().requireNumber("weight");
const self = new pulumi.StackReference(`organization/${pulumi.getProject()}/${pulumi.getStack()}`);
const before = self.getOutput("moved").apply((moved) => (typeof moved === "number" ? moved : 0));
const thing = new Thing("record", {
  weight: wanted,
  from: before.apply((from) => (from === wanted ? undefined : from)),
});

export const asked = wanted;
export const moved = thing.weight;
export const token = pulumi.secret("hush-hush");
export const tokenBefore = self.getOutput("token");
