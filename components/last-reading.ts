import * as pulumi from "@pulumi/pulumi";
import { Cutover, type CutoverArgs } from "./cutover.ts";

/**
 * A hook that reads the night once more just before the traffic is written, and stops the write when the
 * gates would now refuse it: health can change between their verdict and the write.
 */
export const lastReadingHook = (name: string, args: CutoverArgs): pulumi.ResourceHook =>
  new pulumi.ResourceHook(`${name}-last-reading`, async () => {
    // Needed by a step up only, and not by the program that declares it.
    const { lastReading } = await import("../policies/last-reading.ts");
    const props = await settled(args);
    const urn = `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${Cutover.type}::${name}`;
    const problems = await lastReading({ urn, props, ignoreChanges: [] }, process.env);
    if (problems.length > 0) {
      throw new Error(
        `the night changed after the gates' verdict; nothing was written. ${problems.join(" ")}`,
      );
    }
  });

const settled = (args: CutoverArgs): Promise<unknown> =>
  new Promise((resolve) => {
    pulumi.output(args).apply(resolve);
  });
