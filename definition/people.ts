import type { Open } from "./tbd.ts";

/** A seat in the war room: one person, whatever the plan's chapters call it. */
export interface Role {
  readonly title: string;
  readonly alsoCalled?: readonly string[];
  readonly decides: string;
}

/** Who is called, and where the number is kept: never in plain text. */
export interface Contact<RoleName extends string = string> {
  readonly role: RoleName;
  /** Config key, set with `pulumi config set --secret`, that holds name, phone and e-mail. */
  readonly secret: string;
}

/** Where people talk during the night. */
export interface WarRoom {
  readonly chat: string;
  readonly incidents: string;
  /** Name of the Slack workspace as Datadog knows it. */
  readonly slackAccount: Open<string>;
  /**
   * Service of PagerDuty, as Datadog's integration knows it, that alarms which order the way back page as well. Its key
   * is Datadog's alone.
   */
  readonly pager?: Open<string>;
  readonly bridge: Open<string>;
  readonly statusPage: Open<string>;
  /** The rules of the room, one sentence each. */
  readonly protocol: readonly string[];
}
