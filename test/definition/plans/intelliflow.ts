/** Legacy CRM → IntelliFlow CRM: a stop-the-world move of a database (requirements S0). */
import { postgres } from "../../../definition/figure.ts";
import { oneOf } from "../../../definition/posture.ts";
import { noWayBack, stage, type RollbackAuthority } from "../../../definition/stage.ts";
import { definePlan } from "../../../definition/system.ts";
import { tbd } from "../../../definition/tbd.ts";
import { cpuUse, errorRate, measured, p95Latency } from "../../../definition/thresholds.ts";
import {
  count,
  days,
  hours,
  milliseconds,
  minutes,
  percent,
  seconds,
} from "../../../definition/units.ts";

const stages = [
  "legacy",
  "prepared",
  "preflight",
  "frozen",
  "synced",
  "validated",
  "switched",
  "started",
  "verified",
  "business-verified",
  "live",
  "daily-watch",
  "weekly-watch",
  "retired",
] as const;

/** Before the switch only the freeze has to be lifted: one responsible role suffices (C-24). */
const anyLead: RollbackAuthority = {
  by: ["databaseAdministrator", "infrastructureLead", "applicationLead", "migrationLead"],
  alarmSuffices: false,
};
const unfreeze = { to: "legacy", within: minutes(15), procedure: "un-freeze" } as const;
const restore = {
  to: "legacy",
  within: minutes(15),
  procedure: "restore and revert",
  steps: [
    { title: "Stop the application, keep the failed target", lasts: minutes(5) },
    { title: "Prove legacy identical to the snapshot, or restore it", lasts: minutes(5) },
    { title: "Record back to legacy, servers restarted, users served", lasts: minutes(5) },
  ],
  until: {
    fromStart: hours(2),
    refused: "The rollback window closed two hours after the freeze began.",
    wayForward: "Repair on IntelliFlow; legacy no longer holds what was written since.",
  },
} as const;
const tooLate = noWayBack(
  "The rollback window closed two hours after the freeze began.",
  "Repair on IntelliFlow; legacy no longer holds what was written since.",
);
const sustained = { period: minutes(1), periods: 3 } as const;
const afterSwitch = ["switched", "started", "verified", "business-verified", "live"] as const;

