import type { Evidence } from "../evidence/evidence.ts";
import type { About } from "../evidence/read-evidence.ts";
import type { LedgerPlace } from "../move.ts";
import { known, unknown, type Reading } from "./reading.ts";

/** Where the words of people lie, and where it is seen who changed what. */
export interface PeopleConnection {
  /** Folder with `allowed_signers`, `people.yaml` and a folder for each system. */
  readonly evidence: string;
  /** Checkout with the stack files and definitions; a rehearsal has none, and its operator changes all. */
  readonly checkout: string | undefined;
  /** Saved plan that the update keeps to, if it says so. */
  readonly plan: string | undefined;
}

/** Reads what people state, and who changed what they state it about. */
export interface PeopleReader {
  evidence(about: About): Promise<Reading<Evidence>>;
  /** Names of the people whose commits since the move's place in the ledger make the move. */
  changeAuthors(move: {
    readonly system: string;
    readonly stack: string;
    readonly place?: LedgerPlace;
  }): Promise<Reading<readonly string[]>>;
  /** Digest of the saved plan that the update keeps to; empty when it keeps to none. */
  runningPlan(): Promise<Reading<string>>;
}

/** Who changes the stack's values in a rehearsal: none of the plan's people. */
export const rehearsalOperator = "the rehearsal's operator";

/** A reader of files on this machine; what it needs is loaded when a rule first asks. */
export const peopleReader = ({ evidence, checkout, plan }: PeopleConnection): PeopleReader => ({
  evidence: async (about) => {
    const { readEvidence } = await import("../evidence/read-evidence.ts");
    return reading(() => readEvidence(evidence, about));
  },
  changeAuthors: async (move) => {
    if (checkout === undefined) return known([rehearsalOperator]);
    const { changeAuthors } = await import("../evidence/change-authors.ts");
    const { readTrust } = await import("../evidence/read-evidence.ts");
    return reading(async () => changeAuthors(checkout, move, (await readTrust(evidence)).people));
  },
  runningPlan: async () => {
    if (plan === undefined) return known("");
    const { savedPlanHash } = await import("../../definition/saved-plan-hash.ts");
    const { smallFile } = await import("../evidence/small-file.ts");
    return reading(async () =>
      savedPlanHash((await smallFile(plan, longestPlan)).toString("utf8"), "CUTOVER_PLAN"),
    );
  },
});

const longestPlan = 64_000_000;

const reading = async <T>(read: () => Promise<T>): Promise<Reading<T>> => {
  try {
    return known(await read());
  } catch (error) {
    return unknown(error instanceof Error ? error.message : String(error));
  }
};
