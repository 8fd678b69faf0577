import type { Unsigned } from "../../../rehearsal/people/rehearsal-people.ts";
import type { About } from "../../../policies/evidence/read-evidence.ts";
import { digest, genesis } from "../../../definition/ledger.ts";

/** What the statements of these tests are about. */
export const about: About = { system: "lms", stack: "prod", definition: digest("example") };

const head = {
  version: 1,
  ...about,
  at: "2026-01-10T23:55:00.000Z",
  until: "2026-01-11T07:55:00.000Z",
} as const;

export const theMove = { from: "canary", to: "half", sequence: 3, follows: genesis } as const;

/** The Release Manager's answers at Checkpoint 1. */
export const answered: Unsigned = {
  statement: "checkpoint",
  ...head,
  role: "releaseManager",
  move: theMove,
  checkpoint: "checkpoint-1",
  answers: [{ question: "Is the error rate acceptable?", answer: "yes" }],
};

export const approved: Unsigned = {
  statement: "approval",
  ...head,
  role: "devOps",
  move: theMove,
};

/** Somebody cannot wait for those who may order the way back. */
export const broken: Extract<Unsigned, { statement: "break-glass" }> = {
  statement: "break-glass",
  ...head,
  role: "devOps",
  move: theMove,
  statesThatThisHolds: ["Data reconciled by hand"],
  reason: "nobody answers",
};
