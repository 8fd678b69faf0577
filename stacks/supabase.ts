/**
 * Firestore to Supabase: data and application, in five steps of traffic.
 *
 * Everything the cutover needs is written here once: alarms, dashboard, gates, runbook and rehearsal
 * derive from it. What the plan leaves open is marked `tbd`, with an example that only rehearsals use.
 * `source` names the requirement that a figure comes from, C-numbers how a gap of the plan was closed.
 */
import { flag, oneOf, weight } from "../definition/posture.ts";
import { traceMetrics } from "../definition/request-metrics.ts";
import { noWayBack, stage, type ExitCriteria } from "../definition/stage.ts";
import { twoStores } from "../definition/stores.ts";
import { defineSystem } from "../definition/system.ts";
import { tbd } from "../definition/tbd.ts";
import {
  callFailures,
  databaseConnections,
  errorRate,
  measured,
  p95Latency,
} from "../definition/thresholds.ts";
import { cloudflareLoadBalancer } from "../definition/traffic.ts";
import { count, days, hours, minutes, percent, seconds } from "../definition/units.ts";

/** Whatever happens, users are back on Firestore; what they wrote on Supabase follows them there (C19). */
const toZero = { to: "migrate", within: seconds(60) } as const;

/** Four hours for five steps make 48 minutes each (C3); each needs the release owner's word too (C21). */
const shifted: ExitCriteria = {
  soak: minutes(48),
  greenRequests: 600,
  signedBy: ["releaseOwner"],
  data: ["mismatches", "replication-lag"],
  facts: ["smoke tests pass"],
};

const requestMetrics = traceMetrics({ operation: "web.request", env: "production" });

/** Calls of one kind are rare: five minutes of them are judged together, and fewer than five calls say nothing. */
const rareCalls = { period: minutes(5), periods: 1, minimumRequests: 5 } as const;

const mismatches = "max:sync.mismatches{service:supabase-sync}";
const lag = "max:sync.lag{service:supabase-sync}";

