import { BadInput, shown, shownName } from "../definition/bad-input.ts";
import { rung, wayBackFrom } from "../definition/ladder.ts";
import type { LedgerEntry } from "../definition/ledger.ts";
import type { AskedKind } from "../operator/signing/asked-kind.ts";
import { askedRoles, signingRole } from "../operator/signing/asked-role.ts";
import { wayBackToReview } from "../operator/signing/glass.ts";
import { signStatement, type SignedFiles } from "../operator/signing/sign-statement.ts";
import { signerWith } from "../operator/signing/signer.ts";
import {
  completed,
  digestInStack,
  isAboutMove,
  moveTo,
  statementHead,
} from "../operator/signing/statement-parts.ts";
import { stagingHistory } from "../operator/signing/staging-history.ts";
import { connectionsOf, ledgerIn, type OperatedSystem } from "../operator/stack.ts";
import type { Statement, StatementOf } from "../policies/evidence/statement.ts";
import { openSources } from "../policies/facts/sources.ts";
import { approvedKind, validHoursOf, type ApproveOptions } from "./approve-options.ts";
import { ExitStatus } from "./exit-status.ts";
import { fromHere } from "./from-here.ts";
import { operatedSystem, withSystem } from "./operated-stack.ts";
import { printResult, type Console, type Subcommand } from "./subcommand.ts";

/** What `cutover approve` answers. */
interface ApproveAnswer extends SignedFiles {
  readonly person: string;
  readonly statement: Statement;
}

const where = "cutover approve";

/** `cutover approve SYSTEM`: makes a statement and signs it with the person's own key. */
export const approve: Subcommand = {
  name: "approve",
  summary: "Sign for a move, a checkpoint, a checklist, a backup, a notice or a rollback",
  examples: [
    "approve lms --stack prod --checklist an-hour-before",
    "approve lms --stack prod --checkpoint checkpoint-1",
    "approve lms --stack prod --rollback --as releaseManager",
  ],
  declare: (command, run) => {
    withSystem(command)
      .option("--to <stage>", "stage that the move leads to; the next one when left out")
      .option(
        "--as <role>",
        "role in which you sign, where you have more than one that is asked for",
      )
      .option("--key <file>", "your SSH key; one of OpenSSH's usual ones when left out")
      .option("--valid-for <hours>", "how long it counts, within what the plan allows")
      .option("--plan <file>", "saved plan that you have reviewed; your word is for it alone")
      .option("--checkpoint <name>", "answer a checkpoint's questions")
      .option("--answers <list>", "yes or no for each question, parted by commas")
      .option("--checklist <name>", "sign that your items of a checklist are done")
      .option("--items <numbers>", "only these of your items, counted from 1, parted by commas")
      .option("--backup <name>", "sign for a backup that was read back")
      .option("--file <file>", "the backup's file")
      .option("--taken <instant>", "when the backup was complete")
      .option("--restored <instant>", "when it was restored, or listed whole, without an error")
      .option("--previous-bytes <n>", "size of the backup before it")
      .option(
        "--rehearsal <file>",
        "what `cutover rehearse --json` printed; may be given more than once",
        (value: string, before: readonly string[] | undefined) => [...(before ?? []), value],
      )
      .option("--notice <instant>", "say when the date of the cutover was announced")
      .option("--message <title>", "which of the plan's messages that was, where it was one")
      .option("--window-unused <title>", "say that a window is over and nobody used it")
      .option("--because <reason>", "why nobody used the window, or why the way back cannot wait")
      .option("--staging <stack>", "say that a stack of staging went through this definition")
      .option("--rollback", "order the way back, before or after it is taken")
      .option(
        "--break-glass",
        "let a way back go that nobody who may order it can order now: you state that what it needs holds",
      )
      .option(
        "--review-break-glass <number>",
        "entry of the ledger whose way back went without its order, and which you have looked at",
      )
      .action(async (system: string, options: ApproveOptions) => {
        await run((console) => sign(system, options, console));
      });
  },
};

