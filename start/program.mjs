// What Pulumi.yaml runs.
export * from "../index.ts";
