import type { Calendar } from "./calendar.ts";
import type {
  Checklist,
  Checkpoint,
  Communication,
  Criterion,
  FollowUp,
  SmokeTest,
} from "./checks.ts";
import type { Contact, Role, WarRoom } from "./people.ts";
import type { ConfigKey } from "./posture.ts";
import type { Stage, WayBack } from "./stage.ts";
import type { AlarmEvaluation, Threshold } from "./thresholds.ts";
import type { Night, Preparation } from "./timeline.ts";
import type { Duration, Percentage } from "./units.ts";

/** The document that a plan was taken from. */
export interface PlanDocument {
  readonly id: string;
  readonly version: string;
  readonly date: string;
  readonly classification: string;
  readonly companions: readonly { readonly title: string; readonly location: string }[];
}

/** A backup that must exist before the data is touched. */
export interface Backup<RoleName extends string = string> {
  readonly of: string;
  readonly owner: RoleName;
  /** Its age when the migration starts, at the most. */
  readonly notOlderThan: Duration;
  /** Size against the one before. */
  readonly size: { readonly atLeast: Percentage; readonly atMost: Percentage };
  readonly verifiedBy: readonly string[];
  readonly source: string;
}

/** Who may order the way back. */
export interface RollbackAuthority<RoleName extends string = string> {
  readonly by: readonly RoleName[];
  /** Whether an alarm whose breach means "roll back" is authority enough while it fires. */
  readonly alarmSuffices: boolean;
}

/** How long the old side is kept after the last stage. */
export interface Retention {
  readonly oldSideFor: Duration;
  /** Span in which rolling back needs no repair of data. */
  readonly immediateRollbackFor: Duration;
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
  /** From the first stage to the last; one step forward at a time. */
  readonly ladder: readonly Stage<StageName>[];
  readonly rollback: WayBack<StageName> & { readonly authority: RollbackAuthority<RoleName> };
  readonly thresholds: readonly Threshold[];
  readonly alarms: AlarmEvaluation;
  readonly backups: readonly Backup<RoleName>[];
  readonly preparation: readonly Preparation<RoleName>[];
  readonly night: Night<StageName, RoleName>;
  readonly checklists: readonly Checklist<RoleName>[];
  readonly checkpoints: readonly Checkpoint<StageName, RoleName>[];
  readonly smokeTests: readonly SmokeTest[];
  readonly communications: readonly Communication<RoleName>[];
  readonly followUps: readonly FollowUp<RoleName>[];
  readonly success: readonly Criterion[];
  readonly done: readonly Criterion[];
  readonly retention: Retention;
}
