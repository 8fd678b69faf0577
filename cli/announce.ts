import { BadInput, shown, shownName } from "../definition/bad-input.ts";
import type { Communication } from "../definition/checks.ts";
import { filledIn, messageFields, type Message } from "../definition/message.ts";
import { toldNow } from "../operator/announcement.ts";
import type { OperatedSystem } from "../operator/stack.ts";
import { titleOf } from "../policies/rules/evidence/how-to-sign.ts";
import { ExitStatus } from "./exit-status.ts";
import { operatedSystem, withSystem, type StackOptions } from "./operated-stack.ts";
import { printResult, type Console, type Subcommand } from "./subcommand.ts";

interface AnnounceOptions extends StackOptions {
  readonly kind?: string;
}

/** What `cutover announce` answers. */
interface AnnounceAnswer {
  readonly system: string;
  readonly stack: string;
  readonly messages: readonly {
    readonly kind: string;
    readonly title: string;
    /** Role that sends it. */
    readonly sender: string;
    readonly audience: string;
    readonly due: string;
    /** Null where something that it tells is not known. */
    readonly text: string | null;
    /** What is not known, in words. */
    readonly missing: readonly string[];
  }[];
}

const where = "cutover announce";

/** `cutover announce SYSTEM`: the plan's messages as they read now. Exit 1 when one would have an empty field. */
export const announce: Subcommand = {
  name: "announce",
  summary: "Write a system's messages to people, filled in as things stand",
  examples: ["announce lms --stack prod", "announce lms --stack prod --kind status"],
  declare: (command, run) => {
    withSystem(command)
      .option("--kind <kind>", "the one message that is wanted; each of them when left out")
      .action(async (system: string, options: AnnounceOptions) => {
        await run(async (console) =>
          announceOf(await operatedSystem(system, options, where, console), options, console),
        );
      });
  },
};

/** Prints a system's messages. @throws BadInput for a kind that its plan does not have. */
export const announceOf = async (
  operated: OperatedSystem,
  options: AnnounceOptions,
  console: Console,
): Promise<ExitStatus> => {
  const { definition, workspace } = operated;
  const wanted = messagesOf(operated, options.kind);
  const told = await toldNow(operated);
  const answer: AnnounceAnswer = {
    system: definition.name,
    stack: workspace.stack,
    messages: wanted.map(({ communication: { title, sender, audience, due }, message }) => {
      const { text, missing } = filledIn(message, told);
      return {
        ...{ kind: message.kind, title, audience, due },
        sender: titleOf(operated.system, sender),
        text: missing.length === 0 ? text : null,
        missing: missing.map((field) => messageFields[field]),
      };
    }),
  };
  printResult(console, options, answer, () => inText(answer, options.kind));
  const whole = answer.messages.every(({ text }) => text !== null);
  return whole ? ExitStatus.done : ExitStatus.refused;
};

const messagesOf = (
  { definition: { name, communications } }: OperatedSystem,
  kind: string | undefined,
): readonly { readonly communication: Communication; readonly message: Message }[] => {
  const all = communications.flatMap((communication) =>
    communication.message === undefined ? [] : [{ communication, message: communication.message }],
  );
  if (all.length === 0) {
    throw new BadInput({
      where,
      key: "the system",
      found: `${shownName(name)}, whose plan has no text for a message`,
      expected: `message in communications in stacks/${name}.ts`,
    });
  }
  if (kind === undefined) return all;
  const found = all.filter(({ message }) => message.kind === kind);
  if (found.length > 0) return found;
  const kinds = all.map(({ message }) => message.kind);
  throw new BadInput({
    where,
    key: "--kind",
    found: shown(kind),
    expected: `one of ${kinds.join(", ")}`,
  });
};

/** One message alone is its text and nothing else, to be piped to whatever sends it. */
const inText = ({ messages }: AnnounceAnswer, kind: string | undefined): string =>
  messages
    .map(({ title, sender, audience, due, text, missing, ...message }) => {
      const body = text ?? `NOT READY: nobody knows ${missing.join(", nor ")}.`;
      return kind === undefined
        ? `${message.kind}: ${title}, from the ${sender} to ${audience}, ${due}\n\n${body}`
        : body;
    })
    .join("\n\n---\n\n");
