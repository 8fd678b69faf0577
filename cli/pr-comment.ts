import { readFile } from "node:fs/promises";
import { BadInput } from "../definition/bad-input.ts";
import { ExitStatus } from "./exit-status.ts";
import { fromHere } from "./from-here.ts";
import { previewAnswer, type PreviewAnswer } from "./preview-answer.ts";
import { commentMark, previewMarkdown } from "./preview-markdown.ts";
import { printResult, type CommonOptions, type Console, type Subcommand } from "./subcommand.ts";

const where = "cutover pr-comment";

/** `cutover pr-comment FILE`: the comment on a pull request, from what `cutover preview --json` answered. */
export const prComment: Subcommand = {
  name: "pr-comment",
  summary: "Write a pull request's comment from a preview",
  examples: ["pr-comment docs/examples/preview-allowed.json"],
  declare: (command, run) => {
    command
      .argument("<file>", "what `cutover preview --json` printed")
      .action(async (file: string, options: CommonOptions) => {
        await run((console) => comment(file, options, console));
      });
  },
};

const comment = async (
  file: string,
  options: CommonOptions,
  console: Console,
): Promise<ExitStatus> => {
  const found = await read(file);
  const body = previewMarkdown(found);
  printResult(console, options, { mark: commentMark(found.stack), body }, () => body);
  return ExitStatus.done;
};

const read = async (file: string): Promise<PreviewAnswer> => {
  const wrong = (found: string): BadInput =>
    new BadInput({ where, key: file, found, expected: "what `cutover preview --json` printed" });
  let json: unknown;
  try {
    json = JSON.parse(await readFile(fromHere(file), "utf8"));
  } catch (error) {
    throw wrong(error instanceof SyntaxError ? "no JSON" : "unreadable");
  }
  const parsed = previewAnswer.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw wrong(`something else (${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""})`);
};
