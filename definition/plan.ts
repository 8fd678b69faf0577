import type { Calendar } from "./calendar.ts";
import type {
  Checklist,
  Checkpoint,
  Communication,
  Criterion,
  FollowUp,
  SmokeTest,
  TestAccount,
} from "./checks.ts";
import type { Comparison } from "./comparison.ts";
import type { DataCheck } from "./figure.ts";
import type { Maintenance } from "./maintenance.ts";
import type { Contact, Role, WarRoom } from "./people.ts";
import type { ConfigKey } from "./posture.ts";
import type { Readiness } from "./readiness.ts";
import type { RollbackAuthority, Stage, WayBack } from "./stage.ts";
import type { AlarmEvaluation, Limit, Threshold } from "./thresholds.ts";
import type { Night, Preparation } from "./timeline.ts";
import type { Duration, Percentage } from "./units.ts";

export type { RollbackAuthority } from "./stage.ts";

/** The document that a plan was taken from. */
export interface PlanDocument {
  readonly id: string;
  readonly version: string;
  readonly date: string;
  readonly classification: string;
  readonly companions: readonly { readonly title: string; readonly location: string }[];
}

/** A backup that must exist before the data is touched. */
export interface Backup<RoleName extends string = string, StageName extends string = string> {
  readonly of: string;
  readonly owner: RoleName;
  /** Its age when the migration starts, at the most. */
  readonly notOlderThan: Duration;
  /** The stage in which it must have been made, when an earlier one would be too old. */
  readonly madeIn?: StageName;
  /** Size against the one before. */
  readonly size?: { readonly atLeast: Percentage; readonly atMost: Percentage };
  /** Size in millions of bytes, at the least. */
  readonly leastMegabytes?: number;
  readonly verifiedBy: readonly string[];
  readonly source: string;
}

/** How long the old side is kept after the last stage. */
export interface Retention {
  /** At the least. */
  readonly oldSideFor: Duration;
  /** At the most, where the plan ends its life. */
  readonly oldSideAtMost?: Duration;
  /** Whether the old side is never removed, because it stays as the other side's replica. */
  readonly oldSideStays?: boolean;
  /** Span in which rolling back needs no repair of data. */
  readonly immediateRollbackFor: Duration;
  /** What else is kept, at the least this long. */
  readonly records?: readonly KeptRecord[];
}

/** How far staging must have gone, with the very same definition, before production moves up. */
export interface StagedFirst<StageName extends string = string, RoleName extends string = string> {
  readonly reached: StageName;
  /** Who signs for staging's history. */
  readonly by: RoleName;
  /** Since that stage was reached. */
  readonly notOlderThan: Duration;
  readonly source: string;
}

/** Something besides the old side that must not be deleted early. */
export interface KeptRecord {
  readonly of: string;
  readonly for: Duration;
  readonly source: string;
}

/** A limit on time that the cutover as a whole may use. */
export interface TimeBudget {
  readonly name: string;
  readonly title: string;
  /** What is added up. */
  readonly of: "whole cutover" | "downtime" | "write freeze" | "validation";
  readonly limit: Limit<Duration>;
  /** What people do when it is passed: they go back, they go no further, or they say so in the report. */
  readonly passed: "roll back" | "refuse" | "report";
  readonly source: string;
}

/** The plan of a cutover, whatever it moves and however the traffic is carried. */
export interface Plan<StageName extends string = string, RoleName extends string = string> {
  /** Namespace of its config keys and name of its file in `stacks/`. */
  readonly name: string;
  readonly title: string;
  readonly document: PlanDocument;
  readonly roles: Readonly<Record<RoleName, Role>>;
  readonly contacts: readonly Contact<RoleName>[];
  readonly warRoom: WarRoom;
  readonly calendar: Calendar;
  /** The config keys whose values make a stage. */
  readonly config: Readonly<Record<string, ConfigKey>>;
  /** Config keys beside the ladder: they make no stage, and moving between stages leaves them alone. */
  readonly options?: Readonly<Record<string, ConfigKey>>;
  /** Where users may be shown a page instead of an answer; never, unless said. */
  readonly maintenance?: Maintenance;
  /** From the first stage to the last; one step forward at a time. */
  readonly ladder: readonly Stage<StageName>[];
  readonly rollback: WayBack<StageName> & { readonly authority: RollbackAuthority<RoleName> };
  readonly thresholds: readonly Threshold<StageName>[];
  readonly comparisons?: readonly Comparison<StageName>[];
  readonly alarms: AlarmEvaluation;
  readonly budgets?: readonly TimeBudget[];
  readonly staged?: StagedFirst<StageName, RoleName>;
  readonly backups: readonly Backup<RoleName, StageName>[];
  readonly preparation: readonly Preparation<RoleName>[];
  readonly night: Night<StageName, RoleName>;
  readonly checklists: readonly Checklist<RoleName>[];
  readonly checkpoints: readonly Checkpoint<StageName, RoleName>[];
  readonly readiness?: Readiness<StageName>;
  /** Figures about the data that stages name. */
  readonly dataChecks?: readonly DataCheck[];
  readonly smokeTests: readonly SmokeTest[];
  /** Who they are to the system; nobody in particular unless said. */
  readonly testAccount?: TestAccount;
  readonly communications: readonly Communication<RoleName>[];
  readonly followUps: readonly FollowUp<RoleName>[];
  readonly success: readonly Criterion[];
  readonly done: readonly Criterion[];
  readonly retention: Retention;
}
