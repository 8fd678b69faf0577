import { backendFiles } from "../../engine/backend-files.ts";
import type { Workspace } from "../../engine/engine.ts";
import { markBackend, writeAtomically } from "../engine/state/stack-files.ts";

/** Makes a stack that has not been updated yet, so that the CLI asks for no `pulumi stack init`. */
export const makeStack = async ({ backendUrl, stack }: Workspace): Promise<void> => {
  const files = backendFiles(backendUrl, "cutover", stack);
  if (files === undefined) throw new RangeError(`${backendUrl} is no folder`);
  await markBackend(files);
  const checkpoint = { stack: `organization/cutover/${stack}` };
  await writeAtomically(files.state, JSON.stringify({ version: 3, checkpoint }));
};
