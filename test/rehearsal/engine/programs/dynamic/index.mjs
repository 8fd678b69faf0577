import * as pulumi from "@pulumi/pulumi";

/** A resource whose provider is part of the program. */
class Counted extends pulumi.dynamic.Resource {
  constructor(name, inputs) {
    super(
      {
        async create({ weight }) {
          const { randomUUID } = await import("node:crypto");
          return { id: `counted-${randomUUID()}`, outs: { weight, doubled: weight * 2 } };
        },
        async update(_id, _olds, { weight }) {
          return { outs: { weight, doubled: weight * 2 } };
        },
      },
      name,
      { doubled: undefined, ...inputs },
    );
  }
}

export const doubled = new Counted("counted", {
  weight: new pulumi.Config().requireNumber("weight"),
}).doubled;
