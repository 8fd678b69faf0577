import { Channel } from "@pulumi/datadog/slack/channel.js";
import * as pulumi from "@pulumi/pulumi";
import type { SettledSystem } from "../definition/system.ts";

export interface NotificationsArgs {
  readonly warRoom: SettledSystem["warRoom"];
}

/** The chat channels of the war room, as Datadog may post to them, and who is paged. */
export class Notifications extends pulumi.ComponentResource {
  /** What a monitor's message ends with, so that it reaches the incident channel. */
  readonly handle: pulumi.Output<string>;
  /** With it a message pages somebody as well. */
  readonly urgentHandle: pulumi.Output<string>;

  constructor(name: string, args: NotificationsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cutover:datadog:Notifications", name, {}, opts);
    const { slackAccount, incidents, chat, pager } = args.warRoom;
    const [incidentChannel] = [incidents, chat].map(
      (channel) =>
        new Channel(
          `${name}-${channel}`,
          {
            accountName: slackAccount,
            channelName: `#${channel}`,
            display: { message: true, notified: true, snapshot: true, tags: true },
          },
          { parent: this },
        ),
    );
    // The channel must be known to Datadog before a monitor names it.
    this.handle = (incidentChannel ?? this).urn.apply(() => `@slack-${slackAccount}-${incidents}`);
    this.urgentHandle =
      pager === undefined ? this.handle : pulumi.interpolate`${this.handle} @pagerduty-${pager}`;
    this.registerOutputs({ handle: this.handle, urgentHandle: this.urgentHandle });
  }
}
