"use strict";
// The one kind of a rehearsal's cluster that no package has a model for: the TargetGroupBinding of the AWS Load
// Balancer Controller, as far as its definition says what targets by address may have.
const {
  addSchema,
} = require("@kubernetes-models/apimachinery/_schemas/IoK8sApimachineryPkgApisMetaV1ObjectMeta");
const { Model, setSchema } = require("@kubernetes-models/base");
const { register } = require("@kubernetes-models/validate");

const id = "elbv2.k8s.aws.v1beta1.TargetGroupBinding";
const portOf = { anyOf: [{ type: "integer" }, { type: "string" }] };
const text = { type: "string" };

const schema = {
  type: "object",
  properties: {
    apiVersion: { type: "string", enum: ["elbv2.k8s.aws/v1beta1"] },
    kind: { type: "string", enum: ["TargetGroupBinding"] },
    metadata: { $ref: "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta#" },
    spec: {
      type: "object",
      properties: {
        targetGroupARN: { type: "string", minLength: 1 },
        targetType: { type: "string", enum: ["instance", "ip"] },
        serviceRef: {
          type: "object",
          properties: { name: text, port: portOf },
          required: ["name", "port"],
        },
        ipAddressType: { type: "string", enum: ["ipv4", "ipv6"] },
        vpcID: text,
      },
      required: ["serviceRef", "targetGroupARN"],
    },
    status: { type: "object", properties: { observedGeneration: { type: "integer" } } },
  },
  required: ["spec", "apiVersion", "kind"],
};

class TargetGroupBinding extends Model {
  constructor(data) {
    super({ apiVersion: "elbv2.k8s.aws/v1beta1", kind: "TargetGroupBinding", ...data });
  }
}
setSchema(TargetGroupBinding, id, () => {
  addSchema();
  register(id, schema);
});

module.exports = { TargetGroupBinding };
