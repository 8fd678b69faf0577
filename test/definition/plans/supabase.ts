/** Firestore → Supabase: data and application, five steps of traffic (requirements S3). */
import { flag, oneOf, weight } from "../../../definition/posture.ts";
import { noWayBack, stage, type ExitCriteria } from "../../../definition/stage.ts";
import { definePlan } from "../../../definition/system.ts";
import { tbd } from "../../../definition/tbd.ts";
import { errorRate, measured, p95Latency } from "../../../definition/thresholds.ts";
import { count, days, hours, minutes, percent, seconds } from "../../../definition/units.ts";

const toZero = {
  to: "migrate",
  within: seconds(60),
  needs: ["What was written on Supabase is drained to Firestore or kept in the outbox"],
} as const;
/** Four hours for five steps make 48 minutes each (C3). */
const shifted: ExitCriteria = {
  soak: minutes(48),
  greenRequests: 600,
  signedBy: ["releaseOwner"],
  facts: ["Reconciliation without a difference", "Replication in step", "Smoke tests pass"],
};

export const supabase = definePlan({
  name: "supabase",
  title: "Firestore → Supabase",
  document: {
    id: "Task 13.3",
    version: "1.0",
    date: "undated",
    classification: "Internal",
    companions: [],
  },
  roles: {
    releaseOwner: { title: "Release owner", decides: "go / no-go and every rollback" },
    technicalReviewer: { title: "Technical reviewer", decides: "the procedures" },
    stakeholder: { title: "Stakeholder", decides: "the communication plan" },
    teamLead: { title: "Team lead", decides: "whether the team is ready" },
  },
  contacts: [{ role: "releaseOwner", secret: "supabase-contacts:releaseOwner" }],
  warRoom: {
    chat: "supabase-cutover",
    incidents: "supabase-emergency",
    slackAccount: tbd("the Slack workspace as Datadog knows it", { inRehearsal: "example" }),
    bridge: tbd("the bridge", { inRehearsal: "https://bridge.example/supabase" }),
    statusPage: tbd("the status page", { inRehearsal: "https://status.example/supabase" }),
    protocol: ["An update at least every 2 hours."],
  },
  calendar: {
    zone: "UTC",
    windows: [
      {
        title: "The set date",
        weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        opens: tbd("T-0 as HH:MM", { inRehearsal: "08:00" }),
        lasts: hours(12),
        date: tbd("the date of the cutover as YYYY-MM-DD", { inRehearsal: "2026-01-17" }),
      },
    ],
    blackouts: [],
    notice: hours(48),
  },
  config: {
    trafficWeight: weight("Green's share of the users, in percent"),
    watch: oneOf(
      ["normal", "cutover", "acceptance", "week"],
      "What is watched for: tells apart the stages that share a weight",
      { unlessSet: "normal" },
    ),
    retired: flag("Whether Firestore has been given up"),
  },
  ladder: [
    stage("prepare", {
      title: "Firestore serves, everything is prepared",
      set: { trafficWeight: 0 },
      follows: { sync: "off", legacyAccess: "read-write", maintenance: "off" },
      begins: hours(-48),
      leave: {
        checklists: ["readiness"],
        signedBy: ["technicalReviewer", "stakeholder", "teamLead", "releaseOwner"],
        signedInOrder: true,
      },
    }),
    stage("migrate", {
      title: "Data copied online, Green deployed and warm",
      set: { watch: "cutover" },
      follows: { sync: "forward" },
      begins: hours(0),
      shift: hours(6),
      leave: {
        soak: hours(4),
        facts: ["Copy complete, reconciliation 100 %", "Green warm and healthy"],
      },
      rollback: { to: "prepare", within: seconds(60) },
    }),
    stage("shift-10", {
      title: "10 % of the users on Supabase",
      set: { trafficWeight: 10 },
      follows: { sync: "both-ways" },
      begins: hours(4),
      passages: [
        {
          name: "write-freeze",
          title: "Writes stop, the rest drains and is validated",
          follows: { maintenance: "on" },
          within: minutes(5),
          otherwise: "Writes go on at Firestore before five minutes are over; nothing has moved.",
        },
      ],
      leave: shifted,
      rollback: toZero,
    }),
    stage("shift-25", {
      title: "25 %",
      set: { trafficWeight: 25 },
      leave: shifted,
      rollback: toZero,
    }),
    stage("shift-50", {
      title: "50 %",
      set: { trafficWeight: 50 },
      leave: shifted,
      rollback: toZero,
    }),
    stage("shift-75", {
      title: "75 %",
      set: { trafficWeight: 75 },
      leave: shifted,
      rollback: toZero,
    }),
    stage("shift-100", {
      title: "All users on Supabase, Firestore follows",
      set: { trafficWeight: 100 },
      follows: { legacyAccess: "sync-only" },
      leave: shifted,
      rollback: toZero,
    }),
    stage("verify", {
      title: "Verification and acceptance",
      set: { watch: "acceptance" },
      begins: hours(8),
      leave: { soak: hours(4), signedBy: ["technicalReviewer", "stakeholder", "teamLead"] },
      rollback: toZero,
    }),
    stage("watch", {
      title: "The first week",
      anyTime: "nothing moves; the window has just closed",
      set: { watch: "week" },
      begins: hours(12),
      leave: {
        soak: hours(48),
        checklists: ["first-week"],
        signedBy: ["releaseOwner", "stakeholder"],
      },
      rollback: toZero,
    }),
    stage("retire", {
      title: "Firestore given up",
      anyTime: "traffic moved days ago",
      set: { retired: true },
      follows: { legacyAccess: "retired", sync: "off" },
      rollback: noWayBack(
        "Firestore has not been written since the reverse replication ended.",
        "Repair on Supabase; restore its own backup if data is lost.",
      ),
    }),
  ],
  rollback: {
    to: "migrate",
    within: seconds(60),
    authority: { by: ["releaseOwner"], alarmSuffices: true },
  },
  thresholds: [
    errorRate({ atMost: percent(5), breach: "roll back", source: "S3-22" }),
    p95Latency({ atMost: seconds(5), breach: "roll back", source: "S3-23" }),
    errorRate({
      name: "error-rate-hold",
      atMost: percent(0.1),
      breach: "investigate",
      source: "S3-21",
    }),
    measured(
      {
        name: "slower-than-baseline",
        title: "Response time above its baseline (p95)",
        query:
          "100 * (p95:trace.http.request{service:{workload}} / p95:trace.http.request{service:{workload},baseline:true} - 1)",
      },
      { atMost: percent(10), breach: "investigate", source: "S3-21" },
    ),
    measured(
      {
        name: "replication-lag",
        title: "Replication lag",
        query: "max:sync.lag_ms{app:{workload}}",
      },
      { atMost: seconds(5), breach: "investigate", source: "S3-21" },
    ),
    measured(
      {
        name: "integrity-mismatches",
        title: "Documents that differ",
        query: "sum:reconcile.mismatches{app:{workload}}",
      },
      {
        below: count(1),
        breach: "roll back",
        evaluation: { period: minutes(5), periods: 1, minimumRequests: 0 },
        source: "S3-52",
      },
    ),
  ],
  comparisons: [
    {
      name: "slower-than-blue",
      title: "Response time (p95)",
      measure: "p95-latency",
      worse: "higher",
      tolerance: percent(10),
      leastValues: 30,
      source: "S3-21, S3-29",
    },
  ],
  alarms: { period: minutes(1), periods: 2, among: 3, minimumRequests: 20 },
  budgets: [
    {
      name: "downtime",
      title: "Downtime in all",
      of: "downtime",
      limit: { below: minutes(5) },
      passed: "roll back",
      source: "S3-3",
    },
    {
      name: "freeze",
      title: "Write freeze",
      of: "write freeze",
      limit: { below: minutes(5) },
      passed: "roll back",
      source: "S3-18",
    },
  ],
  backups: [
    {
      of: "Firestore",
      owner: "technicalReviewer",
      notOlderThan: hours(48),
      verifiedBy: ["Export complete, documents counted, checksum recorded.", "Restored once."],
      source: "S3-9",
    },
  ],
  preparation: [
    { before: hours(48), activity: "Preparation begins", owner: "teamLead", source: "S3-8" },
    { before: hours(2), activity: "Final go / no-go", owner: "releaseOwner", source: "S3-11" },
  ],
  night: {
    beginsAt: tbd("T-0 as HH:MM", { inRehearsal: "08:00" }),
    slots: [
      {
        at: "T+0:00",
        activity: "Data migration",
        owner: "teamLead",
        lasts: hours(6),
        movesTo: "migrate",
      },
      {
        at: "T+4:00",
        activity: "10 %",
        owner: "releaseOwner",
        lasts: minutes(48),
        movesTo: "shift-10",
      },
      {
        at: "T+4:48",
        activity: "25 %",
        owner: "releaseOwner",
        lasts: minutes(48),
        movesTo: "shift-25",
      },
      {
        at: "T+5:36",
        activity: "50 %",
        owner: "releaseOwner",
        lasts: minutes(48),
        movesTo: "shift-50",
      },
      {
        at: "T+6:24",
        activity: "75 %",
        owner: "releaseOwner",
        lasts: minutes(48),
        movesTo: "shift-75",
      },
      {
        at: "T+7:12",
        activity: "100 %",
        owner: "releaseOwner",
        lasts: minutes(48),
        movesTo: "shift-100",
      },
      {
        at: "T+8:00",
        activity: "Verification",
        owner: "technicalReviewer",
        lasts: hours(4),
        movesTo: "verify",
      },
      { at: "T+12:00", activity: "First week begins", owner: "teamLead", movesTo: "watch" },
    ],
  },
  checklists: [
    {
      name: "readiness",
      title: "Readiness",
      notOlderThan: hours(2),
      items: [
        { title: "Rollback rehearsed", owner: "technicalReviewer", source: "S3-80" },
        { title: "Team ready", owner: "teamLead", source: "S3-81" },
      ],
    },
    {
      name: "first-week",
      title: "After the first week",
      items: [
        { title: "Plan for giving up Firestore approved", owner: "stakeholder", source: "S3-32" },
      ],
    },
  ],
  checkpoints: [],
  // A check that fails is critical, and one critical check fails the whole, so all of it is asked for (C10).
  readiness: {
    toLeave: "prepare",
    atLeast: percent(100),
    source: "S3-82",
    components: [
      {
        name: "readiness",
        title: "Rollback rehearsed, team ready",
        weight: 2,
        from: { checklist: "readiness" },
        source: "S3-80, S3-81",
      },
      {
        name: "backup",
        title: "Export of Firestore restored once",
        weight: 1,
        from: { backup: "Firestore" },
        source: "S3-9",
      },
    ],
  },
  smokeTests: [
    {
      id: "SMOKE-LOGIN",
      title: "Sign in",
      expected: "signed in",
      method: "POST",
      path: "/auth",
      source: "S3-65",
    },
  ],
  communications: [
    {
      title: "Notice",
      sender: "releaseOwner",
      audience: "all users",
      due: "T-48 h",
      atLeastBefore: hours(48),
      source: "S3-35",
    },
    {
      title: "Reminder",
      sender: "releaseOwner",
      audience: "all users",
      due: "T-24 h",
      atLeastBefore: hours(24),
      source: "S3-36",
    },
    {
      title: "Final notice",
      sender: "releaseOwner",
      audience: "all users",
      due: "T-2 h",
      atLeastBefore: hours(2),
      source: "S3-37",
    },
    {
      title: "Progress",
      sender: "releaseOwner",
      audience: "all users",
      due: "during the migration",
      every: hours(2),
      source: "S3-38",
    },
  ],
  followUps: [
    { title: "Confirmation", owner: "releaseOwner", due: { within: hours(24) }, source: "S3-42" },
    { title: "Weekly report", owner: "releaseOwner", due: { within: days(7) }, source: "S3-43" },
  ],
  success: [
    { title: "No document lost", measuredBy: "reconciliation", source: "S3-66" },
    { title: "Up for 99.9 % of the first week", measuredBy: "probes", source: "S3-69" },
  ],
  done: [{ title: "All features work", measuredBy: "smoke tests", source: "S3-73" }],
  retention: { oldSideFor: days(30), immediateRollbackFor: days(7) },
});
