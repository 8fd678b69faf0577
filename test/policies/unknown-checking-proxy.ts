import * as proxy from "@pulumi/policy/proxy.js";

/** The policy SDK's wrapper around what a policy sees; its typings leave it out. */
export const { unknownCheckingProxy } = proxy as unknown as {
  readonly unknownCheckingProxy: (value: object) => Record<string, unknown>;
};
