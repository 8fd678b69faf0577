import { EOL } from "node:os";
import type { ListrTask } from "listr2";

/** A stage as the list announces it. */
export interface ShownStage {
  readonly name: string;
  readonly title: string;
}

/** The part of a running task that is written to. */
interface Drawing {
  title: string;
  output: string;
}

type Ending = "finished" | "failed";

/** One entry of the list that a terminal shows: its title, what happens now below it, and what was noted. */
export class StageProgress {
  readonly #title: string;
  /** Noted before listr2 had begun to draw the task. */
  readonly #earlier: string[] = [];
  readonly #ended: Promise<Ending>;
  #end: (ending: Ending) => void = () => undefined;
  #now = "";
  #drawing: Drawing | undefined;
  #leftOut = false;

  constructor(title: string) {
    this.#title = title;
    this.#ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** What listr2 draws. */
  get task(): ListrTask {
    return {
      title: this.#title,
      skip: () => this.#leftOut,
      rendererOptions: { persistentOutput: true, outputBar: Number.POSITIVE_INFINITY },
      task: async (_context, drawing) => {
        this.#drawing = drawing;
        this.status(this.#now);
        for (const note of this.#earlier) drawing.output = note;
        const ending = await this.#ended;
        drawing.title = this.#title;
        if (ending === "failed") throw new Error(this.#title);
      },
    };
  }

  /** Shows what happens now, in place of what was shown before. */
  status(now: string): void {
    this.#now = now;
    if (this.#drawing === undefined) return;
    this.#drawing.title = now === "" ? this.#title : `${this.#title}${EOL}${now}`;
  }

  /** Adds a line that stays. */
  note(text: string): void {
    if (this.#drawing === undefined) this.#earlier.push(text);
    else this.#drawing.output = text;
  }

  finish(): void {
    this.#end("finished");
  }

  /** Marks it as failed, unless it is finished. */
  fail(): void {
    this.#end("failed");
  }

  /** Says that it never began; ends it too, so that nothing waits for it. */
  leaveOut(): void {
    this.#leftOut = true;
    this.fail();
  }
}
