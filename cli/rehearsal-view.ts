import { plainView } from "./plain-view.ts";
import type { ShownStage } from "./stage-progress.ts";
import type { Console } from "./subcommand.ts";
import { terminalView } from "./terminal-view.ts";
import type { View } from "./view.ts";

/** A view for where the console writes to: drawn anew in a terminal, lines elsewhere. */
export const rehearsalView = (
  { log, terminal, signal }: Console,
  stages: readonly ShownStage[],
): View =>
  terminal === undefined
    ? plainView({ log, signal, now: Date.now })
    : terminalView({ terminal, signal, stages });
