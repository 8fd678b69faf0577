import { z } from "zod";

const condition = z.object({
  Field: z.string(),
  HostHeaderConfig: z.object({ Values: z.array(z.string()).default([]) }).optional(),
  HttpHeaderConfig: z
    .object({ HttpHeaderName: z.string().optional(), Values: z.array(z.string()).default([]) })
    .optional(),
});

const action = z.object({
  Type: z.string(),
  Order: z.int().optional(),
  ForwardConfig: z
    .object({
      TargetGroups: z
        .array(z.object({ TargetGroupArn: z.string(), Weight: z.int().default(1) }))
        .default([]),
      TargetGroupStickinessConfig: z
        .object({ Enabled: z.boolean().optional(), DurationSeconds: z.int().optional() })
        .optional(),
    })
    .optional(),
});

/** The rules of a listener, as far as anything here asks for them. */
export const listenerRules = z.array(
  z.object({
    RuleArn: z.string(),
    /** `default` for the one that takes what no other does. */
    Priority: z.string(),
    Conditions: z.array(condition).default([]),
    Actions: z.array(action).default([]),
  }),
);

export type ListenerRule = z.infer<typeof listenerRules>[number];
export type TargetGroupTuple = NonNullable<
  ListenerRule["Actions"][number]["ForwardConfig"]
>["TargetGroups"][number];

/** The hosts of a rule; undefined where it takes every host. */
export const hostsOf = ({ Conditions }: ListenerRule): readonly string[] | undefined =>
  Conditions.find(({ Field }) => Field === "host-header")?.HostHeaderConfig?.Values;

/** The conditions of a rule beside its hosts. */
export const otherConditions = ({ Conditions }: ListenerRule): ListenerRule["Conditions"] =>
  Conditions.filter(({ Field }) => Field !== "host-header");

/** The forwarding action of a rule. */
export const forwardOf = ({ Actions }: ListenerRule): ListenerRule["Actions"][number] | undefined =>
  Actions.find(({ Type, ForwardConfig }) => Type === "forward" && ForwardConfig !== undefined);

/** A value of a condition as a rule understands it: `*` stands for any text, `?` for one character. */
export const conditionPattern = (value: string, flags = "i"): RegExp =>
  new RegExp(
    `^${value
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    flags,
  );
