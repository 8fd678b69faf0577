import { z } from "zod";
import { gateOutcomes } from "../definition/ledger.ts";

/** A resource that an update would change. */
const change = z.object({
  operation: z.string(),
  urn: z.string(),
  type: z.string(),
  keys: z.array(z.string()).readonly(),
});

const gate = z.object({
  policy: z.string(),
  outcome: z.enum(gateOutcomes),
  message: z.string(),
  nextPossibleAt: z.string().nullable(),
});

const judgement = z.object({
  allowed: z.boolean(),
  nextPossibleAt: z.string().nullable(),
  gates: z.array(gate).readonly(),
});

const weights = z.object({ blue: z.number(), green: z.number() });

const system = z.object({
  system: z.string(),
  title: z.string(),
  from: z.string(),
  to: z.string(),
  direction: z.enum(["begin", "forward", "back", "stay"]),
  weights: z.object({ before: weights, after: weights }),
  /** Digest of the definition. */
  definition: z.string(),
  /** What each gate says now; null where nothing moves, and at the first move, which the pack alone judges. */
  judgement: judgement.nullable(),
  /** Where rolling back from there lands and within how long, or why there is no way back. */
  back: z.union([
    z.object({ to: z.string(), withinMilliseconds: z.number() }),
    z.object({ refused: z.string(), wayForward: z.string() }),
  ]),
  /** What the update does to users by maintenance; null where it leaves that as it is. */
  maintenance: z.enum(["begins", "ends"]).nullable(),
  changes: z.array(change).readonly(),
});

const violation = z.object({
  policy: z.string(),
  pack: z.string(),
  /** `head`: the change's own pack; `base`: the base branch's. */
  by: z.enum(["head", "base"]),
  level: z.enum(["advisory", "mandatory"]),
  urn: z.string(),
  message: z.string(),
});

/** What `cutover preview --json` answers, and `cutover pr-comment` reads. */
export const previewAnswer = z.object({
  stack: z.string(),
  environment: z.string(),
  succeeded: z.boolean(),
  refused: z.boolean(),
  /** Canonical digest of the saved plan; null where none was saved. */
  planHash: z.string().nullable(),
  systems: z.array(system).readonly(),
  /** Changes that belong to no system. */
  others: z.array(change).readonly(),
  violations: z.array(violation).readonly(),
  errors: z.array(z.string()).readonly(),
});

export type PreviewAnswer = z.infer<typeof previewAnswer>;
export type SystemAnswer = z.infer<typeof system>;
export type PreviewedChange = z.infer<typeof change>;
export type PreviewedViolation = z.infer<typeof violation>;
