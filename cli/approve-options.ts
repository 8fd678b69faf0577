import { BadInput } from "../definition/bad-input.ts";
import type { Plan } from "../definition/plan.ts";
import { hours } from "../definition/units.ts";
import { readSavedPlan } from "../operator/saved-plan.ts";
import { backupFile, checkpointAnswers, type AskedKind } from "../operator/signing/asked-kind.ts";
import { noticeSent } from "../operator/signing/notice-sent.ts";
import { rehearsalResults } from "../operator/signing/rehearsal-results.ts";
import { isAboutMove } from "../operator/signing/statement-parts.ts";
import { glassCounts } from "../policies/rules/evidence/broken-glass.ts";
import { fromHere } from "./from-here.ts";
import { instantOption } from "./instant-option.ts";
import { numberOption } from "./number-option.ts";
import type { StackOptions } from "./operated-stack.ts";

/** Words after `cutover approve`. */
export interface ApproveOptions extends StackOptions {
  readonly to?: string;
  readonly as?: string;
  readonly key?: string;
  readonly validFor?: string;
  readonly plan?: string;
  readonly checkpoint?: string;
  readonly answers?: string;
  readonly checklist?: string;
  readonly items?: string;
  readonly backup?: string;
  readonly file?: string;
  readonly taken?: string;
  readonly restored?: string;
  readonly previousBytes?: string;
  readonly rehearsal?: readonly string[];
  readonly notice?: string;
  readonly message?: string;
  readonly windowUnused?: string;
  readonly because?: string;
  readonly staging?: string;
  readonly rollback?: true;
  readonly breakGlass?: true;
  readonly reviewBreakGlass?: string;
}

/**
 * What a person wants to sign, as the options say it.
 * @param definition digest of the definition that it is about.
 * @throws BadInput for options that do not go together, or that the plan does not know.
 */
export const approvedKind = async (
  where: string,
  plan: Plan,
  options: ApproveOptions,
  definition: string,
): Promise<AskedKind> => {
  const { checkpoint, checklist, backup, rehearsal, notice, windowUnused, staging } = options;
  const { rollback, breakGlass, reviewBreakGlass } = options;
  const kinds = Object.entries({
    checkpoint,
    checklist,
    backup,
    rehearsal,
    notice,
    "window-unused": windowUnused,
    staging,
    rollback,
    "break-glass": breakGlass,
    "review-break-glass": reviewBreakGlass,
  }).filter(([, value]) => value !== undefined);
  if (kinds.length > 1) {
    const found = kinds.map(([key]) => `--${key}`).join(" and ");
    throw new BadInput({ where, found, expected: "one of them" });
  }
  if (checkpoint !== undefined) {
    return checkpointAnswers(plan, { where, name: checkpoint, answers: options.answers });
  }
  if (checklist !== undefined) {
    const items = options.items
      ?.split(",")
      .map((text) =>
        numberOption(where, "--items", text.trim(), { from: 1, to: 200, whole: true }),
      );
    return { statement: "checklist", checklist, ...(items !== undefined && { items }) };
  }
  if (backup !== undefined) {
    const { file = "", taken = "", restored = "", previousBytes } = options;
    const range = { from: 0, to: Number.MAX_SAFE_INTEGER, whole: true } as const;
    return backupFile(plan, {
      where,
      of: backup,
      file: file === "" ? file : fromHere(file),
      takenAt: instantOf(where, "--taken", taken),
      restoredAt: instantOf(where, "--restored", restored),
      ...(previousBytes !== undefined && {
        previousBytes: numberOption(where, "--previous-bytes", previousBytes, range),
      }),
    });
  }
  if (rehearsal !== undefined) {
    return rehearsalResults(where, rehearsal.map(fromHere), { system: plan.name, definition });
  }
  if (notice !== undefined) {
    const sentAt = instantOf(where, "--notice", notice);
    return noticeSent(plan, { where, sentAt, message: options.message });
  }
  if (windowUnused !== undefined) {
    return {
      statement: "window-unused",
      window: windowUnused,
      reason: reasonIn(where, options.because, 1_000),
    };
  }
  if (staging !== undefined) return { statement: "staging", of: staging };
  if (rollback === true) return { statement: "rollback" };
  if (breakGlass === true) {
    // Told in one line wherever the move is told of, so that what it is made of is plain.
    const reason = reasonIn(where, options.because, 300).replaceAll(
      /[^\p{L}\p{M}\p{N}\p{P}\p{S}]+/gu,
      " ",
    );
    return { statement: "break-glass", reason };
  }
  if (reviewBreakGlass !== undefined) {
    const range = { from: 1, to: Number.MAX_SAFE_INTEGER, whole: true } as const;
    const sequence = numberOption(where, "--review-break-glass", reviewBreakGlass, range);
    return { statement: "glass-review", sequence };
  }
  const { plan: file } = options;
  return {
    statement: "approval",
    ...(file !== undefined && { plan: (await readSavedPlan(fromHere(file))).hash }),
  };
};

const instantOf = (where: string, key: string, text: string): string =>
  new Date(instantOption(where, key, text)).toISOString();

const reasonIn = (where: string, because = "", longest: number): string => {
  const reason = because.trim();
  if (reason !== "" && reason.length <= longest) return reason;
  const found = reason === "" ? "not set" : `${reason.length} characters`;
  const expected = `why, in at most ${longest} characters`;
  throw new BadInput({ where, key: "--because", found, expected });
};

/**
 * How long a statement counts at the most, hours: unless said, a day for a word on one move, and a month for
 * what the plan itself lets grow old. Who breaks the glass has an hour.
 * @throws BadInput for what is no span of up to a month, or up to that hour.
 */
export const validHoursOf = (
  where: string,
  { validFor }: ApproveOptions,
  kind: AskedKind,
): number => {
  const breaks = kind.statement === "break-glass";
  const to = breaks ? glassCounts.milliseconds / hours(1).milliseconds : aMonth;
  if (validFor !== undefined)
    return numberOption(where, "--valid-for", validFor, { from: 0.1, to });
  return isAboutMove(kind) && !breaks ? 24 : to;
};

const aMonth = 720;
