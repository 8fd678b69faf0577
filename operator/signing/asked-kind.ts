import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { BadInput, shown } from "../../definition/bad-input.ts";
import type { Plan } from "../../definition/plan.ts";
import type { SettledSystem } from "../../definition/system.ts";
import { days } from "../../definition/units.ts";
import type { StatementOf } from "../../policies/evidence/statement.ts";
import { plannedWindows } from "../../policies/rules/calendar/planned-windows.ts";

/** What a person signs, before it is known which move and which person it is about. */
export type AskedKind =
  | { readonly statement: "approval"; readonly plan?: string }
  | Pick<StatementOf<"checkpoint">, "statement" | "checkpoint" | "answers">
  | {
      readonly statement: "checklist";
      readonly checklist: string;
      readonly items?: readonly number[];
    }
  | Pick<
      StatementOf<"backup">,
      "statement" | "of" | "file" | "takenAt" | "bytes" | "sha256" | "previousBytes" | "restoredAt"
    >
  | Pick<StatementOf<"rehearsal">, "statement" | "ranAt" | "completed" | "rollbacks">
  | Pick<StatementOf<"notice">, "statement" | "sentAt" | "message">
  | Pick<StatementOf<"window-unused">, "statement" | "window" | "reason">
  | {
      readonly statement: "staging";
      /** Name of the stack. */
      readonly of: string;
    }
  | { readonly statement: "rollback" }
  | Pick<StatementOf<"break-glass">, "statement" | "reason">
  | {
      readonly statement: "glass-review";
      /** Number of the ledger's entry. */
      readonly sequence: number;
    };

/** The one thing of that name in the plan. @throws BadInput that lists the names when there is none. */
export const known = <T>(
  where: string,
  key: string,
  all: readonly T[],
  nameOf: (one: T) => string,
  wanted: string,
): T => {
  const found = all.find((one) => nameOf(one) === wanted);
  if (found !== undefined) return found;
  const expected = all.length === 0 ? "nothing: the plan has none" : all.map(nameOf).join(", ");
  throw new BadInput({ where, key, found: shown(wanted), expected });
};

/**
 * A checkpoint with an answer to each of its questions.
 * @param answers `yes` and `no`, parted by commas, in the order of the questions.
 * @throws BadInput that lists the questions when these are not their answers.
 */
export const checkpointAnswers = (
  plan: Pick<Plan, "checkpoints">,
  { where, name, answers }: { where: string; name: string; answers: string | undefined },
): Extract<AskedKind, { statement: "checkpoint" }> => {
  const checkpoint = known(where, "--checkpoint", plan.checkpoints, (one) => one.name, name);
  const given = answers?.split(",").map((answer) => answer.trim()) ?? [];
  const words = given.filter((answer) => answer === "yes" || answer === "no");
  if (words.length !== given.length || words.length !== checkpoint.questions.length) {
    const questions = checkpoint.questions.map(({ question }, at) => `${at + 1} ${question}`);
    throw new BadInput({
      where,
      key: "--answers",
      found: answers === undefined ? "not set" : shown(answers),
      expected: `yes or no for each, parted by commas: ${questions.join(" ")}`,
    });
  }
  return {
    statement: "checkpoint",
    checkpoint: name,
    answers: checkpoint.questions.map(({ question }, at) => ({
      question,
      answer: words[at] ?? "no",
    })),
  };
};

/** Titles of the items of a checklist that a role owns. @throws BadInput when it owns none, or none of that number. */
export const ownItems = (
  plan: Pick<Plan, "checklists">,
  {
    where,
    name,
    role,
    items,
  }: { where: string; name: string; role: string; items?: readonly number[] },
): readonly string[] => {
  const list = known(where, "--checklist", plan.checklists, (one) => one.name, name);
  const own = list.items.filter(({ owner }) => owner === role);
  const titles = own.map(({ title }) => title);
  const numbered = titles.map((title, at) => `${at + 1} ${title}`).join(", ");
  const chosen = (items ?? titles.map((_, at) => at + 1)).map((number) => titles[number - 1]);
  const done = chosen.filter((title) => title !== undefined);
  if (done.length === chosen.length && done.length > 0) return done;
  const owners = [...new Set(list.items.map(({ owner }) => owner))].join(", ");
  throw new BadInput({
    where,
    key: titles.length === 0 ? "--as" : "--items",
    found: titles.length === 0 ? shown(role) : shown(items?.join(",")),
    expected: titles.length === 0 ? `an owner of its items: ${owners}` : numbered,
  });
};

/** A backup as its file shows it. @throws BadInput when the plan has no such backup, or the file cannot be read. */
export const backupFile = async (
  plan: Pick<Plan, "backups">,
  {
    where,
    of,
    file,
    ...said
  }: { where: string; of: string; file: string } & Pick<
    StatementOf<"backup">,
    "takenAt" | "restoredAt"
  > & { readonly previousBytes?: number },
): Promise<Extract<AskedKind, { statement: "backup" }>> => {
  known(where, "--backup", plan.backups, (one) => one.of, of);
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    for await (const part of createReadStream(file)) {
      hash.update(part as Buffer);
      bytes += (part as Buffer).length;
    }
  } catch {
    throw new BadInput({ where, key: "--file", found: shown(file), expected: "the backup's file" });
  }
  const sha256 = hash.digest("hex");
  return { statement: "backup", of, file: basename(file), bytes, sha256, ...said };
};

/** How long ago a window may have been over, milliseconds. */
const aQuarter = days(92).milliseconds;

/**
 * When the last use of a window was over.
 * @param now milliseconds since the epoch.
 * @throws BadInput when the plan has no such window, or none that is over.
 */
export const closingOf = (
  { calendar }: Pick<SettledSystem, "calendar">,
  { where, window, now }: { where: string; window: string; now: number },
): string => {
  known(where, "--window-unused", calendar.windows, ({ title }) => title, window);
  const over = plannedWindows(calendar, { from: now - aQuarter, to: now }).filter(
    ({ title, to }) => title === window && to <= now,
  );
  const last = Math.max(...over.map(({ to }) => to));
  if (Number.isFinite(last)) return new Date(last).toISOString();
  const expected = "a window that is over: until then nobody knows whether it is used";
  throw new BadInput({ where, key: "--window-unused", found: shown(window), expected });
};
