import { BadInput } from "../../definition/bad-input.ts";
import { installedCli } from "../../engine/pulumi/installed-cli.ts";

/** Why the real engine cannot be compared with; undefined where it can. */
export const missing: string | undefined = await installedCli().then(
  () => undefined,
  (error: unknown) => {
    if (!(error instanceof BadInput)) throw error;
    const { key, found, expected } = error.details;
    return `${key ?? ""} on the PATH is ${found}, expected ${expected}`;
  },
);
