import {
  DefaultRenderer,
  Listr,
  ListrLogger,
  ProcessOutput,
  type ListrDefaultRendererLogLevels,
  type ListrTask,
} from "listr2";
import type { Progress } from "../rehearsal/progress.ts";
import { oneLine } from "./one-line.ts";
import { StageProgress, type ShownStage } from "./stage-progress.ts";
import { statusLine } from "./status-line.ts";
import { interrupting, type View } from "./view.ts";

/** Characters of a note on the screen; the summary shows refusals whole. */
const noteLength = 220;

export interface TerminalViewOptions {
  /** Where it is drawn; stdout is left alone, it may carry the result. */
  readonly terminal: NodeJS.WriteStream;
  readonly signal: AbortSignal;
  readonly stages: readonly ShownStage[];
}

/** Progress as a list that is drawn anew: one task per stage, what happens now below it. */
export const terminalView = ({ terminal, signal, stages }: TerminalViewOptions): View => {
  const preparing = new StageProgress("Prepare the rehearsal");
  const climbing = new Map(
    stages.map(({ name, title }) => [name, new StageProgress(`${name}: ${title}`)]),
  );
  let current = preparing;
  const tasks = [preparing, ...climbing.values()];
  const drawn = draw(
    terminal,
    tasks.map(({ task }) => task),
  );
  const onInterrupt = (): void => {
    current.note(interrupting);
  };
  signal.addEventListener("abort", onInterrupt);
  /** A rehearsal that did not finish leaves a failed stage, and stages that never began. */
  const breakOff = (): void => {
    for (const task of tasks.slice(tasks.indexOf(current) + 1)) task.leaveOut();
    current.fail();
  };
  const show = (progress: Progress): void => {
    switch (progress.kind) {
      case "stage":
        current.finish();
        current = climbing.get(progress.stage) ?? current;
        return;
      case "preparing":
      case "doing":
        current.status(oneLine(progress.what));
        return;
      case "watching":
        current.status(statusLine(progress.watched));
        return;
      case "note":
      case "reached":
        current.note(oneLine(progress.text, noteLength));
        return;
      case "ended":
        if (progress.outcome === "completed") current.finish();
        breakOff();
    }
  };
  return {
    show,
    end: async () => {
      signal.removeEventListener("abort", onInterrupt);
      breakOff();
      await drawn;
    },
  };
};

/** listr2 asks whether stdout is a terminal; here stderr is, and has been asked. */
class StderrRenderer extends DefaultRenderer {
  static override readonly nonTTY = true;
}

const draw = async (terminal: NodeJS.WriteStream, tasks: readonly ListrTask[]): Promise<void> => {
  const logger = new ListrLogger<ListrDefaultRendererLogLevels>({
    useIcons: true,
    processOutput: new ProcessOutput(terminal, terminal),
  });
  await new Listr([...tasks], {
    exitOnError: false,
    // The command line listens itself, and ends what runs before it exits.
    registerSignalListeners: false,
    renderer: StderrRenderer,
    rendererOptions: { logger, showErrorMessage: false, showSkipMessage: false },
  }).run();
};
