import { mkdir, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import {
  brokenGlassSchema,
  digest,
  gateOutcomes,
  type LedgerAccount,
  type LedgerRecord,
} from "../definition/ledger.ts";
import { smallFile } from "./evidence/small-file.ts";
import type { Variables } from "./facts/sources.ts";
import type { Judgement } from "./judge.ts";
import type { Move } from "./move.ts";

/**
 * How a pack hands its verdicts to the program whose ledger keeps them. An engine starts both and connects
 * neither with the other, and a component's inputs must not differ between preview and update. So the pack
 * leaves a file in Pulumi's own folder of the user, and the program takes it when the traffic has moved.
 */
export type HandedVerdicts = Pick<LedgerAccount, "verdicts" | "evidence"> &
  Pick<LedgerRecord, "brokenGlass">;

/** The one move that verdicts are about. */
export interface HandedMove {
  readonly system: string;
  readonly stack: string;
  readonly from: string;
  readonly to: string;
  readonly sequence: number;
  /** Hash of the entry that the move follows. */
  readonly follows: string;
}

const schema = z.strictObject({
  /** When the verdict was given, milliseconds since the epoch by the wall clock. */
  at: z.number(),
  verdicts: z.record(z.string(), z.enum(gateOutcomes)),
  evidence: z.record(z.string(), z.string()),
  brokenGlass: brokenGlassSchema.exactOptional(),
});

/** How long a verdict waits for a disk that does not answer, milliseconds: it may be one on a way back. */
const aMoment = 500;

/** Far more than all gates with a file of evidence each. */
const mostBytes = 256_000;

const nobodyJudged: HandedVerdicts = { verdicts: {}, evidence: {} };

/** Leaves what a pack said of a move. Never throws and never waits long: then nobody is known to have judged. */
export const leaveVerdicts = async (
  { system, stack, from, to, place }: Move,
  { verdicts }: Pick<Judgement, "verdicts">,
  variables: Variables,
): Promise<void> => {
  if (place === undefined) return;
  const { sequence, follows } = place;
  const file = fileOf({ system, stack, from, to, sequence, follows }, variables);
  const [brokenGlass] = verdicts.flatMap(({ verdict }) =>
    verdict.outcome === "passed" ? (verdict.brokenGlass ?? []) : [],
  );
  const handed: z.infer<typeof schema> = {
    at: Date.now(),
    verdicts: Object.fromEntries(verdicts.map(({ rule, verdict }) => [rule, verdict.outcome])),
    evidence: Object.fromEntries(
      verdicts.flatMap(({ verdict }) =>
        verdict.outcome === "passed"
          ? (verdict.reliedOn ?? []).map(({ file: name, sha256 }) => [name, sha256] as const)
          : [],
      ),
    ),
    ...(brokenGlass !== undefined && { brokenGlass }),
  };
  const written = mkdir(folderOf(variables), { recursive: true, mode: 0o700 })
    .then(() => writeFile(file, JSON.stringify(handed), { mode: 0o600 }))
    .catch(() => undefined);
  await Promise.race([written, sleep(aMoment, undefined, { ref: false })]);
};

/**
 * Takes what a pack has said of a move in this update, and leaves none of it behind.
 * @param since when this update's program began, milliseconds since the epoch by the wall clock: what is older
 *   was said of an update before it.
 * @returns verdicts without an entry where no pack is known to have judged the move. Never throws.
 */
export const takeVerdicts = async (
  move: HandedMove,
  since: number,
  variables: Variables,
): Promise<HandedVerdicts> => {
  const file = fileOf(move, variables);
  try {
    const text = (await smallFile(file, mostBytes)).toString("utf8");
    await rm(file, { force: true });
    const { at, ...handed } = schema.parse(JSON.parse(text));
    return at >= since ? handed : nobodyJudged;
  } catch {
    return nobodyJudged;
  }
};

const fileOf = (move: HandedMove, variables: Variables): string =>
  join(folderOf(variables), `${digest(move)}.json`);

/** Nobody else may write there. */
const folderOf = ({ PULUMI_HOME: home }: Variables): string =>
  join(home === undefined || home === "" ? join(homedir(), ".pulumi") : home, "cutover-verdicts");