export const intelliflow = definePlan({
  name: "intelliflow",
  title: "Legacy CRM → IntelliFlow CRM",
  dataChecks: [
    {
      name: "legacy-writable",
      title: "Settings by which a new session on legacy may write",
      query: postgres({
        store: "legacy-db-prod",
        sql: "SELECT count(*) FROM pg_settings WHERE name = 'default_transaction_read_only' AND reset_val <> 'on'",
      }),
      limit: { below: count(1) },
      notOlderThan: minutes(1),
      source: "S0-63, S0-80",
    },
    {
      name: "orphaned-contacts",
      title: "Contacts without their account",
      query: postgres({
        store: "crm-db-prod",
        sql: "SELECT count(*) FROM contacts LEFT JOIN accounts ON accounts.id = account_id WHERE account_id IS NOT NULL AND accounts.id IS NULL",
      }),
      limit: { below: count(1) },
      notOlderThan: minutes(1),
      source: "S0-90",
    },
  ],
  document: {
    id: "IFC-145",
    version: "1.0",
    date: "2025-12-29",
    classification: "Internal",
    companions: [],
  },
  roles: {
    databaseAdministrator: {
      title: "Database Administrator",
      alsoCalled: ["DBA"],
      decides: "the databases; rollback, together with the Infrastructure Lead",
    },
    infrastructureLead: {
      title: "Infrastructure Lead",
      alsoCalled: ["Infrastructure Team", "Network Ops"],
      decides: "network and servers; rollback, together with the Database Administrator",
    },
    applicationLead: {
      title: "Application Lead",
      alsoCalled: ["Application Team", "DevOps"],
      decides: "the application",
    },
    migrationLead: { title: "Migration Lead", decides: "the movement of the data" },
    projectManager: { title: "Project Manager", decides: "the plan as a whole, announcements" },
    qaLead: { title: "QA Lead", alsoCalled: ["QA Team"], decides: "validation" },
    management: { title: "Management", decides: "a halt for reasons outside the systems" },
  },
  contacts: [
    { role: "databaseAdministrator", secret: "intelliflow-contacts:databaseAdministrator" },
    { role: "infrastructureLead", secret: "intelliflow-contacts:infrastructureLead" },
  ],
  warRoom: {
    chat: "intelliflow-cutover",
    incidents: "intelliflow-incidents",
    slackAccount: tbd("the Slack workspace as Datadog knows it", { inRehearsal: "example" }),
    bridge: tbd("the war-room bridge", { inRehearsal: "https://bridge.example/intelliflow" }),
    statusPage: tbd("the status page", { inRehearsal: "https://status.example/intelliflow" }),
    protocol: ["An update every 30 minutes.", "Every phase ends in a recorded go or no-go."],
  },
  calendar: {
    zone: "UTC",
    windows: [
      {
        title: "Off-peak window",
        weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday"],
        opens: tbd("when the off-peak hours begin, as HH:MM", { inRehearsal: "18:00" }),
        lasts: tbd("how long the off-peak hours last", { inRehearsal: hours(5) }),
        date: tbd("the date of the cutover as YYYY-MM-DD", { inRehearsal: "2026-01-14" }),
      },
    ],
    blackouts: [
      {
        kind: "public holidays",
        country: tbd("the ISO 3166 code of the country", { inRehearsal: "US" }),
        reason: "reduced support",
      },
      {
        kind: "events",
        events: tbd("year-end and the like, an empty list if none", { inRehearsal: [] }),
        reason: "critical business operations",
      },
    ],
    notice: hours(48),
    notBefore: "12:00",
  },
  config: { stage: oneOf(stages, "The stage of the cutover") },
  ladder: [
    stage("legacy", {
      title: "Today",
      set: { stage: "legacy" },
      follows: {
        activeDatabase: "legacy",
        writeSide: "legacy",
        legacyAccess: "read-write",
        application: "legacy",
        audience: "everyone",
        maintenance: "off",
        ttlSeconds: "as found",
        watch: "normal",
      },
    }),
    stage("prepared", {
      title: "Green database and deployment exist and are idle",
      anyTime: "it is prepared two days ahead, and nothing moves",
      set: { stage: "prepared" },
      follows: { ttlSeconds: 60 },
      begins: hours(-48),
      leave: {
        soak: hours(48),
        checklists: ["two-days-before"],
        signedBy: [
          "databaseAdministrator",
          "infrastructureLead",
          "applicationLead",
          "migrationLead",
          "projectManager",
        ],
      },
      rollback: unfreeze,
      authority: anyLead,
    }),
    stage("preflight", {
      title: "Last checks, users told",
      anyTime: "the last checks come before T-0, and nothing moves",
      set: { stage: "preflight" },
      follows: { maintenance: "announced", watch: "window" },
      begins: minutes(-30),
      leave: {
        checklists: ["half-an-hour-before"],
        rehearsed: { notOlderThan: days(7) },
        signedBy: [
          "databaseAdministrator",
          "infrastructureLead",
          "applicationLead",
          "migrationLead",
        ],
      },
      rollback: unfreeze,
      authority: anyLead,
    }),
    stage("frozen", {
      title: "Legacy takes no writes, snapshot made",
      set: { stage: "frozen" },
      follows: {
        writeSide: "none",
        legacyAccess: "migration-only",
        application: "stopped",
        audience: "nobody",
        maintenance: "on",
      },
      begins: minutes(0),
      passages: [
        {
          name: "read-only",
          title: "Every connection follows the read-only setting",
          follows: { legacyAccess: "read-only" },
          within: minutes(2),
          otherwise: "No-go: the freeze is lifted.",
        },
        {
          name: "drain",
          title: "Application servers finish and stop",
          within: seconds(60),
          otherwise: "Remaining connections are ended by force.",
        },
      ],
      leave: { checkpoint: "go-frozen", data: ["legacy-writable"] },
      rollback: unfreeze,
      authority: anyLead,
    }),
    stage("synced", {
      title: "Last changes carried over",
      set: { stage: "synced" },
      begins: minutes(30),
      leave: { checkpoint: "go-synced", data: ["orphaned-contacts"] },
      rollback: unfreeze,
      authority: anyLead,
    }),
    stage("validated", {
      title: "Target validated without an error or a warning",
      set: { stage: "validated" },
      begins: minutes(45),
      leave: { checkpoint: "go-validated" },
      rollback: unfreeze,
      authority: anyLead,
    }),
    stage("switched", {
      title: "The record points to IntelliFlow",
      set: { stage: "switched" },
      follows: {
        activeDatabase: "crm",
        writeSide: "crm",
        legacyAccess: "protected",
        audience: "probes",
      },
      begins: minutes(60),
      leave: { checkpoint: "go-switched" },
      rollback: restore,
    }),
    stage("started", {
      title: "Four servers started one after another",
      set: { stage: "started" },
      follows: { application: "running" },
      begins: minutes(70),
      leave: { checkpoint: "go-started" },
      rollback: restore,
    }),
    stage("verified", {
      title: "Pilots work, counts and speed checked",
      set: { stage: "verified" },
      follows: { audience: "pilots" },
      begins: minutes(100),
      leave: { soak: minutes(40), signedBy: ["qaLead", "applicationLead"] },
      rollback: restore,
    }),
    stage("business-verified", {
      title: "Twenty users in, relations and features checked",
      set: { stage: "business-verified" },
      begins: minutes(140),
      leave: { soak: minutes(60), signedBy: ["qaLead", "applicationLead"] },
      rollback: tooLate,
    }),
    stage("live", {
      title: "Everyone in, watched around the clock",
      set: { stage: "live" },
      follows: { audience: "everyone", maintenance: "off", watch: "24x7" },
      begins: minutes(200),
      leave: { soak: hours(48) },
      rollback: tooLate,
    }),
    stage("daily-watch", {
      title: "First week",
      set: { stage: "daily-watch" },
      follows: { watch: "daily" },
      begins: days(2),
      leave: { soak: days(5), facts: ["Seven daily reports, none with an open item"] },
      rollback: tooLate,
    }),
    stage("weekly-watch", {
      title: "To day 30",
      set: { stage: "weekly-watch" },
      follows: { watch: "weekly" },
      begins: days(7),
      leave: { soak: days(23), facts: ["Weekly audits without a finding up to day 30"] },
      rollback: tooLate,
    }),
    stage("retired", {
      title: "Legacy removed, its backups archived",
      set: { stage: "retired" },
      follows: { legacyAccess: "retired", watch: "normal" },
      begins: days(30),
      rollback: noWayBack("Legacy is gone.", "Restore its archive beside IntelliFlow to read it."),
    }),
  ],
  rollback: {
    to: "legacy",
    within: minutes(15),
    authority: {
      by: ["databaseAdministrator", "infrastructureLead"],
      quorum: "all",
      alarmSuffices: false,
    },
  },
  thresholds: [
    p95Latency({
      name: "api-latency-target",
      below: milliseconds(100),
      breach: "investigate",
      at: afterSwitch,
      source: "S0-158",
    }),
    p95Latency({
      name: "api-latency-limit",
      atMost: milliseconds(1_000),
      breach: "roll back",
      at: afterSwitch,
      evaluation: sustained,
      source: "S0-207",
    }),
    measured(
      {
        name: "query-latency-target",
        title: "Query latency",
        query: "avg:postgresql.query.time{kube_namespace:{namespace}}",
      },
      { below: milliseconds(20), breach: "investigate", at: afterSwitch, source: "S0-159" },
    ),
    measured(
      {
        name: "query-latency-limit",
        title: "Query latency",
        query: "avg:postgresql.query.time{kube_namespace:{namespace}}",
      },
      {
        atMost: milliseconds(500),
        breach: "roll back",
        at: afterSwitch,
        evaluation: sustained,
        source: "S0-206",
      },
    ),
    errorRate({
      name: "error-rate-target",
      below: percent(0.1),
      breach: "investigate",
      source: "S0-164",
    }),
    errorRate({
      name: "error-rate-limit",
      atMost: percent(1),
      breach: "roll back",
      source: "S0-187",
    }),
    cpuUse({ name: "cpu-normal", below: percent(60), breach: "investigate", source: "S0-161" }),
    cpuUse({ name: "cpu-alarm", atMost: percent(80), breach: "investigate", source: "S0-189" }),
    measured(
      {
        name: "disk-io",
        title: "Disk I/O",
        query: "avg:system.io.util{kube_namespace:{namespace}}",
      },
      { atMost: percent(90), breach: "investigate", source: "S0-37" },
    ),
  ],
  alarms: { period: minutes(1), periods: 3, minimumRequests: 20 },
  budgets: [
    {
      name: "whole-cutover",
      title: "T-0 to sign-off",
      of: "whole cutover",
      limit: { below: hours(4) },
      passed: "report",
      source: "S0-6",
    },
    {
      name: "validation",
      title: "Validation after the move",
      of: "validation",
      limit: { below: hours(4) },
      passed: "report",
      source: "S0-10",
    },
  ],
  backups: [
    {
      of: "crm-db-prod and legacy-db-prod",
      owner: "databaseAdministrator",
      notOlderThan: hours(24),
      verifiedBy: ["Restored into a scratch database and counted."],
      source: "S0-18",
    },
    {
      of: "legacy-db-prod, frozen",
      owner: "databaseAdministrator",
      notOlderThan: hours(1),
      madeIn: "frozen",
      leastMegabytes: 800,
      verifiedBy: [
        "SHA-256 recorded and read back.",
        "Listed and restored into a scratch database.",
      ],
      source: "S0-75, S0-76, S0-77, S0-79",
    },
  ],
  preparation: [
    {
      before: hours(48),
      activity: "Notice to all stakeholders",
      owner: "projectManager",
      source: "S0-13",
    },
  ],
  night: {
    beginsAt: tbd("T-0 as HH:MM UTC", { inRehearsal: "18:00" }),
    slots: [
      {
        at: "T-0:30",
        activity: "Last checks",
        owner: "migrationLead",
        lasts: minutes(30),
        movesTo: "preflight",
      },
      {
        at: "T+0:00",
        activity: "Freeze and isolate legacy",
        owner: "infrastructureLead",
        lasts: minutes(30),
        movesTo: "frozen",
      },
      {
        at: "T+0:30",
        activity: "Final synchronisation",
        owner: "migrationLead",
        lasts: minutes(15),
        movesTo: "synced",
      },
      {
        at: "T+0:45",
        activity: "Target validation",
        owner: "databaseAdministrator",
        lasts: minutes(15),
        movesTo: "validated",
      },
      {
        at: "T+1:00",
        activity: "Switch of the record",
        owner: "infrastructureLead",
        lasts: minutes(10),
        movesTo: "switched",
      },
      {
        at: "T+1:10",
        activity: "Start of the servers",
        owner: "applicationLead",
        lasts: minutes(30),
        movesTo: "started",
      },
      {
        at: "T+1:40",
        activity: "Immediate validation",
        owner: "qaLead",
        lasts: minutes(40),
        movesTo: "verified",
      },
      {
        at: "T+2:20",
        activity: "Business validation",
        owner: "qaLead",
        lasts: minutes(60),
        movesTo: "business-verified",
      },
      {
        at: "T+3:20",
        activity: "Sign-off",
        owner: "projectManager",
        lasts: minutes(20),
        movesTo: "live",
      },
    ],
  },
  checklists: [
    {
      name: "two-days-before",
      title: "T-48 hours",
      items: [
        {
          title: "Backup complete and restored once",
          owner: "databaseAdministrator",
          source: "S0-18",
        },
        {
          title: "Network bandwidth",
          owner: "infrastructureLead",
          how: "measured between the databases",
          expected: "at least 100 Mbps",
          source: "S0-22",
        },
        {
          title: "Completeness against legacy",
          owner: "migrationLead",
          how: "reconciliation",
          expected: "at least 99 %",
          source: "S0-25",
        },
      ],
    },
    {
      name: "half-an-hour-before",
      title: "T-30 minutes",
      notOlderThan: hours(1),
      items: [
        { title: "Everyone online", owner: "migrationLead", source: "S0-52" },
        { title: "Target still clean", owner: "databaseAdministrator", source: "S0-58" },
      ],
    },
  ],
  checkpoints: (
    [
      [
        "frozen",
        "infrastructureLead",
        30,
        "Is legacy isolated, and is its snapshot verified?",
        "S0-81",
      ],
      ["synced", "databaseAdministrator", 15, "Are counts and checksums equal?", "S0-95"],
      ["validated", "qaLead", 15, "Did every check pass without a warning?", "S0-114"],
      ["switched", "infrastructureLead", 10, "Does a probe connect and write?", "S0-129"],
      ["started", "applicationLead", 30, "Are all four servers healthy?", "S0-146"],
    ] as const
  ).map(([after, decider, within, question, source]) => ({
    name: `go-${after}`,
    title: `Go / no-go after ${after}`,
    after,
    decidedBy: [decider, "migrationLead"] as const,
    within: minutes(within),
    questions: [{ question, good: "yes" as const, otherwise: ["roll back" as const] }],
    decisions: ["Go", "No-go"],
    source,
  })),
  // The plan names no score: its checks of two days before count once each, and none may be missing.
  readiness: {
    toLeave: "prepared",
    atLeast: percent(100),
    source: "S0-18, S0-22, S0-25",
    components: [
      {
        name: "two-days-before",
        title: "Checks of two days before",
        weight: 3,
        from: { checklist: "two-days-before" },
        source: "S0-18, S0-22, S0-25",
      },
    ],
  },
  smokeTests: [
    {
      id: "SMOKE-LOGIN",
      title: "User login",
      expected: "signed in",
      method: "POST",
      path: "/login",
      source: "S0-141",
    },
    {
      id: "SMOKE-LEADS",
      title: "Lead list",
      expected: "leads shown",
      method: "GET",
      path: "/leads",
      source: "S0-142",
    },
  ],
  communications: [
    {
      title: "Notice of the cutover",
      sender: "projectManager",
      audience: "all stakeholders",
      due: "48 hours before T-0",
      atLeastBefore: hours(48),
      source: "S0-250",
    },
    {
      title: "Progress",
      sender: "projectManager",
      audience: "war room and stakeholders",
      due: "during the cutover",
      every: minutes(30),
      source: "S0-253",
    },
  ],
  followUps: [
    {
      title: "Migration tickets closed",
      owner: "projectManager",
      due: { within: days(30) },
      source: "S0-268",
    },
  ],
  success: [
    { title: "Completeness at least 99 %", measuredBy: "reconciliation", source: "S0-256" },
    { title: "No critical record lost", measuredBy: "reconciliation", source: "S0-256" },
  ],
  done: [{ title: "Every check of the sign-off is green", measuredBy: "gates", source: "S0-192" }],
  retention: {
    oldSideFor: days(30),
    immediateRollbackFor: hours(2),
    records: [
      {
        of: "snapshots, log archives, reports, dump of a failed target",
        for: days(30),
        source: "S0-269",
      },
    ],
  },
});
