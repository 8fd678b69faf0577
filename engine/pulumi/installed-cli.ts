import { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { BadInput, shown } from "../../definition/bad-input.ts";

/**
 * From this version on an update fails when a hook that runs after a change throws (changelog of 3.238.0);
 * before it, a check made after a write could fail unseen.
 */
const oldestVersion = "3.238.0";

const expected = `the Pulumi CLI, version ${oldestVersion} or newer`;

/**
 * The `pulumi` on the PATH.
 * @throws BadInput if there is none, or one that is too old or too new to be talked to
 */
export const installedCli = async (): Promise<PulumiCommand> => {
  const command = await PulumiCommand.get().catch((error: unknown) => {
    throw new BadInput({ where: "PATH", key: "pulumi", found: reasonOf(error), expected, remedy });
  });
  const { version } = command;
  if (version === null || version.compare(oldestVersion) < 0) {
    const found = shown(version?.version ?? "of an unknown version");
    throw new BadInput({ where: "PATH", key: "pulumi", found, expected, remedy });
  }
  return command;
};

const remedy = "https://www.pulumi.com/docs/install says how to install it.";

const reasonOf = (error: unknown): string => {
  const text = error instanceof Error ? error.message : String(error);
  return text.includes("ENOENT") ? "not there" : `unusable (${shown(lineOf(text))})`;
};

/** The line of a multi-line complaint that says what is wrong. */
const lineOf = (text: string): string =>
  text.split("\n").find((line) => /version|denied|error/i.test(line)) ?? text;