export const supabase = defineSystem({
  name: "supabase",
  title: "Firestore → Supabase",

  document: {
    id: "Task 13.3",
    version: "1.0",
    date: "undated",
    classification: "Internal",
    companions: [
      { title: "Production cutover plan", location: "docs/production-cutover-plan.md" },
      { title: "Communication plan", location: "docs/migration-communication-plan.md" },
      { title: "Monitoring and support", location: "docs/post-migration-monitoring-support.md" },
    ],
  },

  // ── The ladder ──────────────────────────────────────────────────────────────────────────────────────
  //
  // T-0 is when the copying begins to count. It runs from the first stage on, both ways: the way back is
  // proven before anything depends on it, and an empty Supabase has nothing to copy back.

  config: {
    trafficWeight: weight("Green's share of the requests, in percent"),
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
      follows: { sync: "both-ways", legacyAccess: "read-write" },
      begins: hours(-48),
      leave: {
        checklists: ["readiness"],
        // Procedures, messages, team, and the go that rests on the other three (S3-83).
        signedBy: ["technicalReviewer", "stakeholder", "teamLead", "releaseOwner"],
        signedInOrder: true,
      },
    }),
    stage("migrate", {
      title: "Data copied while Firestore serves, Supabase deployed and warm",
      set: { watch: "cutover" },
      begins: hours(0),
      shift: hours(6),
      leave: {
        soak: hours(4),
        checklists: ["migrated"],
        data: ["mismatches", "replication-lag"],
        rehearsed: { notOlderThan: days(7) },
      },
      rollback: { to: "prepare", within: seconds(60) },
    }),
    stage("shift-10", {
      title: "10 % of the requests on Supabase",
      set: { trafficWeight: 10 },
      begins: hours(4),
      // Six hours after T-0 a migration that is not verified has failed, and the date with it (C2).
      timeLeft: hours(6),
      passages: [
        {
          name: "write-freeze",
          title: "Writes stop, the last changes are copied, both stores compared",
          follows: { maintenance: "on" },
          within: minutes(5),
          otherwise: "Writes go on at Firestore before five minutes are over; nothing has moved.",
        },
      ],
      leave: shifted,
      rollback: toZero,
    }),
    stage("shift-25", {
      title: "25 % of the requests on Supabase",
      set: { trafficWeight: 25 },
      timeLeft: minutes(4 * 48),
      leave: shifted,
      rollback: toZero,
    }),
    stage("shift-50", {
      title: "50 % of the requests on Supabase",
      set: { trafficWeight: 50 },
      timeLeft: minutes(3 * 48),
      leave: shifted,
      rollback: toZero,
    }),
    stage("shift-75", {
      title: "75 % of the requests on Supabase",
      set: { trafficWeight: 75 },
      timeLeft: minutes(2 * 48),
      leave: shifted,
      rollback: toZero,
    }),
    stage("shift-100", {
      title: "All requests on Supabase, Firestore follows",
      set: { trafficWeight: 100 },
      follows: { legacyAccess: "sync-only" },
      timeLeft: minutes(48),
      leave: shifted,
      rollback: toZero,
    }),
    stage("verify", {
      title: "Verification and acceptance",
      set: { watch: "acceptance" },
      begins: hours(8),
      leave: {
        soak: hours(4),
        checklists: ["accepted"],
        signedBy: ["technicalReviewer", "stakeholder", "teamLead"],
        data: ["mismatches", "replication-lag"],
      },
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
        data: ["mismatches"],
      },
      rollback: toZero,
    }),
    stage("retire", {
      title: "Firestore given up",
      anyTime: "traffic moved days ago",
      set: { retired: true },
      follows: { legacyAccess: "retired", sync: "off" },
      rollback: noWayBack(
        "Firestore has not been written since the copying ended.",
        "Repair on Supabase; restore its own backup if data is lost.",
      ),
    }),
  ],

  // Always straight to no traffic on Supabase, never to the stage before (S3-59).
  rollback: { ...toZero, authority: { by: ["releaseOwner"], alarmSuffices: true } },

  // ── What must hold while Supabase carries traffic ───────────────────────────────────────────────────
  //
  // Between what is a success and what orders the way back nothing moves (C4). The plan gives figures for
  // errors, response time, lag and data; sign-in and functions have the one for errors, and the database
  // stays a fifth below what it can take.

  thresholds: [
    errorRate({ atMost: percent(5), breach: "roll back", source: "S3-22" }),
    p95Latency({ atMost: seconds(5), breach: "roll back", source: "S3-23" }),
    errorRate({
      name: "error-rate-hold",
      title: "Error rate, for going on",
      atMost: percent(0.1),
      breach: "investigate",
      source: "S3-21",
    }),
    measured(
      { name: "replication-lag", title: "Age of what is not copied yet", query: lag },
      { atMost: seconds(5), breach: "investigate", source: "S3-21" },
    ),
    measured(
      { name: "mismatches", title: "Documents that differ", query: mismatches },
      { below: count(1), breach: "roll back", source: "S3-52" },
    ),
    callFailures(
      {
        name: "login-failures",
        title: "Sign-ins that failed",
        ...{ method: "POST", path: "/api/v1/session" },
      },
      { atMost: percent(5), breach: "roll back", evaluation: rareCalls, source: "S3-65" },
    ),
    callFailures(
      {
        name: "function-errors",
        title: "Edge functions that failed",
        ...{ method: "POST", path: "/api/v1/functions/summary" },
      },
      { atMost: percent(5), breach: "roll back", evaluation: rareCalls, source: "S3-50" },
    ),
    databaseConnections({ below: percent(80), breach: "investigate", source: "S3-49" }),
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
  // Two bad minutes in a row. The plan's trigger has no window; C4 would count two of three as well.
  alarms: { period: minutes(1), periods: 2, minimumRequests: 20 },

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

  dataChecks: [
    {
      name: "mismatches",
      title: "Documents that differ",
      query: mismatches,
      limit: { below: count(1) },
      notOlderThan: minutes(5),
      source: "S3-14",
    },
    {
      name: "replication-lag",
      title: "Age of what is not copied yet",
      query: lag,
      limit: { atMost: seconds(5) },
      notOlderThan: minutes(5),
      source: "S3-21",
    },
  ],

  // ── When: T-0 and twelve hours from it on ───────────────────────────────────────────────────────────

  calendar: {
    zone: tbd("the time zone of the set date, as IANA calls it", { inRehearsal: "UTC" }),
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
  },

  // ── Who: the plan names nobody (C9) ─────────────────────────────────────────────────────────────────

  roles: {
    releaseOwner: {
      title: "Release Owner",
      decides: "go / no-go, each step of traffic, every rollback, messages to users",
    },
    technicalReviewer: {
      title: "Technical Reviewer",
      decides: "the procedures, the data, the backup and whether performance is right",
    },
    stakeholder: {
      title: "Stakeholder",
      decides: "the messages, acceptance, and whether Firestore is given up",
    },
    teamLead: {
      title: "Team Lead",
      decides: "whether the team is ready; operations, monitoring and support",
    },
  },
  contacts: [
    { role: "releaseOwner", secret: "supabase-contacts:releaseOwner" },
    { role: "technicalReviewer", secret: "supabase-contacts:technicalReviewer" },
    { role: "stakeholder", secret: "supabase-contacts:stakeholder" },
    { role: "teamLead", secret: "supabase-contacts:teamLead" },
  ],
  warRoom: {
    chat: "supabase-cutover",
    incidents: "supabase-emergency",
    slackAccount: tbd("the Slack workspace as Datadog knows it", { inRehearsal: "example" }),
    bridge: tbd("the conference number or link", {
      inRehearsal: "https://bridge.example/supabase",
    }),
    statusPage: tbd("the address of the status page", {
      inRehearsal: "https://status.example/supabase",
    }),
    protocol: [
      "On duty around the clock: from 48 hours before T-0 to 48 hours after 100 %. More support: to a week after T-0.",
      "Who is called and does not answer in time is passed over: Team Lead, Technical Reviewer, Release Owner, Stakeholder.",
      "Users hear at least every 2 hours, and at each step of traffic.",
      "The status page changes with each step, with maintenance and with a rollback.",
      "Lost data: stop the steps, roll back, keep both stores as they are, compare, then restore.",
      "Downtime: roll back first; look for the cause afterwards.",
      "Slow answers: hold; compare with blue, then connections, queries and functions.",
      "Sign-in fails: roll back; then sessions, password hashes and row-level policies.",
      "A rollback needs the Release Owner, unless an alarm that orders it is firing.",
    ],
  },

  // ── Before ──────────────────────────────────────────────────────────────────────────────────────────

  preparation: [
    {
      before: hours(48),
      activity: "Environments validated, staging at the same commit or ahead",
      owner: "technicalReviewer",
      source: "S3-8, S3-57",
    },
    {
      before: hours(48),
      activity: "Firestore exported, the export read back",
      owner: "technicalReviewer",
      source: "S3-9",
    },
    {
      before: hours(48),
      activity: "Enhanced support begins, around the clock",
      owner: "teamLead",
      source: "S3-54",
    },
    {
      before: hours(24),
      activity: "Final meeting of the stakeholders",
      owner: "stakeholder",
      source: "S3-83",
    },
    {
      before: hours(2),
      activity: "`cutover readiness`, what it finds mended, go / no-go",
      owner: "releaseOwner",
      source: "S3-11, S3-84",
    },
    {
      before: hours(2),
      activity: "Quiet time: nothing is deployed any more",
      owner: "teamLead",
      lasts: hours(2),
      source: "S3-12",
    },
  ],

  checklists: [
    {
      name: "readiness",
      title: "Ready for T-0",
      notOlderThan: hours(2),
      items: [
        {
          title: "Runbook is that of this definition",
          owner: "technicalReviewer",
          how: "cutover runbook",
          expected: "no open value",
          source: "S3-75",
        },
        {
          title: "Accounts, secrets and images are there",
          owner: "technicalReviewer",
          how: "preview",
          expected: "nothing missing",
          source: "S3-76",
        },
        {
          title: "Test alert received",
          owner: "teamLead",
          how: "test alert to each channel",
          expected: "received",
          source: "S3-78",
        },
        {
          title: "Channels carried a test message",
          owner: "teamLead",
          how: "test message to users, team and emergency channel",
          expected: "received",
          source: "S3-79",
        },
        {
          title: "Every stakeholder has a message",
          owner: "stakeholder",
          how: "cutover announce",
          expected: "no empty field",
          source: "S3-33",
        },
        {
          title: "Way back rehearsed",
          owner: "technicalReviewer",
          how: "cutover rehearse",
          expected: "within 60 s",
          source: "S3-80",
        },
        {
          title: "Team ready, role by role",
          owner: "teamLead",
          how: "roll call",
          expected: "all present",
          source: "S3-81",
        },
        {
          title: "Support covers 48 hours before to 48 hours after 100 % around the clock",
          owner: "teamLead",
          how: "rota",
          expected: "no hole",
          source: "S3-54",
        },
        {
          title: "Support covers the week after",
          owner: "teamLead",
          how: "rota",
          expected: "no hole",
          source: "S3-55",
        },
        {
          title: "Escalation has a response time for each severity",
          owner: "teamLead",
          how: "escalation matrix",
          expected: "a person and minutes in each row",
          source: "S3-44",
        },
      ],
    },
    {
      name: "migrated",
      title: "Migration verified, before the first traffic",
      items: [
        {
          title: "Every collection copied, counts and keys agree",
          owner: "technicalReviewer",
          how: "counts of both stores",
          expected: "equal",
          source: "S3-14",
        },
        {
          title: "Each account has its identity on Supabase",
          owner: "technicalReviewer",
          how: "counts of both user lists",
          expected: "equal",
          source: "C16",
        },
        {
          title: "Each function answers with its version",
          owner: "technicalReviewer",
          how: "one call each",
          expected: "the version of the release",
          source: "S3-16",
        },
        {
          title: "Supabase is warm",
          owner: "teamLead",
          how: "smoke tests on green, twice",
          expected: "first answers within 10 % of the later ones",
          source: "S3-17",
        },
        {
          title: "Row-level policies tested for each role",
          owner: "technicalReviewer",
          how: "a read that is allowed and one that is denied",
          expected: "as the role may",
          source: "C16",
        },
        {
          title: "A session of Firebase is accepted on Supabase",
          owner: "teamLead",
          how: "call with a session from before T-0",
          expected: "signed in",
          source: "S3-65",
        },
      ],
    },
    {
      name: "accepted",
      title: "Verified and accepted",
      items: [
        { title: "Verification of the whole system", owner: "technicalReviewer", source: "S3-27" },
        { title: "Users have accepted it", owner: "stakeholder", source: "S3-28" },
        {
          title: "Performance within 10 % of the baseline",
          owner: "technicalReviewer",
          source: "S3-29",
        },
        { title: "Every feature works", owner: "teamLead", source: "S3-73" },
      ],
    },
    {
      name: "first-week",
      title: "After the first week",
      items: [
        { title: "Up for 99.9 % of the week since T-0", owner: "teamLead", source: "S3-69" },
        {
          title: "Users who left: at most 5 % more than in the week before",
          owner: "stakeholder",
          source: "S3-70",
        },
        { title: "Satisfaction above 4.5 of 5", owner: "stakeholder", source: "S3-71" },
        {
          title: "Calls for support up by less than 5 %",
          owner: "teamLead",
          source: "S3-72",
        },
        {
          title: "Feedback dealt with, lessons written down",
          owner: "teamLead",
          source: "S3-31",
        },
        { title: "Plan for giving up Firestore approved", owner: "stakeholder", source: "S3-32" },
      ],
    },
  ],

  staged: {
    reached: "shift-100",
    by: "technicalReviewer",
    notOlderThan: days(14),
    source: "S3-57",
  },
  backups: [
    {
      of: "Firestore",
      owner: "technicalReviewer",
      notOlderThan: hours(48),
      verifiedBy: [
        "The export is complete, with its size and SHA-256.",
        "Its documents are counted, collection by collection.",
        "It was restored once, into a project of its own.",
      ],
      source: "S3-9",
    },
  ],

  // A check that fails is critical, and one critical check fails the whole, so all of it is asked for (C10).
  readiness: {
    toLeave: "prepare",
    atLeast: percent(100),
    source: "S3-82",
    components: [
      {
        name: "readiness",
        title: "Checks before T-0",
        weight: 10,
        from: { checklist: "readiness" },
        source: "S3-75, S3-76, S3-78, S3-79, S3-80, S3-81",
      },
      {
        name: "backup",
        title: "Export of Firestore restored once",
        weight: 1,
        from: { backup: "Firestore" },
        source: "S3-9",
      },
      {
        name: "green",
        title: "Application on Supabase stands whole",
        weight: 1,
        from: { replicas: "green" },
        source: "S3-77",
      },
      {
        name: "blue",
        title: "Application on Firestore stands whole",
        weight: 1,
        from: { replicas: "blue" },
        source: "S3-60",
      },
      {
        name: "alarms",
        title: "Alarms work and are quiet",
        weight: 1,
        from: { alarms: "quiet" },
        source: "S3-78",
      },
    ],
  },

  // ── The twelve hours ────────────────────────────────────────────────────────────────────────────────

  night: {
    beginsAt: tbd("T-0 as HH:MM", { inRehearsal: "08:00" }),
    slots: [
      {
        at: "T-0:15",
        activity: "War room opens, team checks in",
        owner: "releaseOwner",
        lasts: minutes(15),
      },
      {
        at: "T+0:00",
        activity: "Migration: data copied, compared, Supabase warmed; T+6:00 at the latest",
        owner: "technicalReviewer",
        lasts: hours(4),
        movesTo: "migrate",
      },
      {
        at: "T+4:00",
        activity: "Write freeze below 5 minutes, then 10 %",
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
        activity: "Verification, acceptance, performance",
        owner: "technicalReviewer",
        lasts: hours(4),
        movesTo: "verify",
      },
      { at: "T+12:00", activity: "First week begins", owner: "teamLead", movesTo: "watch" },
    ],
  },

  // The plan has signed approvals in place of checkpoints with questions.
  checkpoints: [],

  testAccount: { header: "authorization", variable: "SUPABASE_TEST_ACCOUNT" },
  smokeTests: [
    {
      id: "SMOKE-LOGIN",
      title: "Sign in",
      expected: "signed in",
      method: "POST",
      path: "/api/v1/session",
      source: "S3-65",
    },
    {
      id: "SMOKE-PROFILE",
      title: "See one's own profile",
      expected: "profile shown",
      method: "GET",
      path: "/api/v1/profile",
      source: "S3-73",
    },
    {
      id: "SMOKE-READ",
      title: "See one's own entries",
      expected: "entries shown",
      method: "GET",
      path: "/api/v1/entries",
      source: "S3-73",
    },
    {
      id: "SMOKE-WRITE",
      title: "Make an entry",
      expected: "entry made",
      method: "POST",
      path: "/api/v1/entries",
      body: tbd("an entry of the test account, as the API takes it", { inRehearsal: {} }),
      source: "S3-73",
    },
    {
      id: "SMOKE-POLICY",
      title: "Ask for somebody else's entries",
      expected: "none shown: the policy of the rows denies them",
      method: "GET",
      path: "/api/v1/entries/of-others",
      source: "S3-65",
    },
    {
      id: "SMOKE-FUNCTION",
      title: "Run an edge function",
      expected: "its result",
      method: "POST",
      path: "/api/v1/functions/summary",
      source: "S3-16",
    },
    {
      id: "SMOKE-STATUS",
      title: "API health",
      expected: "all endpoints healthy",
      method: "GET",
      path: "/api/v1/status",
      source: "S3-24",
    },
  ],

  // ── What is said, to whom, and when ─────────────────────────────────────────────────────────────────

  communications: [
    {
      title: "Notice",
      sender: "releaseOwner",
      audience: "all users",
      due: "48 hours before T-0",
      atLeastBefore: hours(48),
      message: {
        kind: "notice",
        says: [
          "{title}: we move to a new platform, {window}.",
          "The service stays up. For less than five minutes nothing can be saved; reading goes on.",
          "Status: {statusPage}",
        ],
      },
      source: "S3-35",
    },
    {
      title: "Reminder",
      sender: "releaseOwner",
      audience: "all users",
      due: "24 hours before T-0",
      atLeastBefore: hours(24),
      message: {
        kind: "reminder",
        says: [
          "{title}: a reminder of the move, {window}.",
          "Users move in five steps, from a tenth to everybody. You stay signed in and need do nothing.",
          "A short time in which nothing can be saved is announced on {statusPage}.",
        ],
      },
      source: "S3-36",
    },
    {
      title: "Final notice",
      sender: "releaseOwner",
      audience: "all users",
      due: "2 hours before T-0, after the go",
      atLeastBefore: hours(2),
      message: {
        kind: "final-notice",
        says: [
          "{title}: the move begins in two hours, {window}.",
          "Live status all along: {statusPage}",
        ],
      },
      source: "S3-37",
    },
    {
      title: "Start",
      sender: "releaseOwner",
      audience: "all users and the team",
      due: "T-0",
      message: {
        kind: "start",
        says: ["{title}: the move has begun. {stage}, since {since}.", "Status: {statusPage}"],
      },
      source: "S3-34",
    },
    {
      title: "Progress",
      sender: "releaseOwner",
      audience: "all users and stakeholders",
      due: "from T-0 to T+12 h, and at each step of traffic",
      every: hours(2),
      message: {
        kind: "progress",
        says: [
          "{title}: {stage}, since {since}. {green} % of the requests are on the new platform.",
          "Next: {next}. Status: {statusPage}",
        ],
      },
      source: "S3-38",
    },
    {
      title: "Team's progress",
      sender: "teamLead",
      audience: "team",
      due: "at each step of traffic",
      message: {
        kind: "team-progress",
        says: [
          "{stage}, since {since}: {green} % on Green, rollbacks so far: {rollbacks}. Next: {next}.",
          "Talk in {chat}, incidents in {incidents}, bridge: {bridge}",
        ],
      },
      source: "S3-40",
    },
    {
      title: "Maintenance on",
      sender: "releaseOwner",
      audience: "all users",
      due: "when the write freeze begins",
      message: {
        kind: "maintenance-on",
        says: [
          "{title}: for less than five minutes nothing can be saved; reading goes on.",
          "It ends by itself. Status: {statusPage}",
        ],
      },
      source: "S3-39",
    },
    {
      title: "Maintenance off",
      sender: "releaseOwner",
      audience: "all users",
      due: "when the write freeze is over",
      message: {
        kind: "maintenance-off",
        says: ["{title}: saving works again. Status: {statusPage}"],
      },
      source: "S3-39",
    },
    {
      title: "Delay",
      sender: "releaseOwner",
      audience: "all users and stakeholders",
      due: "when T-0 or a step is put off",
      message: {
        kind: "delay",
        says: [
          "{title} takes longer than planned: {stage}, since {since}. Next: {next}.",
          "Nothing is lost, and the service is up. New times are on {statusPage}.",
        ],
      },
      source: "S3-34",
    },
    {
      title: "Rollback",
      sender: "releaseOwner",
      audience: "all users and stakeholders",
      due: "when traffic is back on Firestore",
      message: {
        kind: "rollback",
        says: [
          "{title}: everybody is back on the platform of before, since {since}.",
          "What was saved meanwhile is kept. What happens next is on {statusPage}.",
        ],
      },
      source: "S3-34",
    },
    {
      title: "Emergency",
      sender: "teamLead",
      audience: "team, stakeholders and whoever is next to be called",
      due: "as soon as an incident is critical",
      message: {
        kind: "emergency",
        says: [
          "{title}: critical incident at {stage}, {green} % of the requests on Green.",
          "Come to {bridge}; write in {incidents}. Who does not answer in time is passed over for the next.",
        ],
      },
      source: "S3-44",
    },
    {
      title: "Success",
      sender: "releaseOwner",
      audience: "all users and stakeholders",
      due: "when verification is signed",
      message: {
        kind: "success",
        says: [
          "{title}: done. {green} % of the requests are on the new platform, since {since}.",
          "How fast it answers against before is on {statusPage}.",
        ],
      },
      source: "S3-41",
    },
    {
      title: "Confirmation",
      sender: "releaseOwner",
      audience: "all users and stakeholders",
      due: "24 hours after",
      message: {
        kind: "confirmation",
        says: [
          "{title}: a day later {green} % of the requests are on the new platform.",
          "Rollbacks since T-0: {rollbacks}. Status: {statusPage}",
        ],
      },
      source: "S3-42",
    },
    {
      title: "Weekly report",
      sender: "teamLead",
      audience: "stakeholders",
      due: "a week after, with the figures of `cutover report`",
      every: days(7),
      message: {
        kind: "weekly",
        says: [
          "{title}: {stage}, since {since}. Rollbacks: {rollbacks}. Next: {next}.",
          "Uptime, satisfaction, calls for support and what is open come with this report.",
        ],
      },
      source: "S3-43",
    },
  ],

  // ── Afterwards ──────────────────────────────────────────────────────────────────────────────────────

  followUps: [
    {
      title: "Confirmation sent",
      owner: "releaseOwner",
      due: { within: hours(24) },
      source: "S3-42",
    },
    {
      title: "Performance tuned on real usage",
      owner: "technicalReviewer",
      due: { within: days(7) },
      source: "S3-51",
    },
    {
      title: "How messages arrived: sent, late, never",
      owner: "stakeholder",
      due: { within: days(7) },
      source: "S3-45",
    },
    {
      title: "Weekly report sent",
      owner: "teamLead",
      due: { within: days(7) },
      source: "S3-43",
    },
    {
      title: "Giving up of Firestore planned",
      owner: "stakeholder",
      due: { within: days(7) },
      source: "S3-32",
    },
    {
      title: "Extended support ends",
      owner: "teamLead",
      due: { within: days(7) },
      source: "S3-55",
    },
  ],
  success: [
    { title: "No document lost, none differs", measuredBy: "sync.mismatches", source: "S3-66" },
    { title: "Down for less than 5 minutes in all", measuredBy: "budget", source: "S3-67" },
    { title: "As fast as before, within 10 %", measuredBy: "comparison", source: "S3-68" },
    { title: "Up for 99.9 % of the first week", measuredBy: "sign-off", source: "S3-69" },
    { title: "Users stayed", measuredBy: "sign-off", source: "S3-70" },
    { title: "Satisfaction above 4.5 of 5", measuredBy: "sign-off", source: "S3-71" },
    { title: "Calls for support up by less than 5 %", measuredBy: "sign-off", source: "S3-72" },
    { title: "Every feature works", measuredBy: "smoke tests", source: "S3-73" },
  ],
  done: [
    { title: "All traffic on Supabase", measuredBy: "observed share", source: "S3-4" },
    { title: "Verified and accepted", measuredBy: "sign-off", source: "S3-27, S3-28" },
    { title: "Criteria of success met", measuredBy: "sign-off", source: "S3-66" },
    { title: "Giving up of Firestore approved", measuredBy: "sign-off", source: "S3-32" },
  ],
  // The plan sets no end of the way back; a month unless its owner says otherwise (C7).
  retention: { oldSideFor: days(30), immediateRollbackFor: days(7) },

  // ── What runs ───────────────────────────────────────────────────────────────────────────────────────

  workload: {
    namespace: "production",
    container: "app",
    port: 8080,
    replicas: { least: 3, most: 9 },
    resources: {
      requests: { cpu: "250m", memory: "256Mi" },
      limits: { cpu: "1", memory: "512Mi" },
    },
    health: {
      path: "/api/health",
      expects: { status: "healthy" },
      reports: ["timestamp"],
      dependencies: ["database", "auth", "functions"],
      statusPath: "/api/v1/status",
    },
    rolloutWithin: seconds(300),
    drainFor: seconds(30),
  },
  environments: {
    // Whoever runs the application on Firestore today goes on doing so: it stays as it stands (S3-1).
    blue: {
      name: "supabase-blue",
      owner: "elsewhere",
      image: {
        repository: "registry.company.com/app",
        tag: tbd("the tag of the version on Firestore", { inRehearsal: "v1.9.4" }),
        digest: tbd("the sha256 digest of the image in production", {
          inRehearsal: "sha256:51c9e8b7a6f5d4c3b2a1908f7e6d5c4b3a29180f7e6d5c4b3a2918f0e7d6c5b4",
        }),
      },
      version: tbd("the version that the application on Firestore says", { inRehearsal: "1.9.4" }),
      address: tbd("where it answers past Cloudflare, as https://HOST", {
        inRehearsal: "https://app-firestore.example",
      }),
    },
    green: {
      name: "supabase-green",
      image: {
        repository: "registry.company.com/app",
        tag: tbd("the tag of the version on Supabase", { inRehearsal: "v2.0.0" }),
        digest: tbd("the sha256 digest recorded when the artifact was built", {
          inRehearsal: "sha256:e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5b4a3928170f6e",
        }),
      },
      version: tbd("the version that the application on Supabase says", { inRehearsal: "2.0.0" }),
      address: tbd("where it answers past Cloudflare, as https://HOST", {
        inRehearsal: "https://app-supabase.example",
      }),
    },
  },
  stores: twoStores({
    blue: { name: "Firestore", secret: "firestore-access" },
    green: { name: "Supabase Postgres", secret: "supabase-database" },
    migration: {
      command: ["npm", "run", "migrate"],
      head: tbd("the version of the last migration that the release needs", {
        inRehearsal: "20260110080000",
      }),
      revision: tbd("the SELECT that reads the last version in force, as what migrates keeps it", {
        inRehearsal: "SELECT version_num FROM alembic_version",
      }),
      within: minutes(20),
    },
    sync: {
      name: "supabase-sync",
      image: {
        repository: "registry.company.com/firestore-supabase-sync",
        tag: tbd("the tag of what copies between both stores", { inRehearsal: "v1.0.0" }),
        digest: tbd("the sha256 digest of its image", {
          inRehearsal: "sha256:0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9",
        }),
      },
      command: ["npm", "run", "sync"],
      finalSync: {
        passage: "write-freeze",
        command: ["npm", "run", "final-sync"],
        // A minute before the plan's limit, so that users can write again within it (S3-18).
        freezeEndsAfter: minutes(4),
      },
    },
  }),
  traffic: cloudflareLoadBalancer({
    accountId: tbd("the id of the account at Cloudflare, 32 hexadecimal digits", {
      inRehearsal: "6c1f4e8d2b7a49c3b5d0e9f8a7164253",
    }),
    zoneId: tbd("the id of the zone, 32 hexadecimal digits", {
      inRehearsal: "b94d27b9934d3e08a52e52d7da7dabfa",
    }),
    name: "app.company.com",
    addresses: {
      blue: tbd("what stands before the application on Firestore", { inRehearsal: "192.0.2.10" }),
      green: tbd("what stands before the application on Supabase", { inRehearsal: "192.0.2.20" }),
    },
    checks: { every: seconds(60), from: ["WEU", "EEU"] },
  }),
  requestMetrics,

  sources: {
    datadogSite: tbd("the Datadog site, for example datadoghq.eu", {
      inRehearsal: "datadoghq.example",
    }),
    kubernetesServer: tbd("the address of the cluster's API server, as the kubeconfig names it", {
      inRehearsal: "https://kubernetes.example",
    }),
    databases: {
      "Supabase Postgres": {
        host: tbd("the host name of Supabase's Postgres", { inRehearsal: "supabase.example" }),
        database: tbd("the name of the database there", { inRehearsal: "postgres" }),
        variables: { user: "SUPABASE_READER_USER", password: "SUPABASE_READER_PASSWORD" },
      },
    },
  },

  // ── The rehearsal: examples, none of which reach staging or production ─────────────────────────────
  //
  // The plan does not say what the application is for: people who sign in and make entries.

  rehearsal: {
    requestsPerSecond: 220,
    data: {
      blue: { collections: { profiles: 100, entries: 200 } },
      green: {
        schema: [
          "create table profiles (id text primary key, person integer not null, reference text not null unique)",
          "create table entries (id text primary key, person integer not null, reference text not null unique)",
        ],
      },
      migrations: [
        {
          revision: "20260110080000",
          statements: [
            "create index profiles_person on profiles (person)",
            "create index entries_person on entries (person, id)",
            "alter table entries add column archived boolean not null default false",
          ],
        },
      ],
      copied: [
        {
          name: "profiles",
          key: "id",
          reference: "reference",
          columns: ["id", "person", "reference"],
        },
        {
          name: "entries",
          key: "id",
          reference: "reference",
          columns: ["id", "person", "reference"],
        },
      ],
    },
    requests: [
      {
        name: "see entries",
        method: "GET",
        path: "/api/v1/entries",
        share: 50,
        statement: "select id, reference from entries where person = $1 order by id desc limit 5",
        document: { collection: "entries", does: { find: 5 } },
      },
      {
        name: "see profile",
        method: "GET",
        path: "/api/v1/profile",
        share: 20,
        statement: "select id, reference from profiles where person = $1 limit 1",
        document: { collection: "profiles", does: { find: 1 } },
      },
      {
        name: "make entry",
        method: "POST",
        path: "/api/v1/entries",
        share: 10,
        statement:
          "insert into entries (id, person, reference) values ($2, $1, $2) returning id, reference",
        document: { collection: "entries", does: "add" },
      },
      {
        name: "sign in",
        method: "POST",
        path: "/api/v1/session",
        share: 10,
        statement: "select id from profiles where person = $1 limit 1",
        document: { collection: "profiles", does: { find: 1 } },
      },
      {
        name: "run function",
        method: "POST",
        path: "/api/v1/functions/summary",
        share: 10,
        statement: "select id from entries where person = $1 order by id desc limit 20",
        document: { collection: "entries", does: { find: 20 } },
      },
      {
        name: "see entries of others",
        method: "GET",
        path: "/api/v1/entries/of-others",
        share: 0,
        statement: "select id from entries limit 0",
        document: { collection: "entries", does: { find: 0 } },
      },
    ],
    blue: {
      version: "1.9.4",
      medianMilliseconds: 30,
      p95Milliseconds: 90,
      cpuPercentAtFullLoad: 45,
      memoryPercent: 55,
    },
    green: {
      version: "2.0.0",
      medianMilliseconds: 20,
      p95Milliseconds: 60,
      cpuPercentAtFullLoad: 40,
      memoryPercent: 50,
    },
  },
});
