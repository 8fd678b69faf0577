import { z } from "zod";
import { name, sentence, span } from "./forms.ts";

const postureValue = z.union(
  [z.string(), z.number(), z.boolean(), z.array(z.string()), z.record(z.string(), z.string())],
  "a number, a word, true or false, a list of words, or a word for each plane",
);
const posture = z.record(z.string(), postureValue);

const authority = z.strictObject({
  by: z.array(sentence).min(1, "at least one role"),
  quorum: z.enum(["any", "all"]).optional(),
  alarmSuffices: z.boolean(),
  silenceOrdersAfter: span.optional(),
});

const noWayBack = { refused: sentence, wayForward: sentence };

const wayBack = {
  to: sentence,
  within: span,
  procedure: sentence.optional(),
  steps: z.array(z.strictObject({ title: sentence, lasts: span })).optional(),
  needs: z.array(sentence).optional(),
  until: z.strictObject({ fromStart: span, ...noWayBack }).optional(),
};
const otherwise = z.array(z.strictObject({ when: sentence, ...wayBack })).optional();

const exitCriteria = z.strictObject({
  soak: span.optional(),
  greenRequests: z.int().min(1, "a whole number of at least 1").optional(),
  checkpoint: z
    .union([sentence, z.array(sentence)], "the name of a checkpoint, or a list of them")
    .optional(),
  signedBy: z.array(sentence).optional(),
  signedInOrder: z.boolean().optional(),
  checklists: z.array(sentence).optional(),
  data: z.array(sentence).optional(),
  rehearsed: z.strictObject({ notOlderThan: span }).optional(),
  facts: z.array(sentence).optional(),
});

const stage = z.strictObject({
  name,
  title: sentence,
  set: posture,
  follows: posture.optional(),
  // Before T-0 it is negative.
  begins: z.strictObject({ milliseconds: z.number() }).optional(),
  shift: span.optional(),
  anyTime: sentence.optional(),
  timeLeft: span.optional(),
  passages: z
    .array(
      z.strictObject({
        name,
        title: sentence,
        follows: posture.optional(),
        within: span,
        otherwise: sentence,
      }),
    )
    .optional(),
  leave: exitCriteria.optional(),
  rollback: z
    .union([z.strictObject({ ...wayBack, otherwise }), z.strictObject(noWayBack)])
    .optional(),
  authority: authority.optional(),
});

const key = z.strictObject({
  meaning: sentence,
  form: z.enum(["weight", "seconds", "word", "words", "switch", "per plane"]),
  words: z.array(sentence).optional(),
  planes: z.array(sentence).optional(),
  default: postureValue.optional(),
});

/** Stages, the config that makes them or stands beside them, and the ways back. */
export const ladderShape = {
  config: z.record(z.string(), key),
  options: z.record(z.string(), key).optional(),
  maintenance: z.strictObject({ within: span, source: sentence }).optional(),
  ladder: z.array(stage).min(2, "at least two stages"),
  rollback: z.strictObject({ ...wayBack, otherwise, authority }),
};
