import { appendFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";

/** Notes which hooks ran in HOOK_LOG; those named in HOOK_THROWS throw. */
const hook = (name, onDryRun = false) =>
  new pulumi.ResourceHook(
    name,
    ({ newInputs, oldInputs }) => {
      appendFileSync(
        process.env["HOOK_LOG"] ?? "",
        `${name} ${JSON.stringify(oldInputs ?? null)} ${JSON.stringify(newInputs ?? null)}\n`,
      );
      if (process.env["HOOK_THROWS"] === name) {
        throw new Error(`${name} says no`);
      }
    },
    { onDryRun },
  );

class Thing extends pulumi.CustomResource {
  constructor(name, inputs, options) {
    super("test:index:Thing", name, inputs, options);
  }
}

const hooks = {
  beforeCreate: [hook("before-create", true)],
  afterCreate: [hook("after-create")],
  beforeUpdate: [hook("before-update")],
  afterUpdate: [hook("after-update")],
  beforeDelete: [hook("before-delete")],
  afterDelete: [hook("after-delete")],
};
if (process.env["WITHOUT_THING"] === undefined) {
  new Thing("hooked", { weight: Number(process.env["WEIGHT"] ?? 1) }, { hooks });
}
