import * as z from "zod";
import { standIn } from "../stand-in.ts";
import {
  answeringDatadog,
  awaitedDatadog,
  definedOnly,
  removeIfThere,
  type DatadogAccount,
} from "./datadog-account.ts";

/** Inputs of `datadog.slack.Channel`; other inputs are refused. */
export const slackChannelInputs = z.strictObject({
  accountName: z.string().min(1),
  channelName: z
    .string()
    .regex(/^#[a-z0-9][a-z0-9_-]{0,79}$/, "is no Slack channel, such as #incidents"),
  display: z.strictObject({
    message: z.boolean().optional(),
    muteButtons: z.boolean().optional(),
    notified: z.boolean().optional(),
    snapshot: z.boolean().optional(),
    tags: z.boolean().optional(),
  }),
});

type ChannelInputs = z.infer<typeof slackChannelInputs>;

/** The name by which monitors reach the channel. */
const idOf = ({ accountName, channelName }: ChannelInputs): string =>
  `${accountName}:${channelName}`;

/** Acts for `datadog.slack.Channel` on the channels that Datadog may post to. */
export const slackChannel = standIn<ChannelInputs, DatadogAccount>({
  type: "datadog:slack/channel:Channel",
  inputs: slackChannelInputs,
  replaceOn: ["accountName"],
  idOf,
  create: async (given, account, { signal }) => {
    const { slackChannels } = await awaitedDatadog(account, signal);
    slackChannels.create(idOf(given), given);
    return { id: idOf(given), outputs: definedOnly(given) };
  },
  update: async (id, given, account, { signal }) => {
    const { slackChannels } = await awaitedDatadog(account, signal);
    slackChannels.update(id, given);
    return definedOnly(given);
  },
  delete: async (id, account, { signal }) => {
    const { slackChannels } = await awaitedDatadog(account, signal);
    removeIfThere(() => slackChannels.remove(id));
  },
  read: (id, account) => {
    const found = answeringDatadog(account).slackChannels.get(id);
    return found === undefined ? undefined : { inputs: { ...found }, outputs: { ...found } };
  },
});
