import * as pulumi from "@pulumi/pulumi";
import { Cutover, type CutoverArgs } from "./cutover.ts";

/**
 * A hook that reads the night once more just before the traffic is written, and stops the write when the
 * gates would now refuse it: health can change between their verdict and the write.
 */
export const lastReadingHook = (name: string, args: CutoverArgs): pulumi.ResourceHook => {
  // Needed by a step up only; loaded while the resources before it are registered.
  const loaded = Promise.all([
    import("../policies/last-reading.ts"),
    import("../policies/facts/datadog-api.ts").then((api) => api.loadDatadogClient()),
    import("../policies/facts/postgres-rows.ts").then((rows) => rows.loadPostgres()),
  ]);
  // It is thrown where it is awaited.
  loaded.catch(() => undefined);
  return new pulumi.ResourceHook(`${name}-last-reading`, async () => {
    const [{ lastReading }] = await loaded;
    const props = await settled(args);
    const urn = `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${Cutover.type}::${name}`;
    const problems = await lastReading({ urn, props, ignoreChanges: [] }, process.env);
    if (problems.length > 0) {
      throw new Error(
        `the night changed after the gates' verdict; nothing was written. ${problems.join(" ")}`,
      );
    }
  });
};

const settled = (args: CutoverArgs): Promise<unknown> =>
  new Promise((resolve) => {
    pulumi.output(args).apply(resolve);
  });
