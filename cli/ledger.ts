import { BadInput, shown } from "../definition/bad-input.ts";
import { genesis, holdsHead, type LedgerEntry } from "../definition/ledger.ts";
import { ledgerIn } from "../operator/stack.ts";
import { ExitStatus } from "./exit-status.ts";
import { ledgerNotes, ledgerText } from "./ledger-text.ts";
import { operatedSystem, withSystem, type StackOptions } from "./operated-stack.ts";
import { printResult, type Console, type Subcommand } from "./subcommand.ts";

interface LedgerOptions extends StackOptions {
  readonly head?: string;
}

/** What `cutover ledger` answers. */
interface LedgerAnswer {
  readonly system: string;
  readonly stack: string;
  readonly entries: readonly LedgerEntry[];
  /** Hash of the last entry: publish it, and a later history that does not hold it was cut or rewritten. */
  readonly head: string;
  /** What is wrong, in words; empty when the chain holds. */
  readonly problems: readonly string[];
  /** Moves that no gate is known to have judged, or that happened although one refused, in words. */
  readonly notes: readonly string[];
}

const where = "cutover ledger";

/** `cutover ledger SYSTEM`: every move that happened, and whether the history is whole. Exit 1 when it is not. */
export const ledger: Subcommand = {
  name: "ledger",
  summary: "Show a system's moves, and verify that nobody changed their history",
  examples: ["ledger lms --stack prod"],
  declare: (command, run) => {
    withSystem(command)
      .option("--head <hash>", "head that was published earlier: the history must still hold it")
      .action(async (system: string, options: LedgerOptions) => {
        await run((console) => showLedger(system, options, console));
      });
  },
};

const showLedger = async (
  name: string,
  options: LedgerOptions,
  console: Console,
): Promise<ExitStatus> => {
  const { head } = options;
  if (head !== undefined && !/^[0-9a-f]{64}$/.test(head)) {
    const expected = "a hash that `cutover ledger` gave as the head, 64 hexadecimal digits";
    throw new BadInput({ where, key: "--head", found: shown(head), expected });
  }
  const operated = await operatedSystem(name, options, where, console);
  const { engine, workspace } = operated;
  const { entries, damage } = ledgerIn(await engine.outputs(workspace), operated);
  const answer: LedgerAnswer = {
    system: name,
    stack: workspace.stack,
    entries,
    head: entries.at(-1)?.hash ?? genesis,
    problems: [
      ...(damage === undefined ? [] : [damage]),
      ...(head === undefined || holdsHead(entries, head)
        ? []
        : [`the published head ${head.slice(0, 12)}… is not in it: it was cut or rewritten`]),
    ],
    notes: ledgerNotes(entries),
  };
  printResult(console, options, answer, () => inText(answer));
  return answer.problems.length === 0 ? ExitStatus.done : ExitStatus.refused;
};

const inText = (answer: LedgerAnswer): string => {
  const { system, stack, entries, head, problems, notes } = answer;
  return [
    `${system} on ${stack}`,
    ...(entries.length === 0 ? ["No move yet."] : ledgerText(entries)),
    ...notes.map((note) => `NOTE: ${note}.`),
    `Head ${head}`,
    ...(problems.length === 0
      ? ["The chain holds."]
      : problems.map((problem) => `DAMAGED: ${problem}.`)),
  ].join("\n");
};
