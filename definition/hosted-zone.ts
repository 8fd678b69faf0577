import { z } from "zod";

/** Id of a hosted zone of Route 53. */
export const hostedZoneId = z
  .string()
  .regex(/^Z[0-9A-Z]{1,31}$/, "the id of a hosted zone alone, for example Z0123456789ABC");

const wholeSeconds = "whole seconds, at least 1: a TTL has no parts of a second";

/** For how long resolvers may keep a record's answer. */
export const recordTtl = z.object(
  {
    milliseconds: z.number(wholeSeconds).refine((of) => of > 0 && of % 1_000 === 0, wholeSeconds),
  },
  wholeSeconds,
);
