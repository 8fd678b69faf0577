import { z } from "zod";
import { name, sentence, span, wallTime } from "./forms.ts";
import { messageFields, unknownFields } from "./message.ts";
import { slotTime } from "./timeline.ts";

const roles = z.array(sentence);
const rolesOrEveryone = z.union([roles, z.literal("everyone")], "a list of roles, or everyone");

const message = z.strictObject({
  kind: name,
  says: z
    .array(
      sentence.refine(
        (line) => unknownFields(line).length === 0,
        `a line whose words in braces are among ${Object.keys(messageFields).join(", ")}`,
      ),
    )
    .min(1, "at least one line"),
});

const slot = z.strictObject({
  at: z.string().regex(slotTime, "a time as HH:MM, T+H:MM or T-H:MM"),
  activity: sentence,
  owner: sentence,
  lasts: span.optional(),
  movesTo: sentence.optional(),
  maintenance: z.enum(["on", "off"]).optional(),
  optional: z.boolean().optional(),
  involved: z
    .strictObject({ accountable: sentence, consulted: rolesOrEveryone, informed: rolesOrEveryone })
    .optional(),
});

const criteria = z.array(
  z.strictObject({ title: sentence, measuredBy: sentence, source: sentence }),
);

/** Who does what when, and who is told. */
export const peopleShape = {
  roles: z.record(
    z.string(),
    z.strictObject({
      title: sentence,
      alsoCalled: z.array(sentence).optional(),
      decides: sentence,
    }),
  ),
  contacts: z.array(z.strictObject({ role: sentence, secret: sentence })),
  warRoom: z.strictObject({
    chat: sentence,
    incidents: sentence,
    slackAccount: sentence,
    pager: z
      .string()
      .regex(/^[\w-]+$/, "a service's name in letters, digits, _ and -")
      .optional(),
    bridge: sentence,
    statusPage: sentence,
    protocol: z.array(sentence),
  }),
  preparation: z.array(
    z.strictObject({
      before: span,
      activity: sentence,
      owner: sentence,
      lasts: span.optional(),
      source: sentence,
    }),
  ),
  night: z.strictObject({ beginsAt: wallTime, slots: z.array(slot) }),
  communications: z.array(
    z.strictObject({
      title: sentence,
      sender: sentence,
      audience: sentence,
      due: sentence,
      atLeastBefore: span.optional(),
      every: span.optional(),
      message: message.optional(),
      source: sentence,
    }),
  ),
  followUps: z.array(
    z.strictObject({
      title: sentence,
      owner: sentence,
      due: z.union(
        [z.strictObject({ within: span }), z.literal("next business day")],
        "within a duration, or next business day",
      ),
      source: sentence,
    }),
  ),
  success: criteria,
  done: criteria,
};
