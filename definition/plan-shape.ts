import { z } from "zod";
import { calendarShape } from "./calendar-shape.ts";
import { checksShape } from "./checks-shape.ts";
import { name, sentence, span } from "./forms.ts";
import { ladderShape } from "./ladder-shape.ts";
import { limitsShape } from "./limits-shape.ts";
import { peopleShape } from "./people-shape.ts";

/**
 * What can be told of a settled plan without knowing its names; its own words say what is expected. Programs run
 * without a type check, so a key that nobody knows is refused here: misspelt, it would leave out a gate.
 */
export const planShape = z.object({
  name,
  title: sentence,
  document: z.strictObject({
    id: sentence,
    version: sentence,
    date: sentence,
    classification: sentence,
    companions: z.array(z.strictObject({ title: sentence, location: sentence })),
  }),
  ...ladderShape,
  ...limitsShape,
  ...checksShape,
  ...peopleShape,
  calendar: calendarShape,
  retention: z.strictObject({
    oldSideFor: span,
    oldSideAtMost: span.optional(),
    oldSideStays: z.boolean().optional(),
    immediateRollbackFor: span,
    records: z.array(z.strictObject({ of: sentence, for: span, source: sentence })).optional(),
  }),
});