const sign = async (
  name: string,
  options: ApproveOptions,
  console: Console,
): Promise<ExitStatus> => {
  const operated = await operatedSystem(name, options, where, console);
  const { definition } = operated;
  const digest = digestInStack(operated);
  const kind = await approvedKind(where, definition, options, digest);
  const validHours = validHoursOf(where, options, kind);
  const { folder, now } = await surroundings(operated);
  const head = statementHead(operated, { definition: digest, now, validHours });
  const keyFile = options.key === undefined ? undefined : fromHere(options.key);
  const signer = await signerWith({ keyFile, folder, system: name, where });
  const move = isAboutMove(kind) ? await moveFor(operated, kind, options.to) : undefined;
  const { person } = signer;
  const reviewed =
    kind.statement === "glass-review"
      ? wayBackToReview(where, definition, await historyOf(operated), {
          ...{ sequence: kind.sequence, person },
        })
      : undefined;
  const asked = askedRoles(definition, kind, (move ?? reviewed)?.from);
  const role = signingRole(where, options.as, signer, asked);
  const said = { ...head, by: signer.principal, role };
  const staging =
    kind.statement === "staging"
      ? await stagingHistory(where, operated, { stack: kind.of, definition: digest })
      : undefined;
  const entry = reviewed && { sequence: reviewed.sequence, hash: reviewed.hash };
  const statement = completed(where, operated.system, { kind, said, move, staging, entry });
  const { trust } = signer;
  const files = await signStatement({ statement, folder, keyFile: signer.keyFile, trust, where });
  const answer: ApproveAnswer = { ...files, person, statement };
  printResult(console, options, answer, () => inText(answer));
  return ExitStatus.done;
};

const historyOf = async (operated: OperatedSystem): Promise<readonly LedgerEntry[]> =>
  ledgerIn(await operated.engine.outputs(operated.workspace), operated).entries;

/** Where the gates of this stack look for what people sign, and by which clock. */
const surroundings = async (
  operated: OperatedSystem,
): Promise<{ readonly folder: string; readonly now: number }> => {
  const { definition } = operated;
  const connections = connectionsOf(operated);
  const people = connections.known ? connections.value.people : connections;
  const now = connections.known ? await openSources(connections.value).now() : connections;
  if (people.known && now.known) return { folder: people.value.evidence, now: now.value };
  const found = people.known ? (now.known ? "" : now.reason) : people.reason;
  throw new BadInput({ where, found, expected: `the stack's own terminal (${definition.name})` });
};

const moveFor = async (
  operated: OperatedSystem,
  { statement }: AskedKind,
  to: string | undefined,
): Promise<StatementOf<"approval">["move"]> => {
  const { definition } = operated;
  const stages = definition.ladder.map(({ name }) => name);
  if (to !== undefined && !stages.includes(to)) {
    throw new BadInput({ where, key: "--to", found: shown(to), expected: stages.join(", ") });
  }
  return moveTo(operated, (standing) => {
    const here = standing === undefined ? -1 : rung(definition, standing);
    if (statement !== "rollback" && statement !== "break-glass") {
      const next = to ?? stages[here + 1];
      if (next !== undefined && next !== standing) return next;
      throw new BadInput({
        where,
        key: "--to",
        found: to === undefined ? "not set, and no stage comes next" : shown(to),
        expected: `a stage other than ${shownName(standing ?? "")}, where it stands`,
      });
    }
    const back = here < 0 ? undefined : wayBackFrom(definition, stages[here] ?? "");
    return to ?? (back !== undefined && "to" in back ? back.to : definition.rollback.to);
  });
};

const inText = ({ file, person, statement }: ApproveAnswer): string =>
  [
    `${person} has signed as ${statement.role}: ${statement.statement} for ${statement.system} on ${statement.stack}${"move" in statement ? `, ${statement.move.from} → ${statement.move.to}` : ""}.`,
    `It counts until ${statement.until} at the latest.`,
    ...(statement.statement === "break-glass"
      ? [
          `${person} states that this holds: ${statement.statesThatThisHolds.join("; ")}.`,
          "Nothing moves up again until one of those who may order the way back has reviewed it.",
        ]
      : []),
    file,
    `${file}.sig`,
  ].join("\n");
