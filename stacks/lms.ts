/**
 * Leave Management System, v2 to v3.0.0.
 *
 * Everything the cutover needs is written here once: alarms, dashboard, gates, runbook and rehearsal
 * derive from it. What the plan leaves open is marked `tbd`, with an example that only rehearsals use.
 * `source` names the requirement that a figure comes from.
 */
import { istioMetrics } from "../definition/request-metrics.ts";
import { defineSystem } from "../definition/system.ts";
import { stage } from "../definition/stage.ts";
import { oneDatabase } from "../definition/stores.ts";
import { tbd } from "../definition/tbd.ts";
import {
  cpuUse,
  errorRate,
  failedRequests,
  memoryUse,
  p95Latency,
} from "../definition/thresholds.ts";
import { istioRoute } from "../definition/traffic.ts";
import { days, hours, milliseconds, minutes, percent, seconds } from "../definition/units.ts";
import { weight } from "../definition/posture.ts";

export const lms = defineSystem({
  name: "lms",
  title: "Leave Management System v2 → v3.0.0",

  document: {
    id: "LMS-PHASE29-CUTOVER-001",
    version: "1.0",
    date: "2025-12-20",
    classification: "Internal – Restricted",
    companions: [
      { title: "Go-live readiness checklist", location: "PHASE_29_GOLIVE_READINESS_CHECKLIST.md" },
      { title: "Rollback plan", location: "PHASE_29_ROLLBACK_PLAN.md" },
      { title: "Communication plan", location: "PHASE_29_COMMUNICATION_PLAN.md" },
      { title: "Day-1 support plan", location: "PHASE_29_DAY1_SUPPORT_PLAN.md" },
    ],
  },

  // ── The ladder: one value, `lms:trafficWeight`, is Green's share in percent ─────────────────────────
  //
  // `set` is what a person sets, `begins` the planned time after T-0, `shift` how long the move may take,
  // `timeLeft` what the rest of the night needs of the window: its soaks, checkpoints, validation and smoke
  // tests, without the moves themselves and what may be done after the window (S1-19). `leave` is what must
  // be true before the next stage.

  config: {
    trafficWeight: weight("Green's share of the requests, in percent"),
  },

  // Never unless somebody turns it on, and over before green is deployed: from 22:45 to 23:10 (S1-53, C1).
  maintenance: { within: minutes(25), source: "S1-53" },

  ladder: [
    stage("baseline", {
      title: "Green stands beside Blue and gets no traffic",
      set: { trafficWeight: 0 },
      leave: { checklists: ["a-day-before", "an-hour-before"] },
    }),
    stage("canary", {
      title: "10 % of the requests on Green",
      set: { trafficWeight: 10 },
      begins: minutes(95),
      shift: minutes(5),
      timeLeft: minutes(105),
      leave: { soak: minutes(15), greenRequests: 600, checkpoint: "checkpoint-1" },
    }),
    stage("half", {
      title: "50 % of the requests on Green",
      set: { trafficWeight: 50 },
      begins: minutes(120),
      shift: minutes(5),
      timeLeft: minutes(85),
      leave: { soak: minutes(20), greenRequests: 600, checkpoint: "checkpoint-2" },
    }),
    stage("full", {
      title: "All requests on Green, Blue warm and idle",
      set: { trafficWeight: 100 },
      begins: minutes(150),
      shift: minutes(5),
      timeLeft: minutes(60),
      leave: { soak: minutes(30), greenRequests: 600, checkpoint: "final-checkpoint" },
    }),
  ],

  // Always straight to Blue, from whichever stage, within a minute (S1-3).
  rollback: {
    to: "baseline",
    within: seconds(60),
    authority: { by: ["releaseManager"], alarmSuffices: true },
  },

  // ── What must hold while Green carries traffic ──────────────────────────────────────────────────────

  thresholds: [
    errorRate({ below: percent(1), breach: "roll back", source: "S1-71" }),
    failedRequests({ below: percent(0.5), breach: "roll back", source: "S1-72" }),
    p95Latency({ below: milliseconds(500), breach: "investigate", source: "S1-73" }),
    cpuUse({ below: percent(70), breach: "investigate", source: "S1-74" }),
    memoryUse({ below: percent(80), breach: "investigate", source: "S1-75" }),
  ],
  // Two minutes in a row: one bad minute of a quiet night can be a single request.
  alarms: { period: minutes(1), periods: 2, minimumRequests: 20 },

  // ── When ────────────────────────────────────────────────────────────────────────────────────────────

  calendar: {
    zone: "UTC",
    windows: [
      {
        title: "Primary window",
        weekdays: ["Saturday"],
        opens: "22:00",
        lasts: hours(4),
        date: tbd("the Saturday of the cutover as YYYY-MM-DD", { inRehearsal: "2026-01-10" }),
      },
      {
        title: "Contingency window",
        weekdays: ["Saturday"],
        opens: "22:00",
        lasts: hours(4),
        date: tbd("the Saturday after it as YYYY-MM-DD", { inRehearsal: "2026-01-17" }),
        onlyAfter: "Primary window",
      },
    ],
    blackouts: [
      { kind: "last business days", count: 3, reason: "payroll processing" },
      {
        kind: "quarter end",
        businessDaysBefore: 3,
        businessDaysAfter: 5,
        reason: "financial close",
      },
      {
        kind: "public holidays",
        country: tbd("the ISO 3166 code of the country whose holidays count", {
          inRehearsal: "US",
        }),
        reason: "reduced support",
      },
      {
        kind: "events",
        events: tbd("the major business events, an empty list if there are none", {
          inRehearsal: [],
        }),
        reason: "critical business operations",
      },
    ],
  },

  // ── Who ─────────────────────────────────────────────────────────────────────────────────────────────

  roles: {
    releaseManager: {
      title: "Release Manager",
      alsoCalled: ["Release Commander"],
      decides: "coordination, go / no-go, every rollback",
    },
    devOps: { title: "DevOps Lead", alsoCalled: ["DevOps"], decides: "deployment, infrastructure" },
    dba: { title: "Database Administrator", alsoCalled: ["DBA"], decides: "database operations" },
    qa: { title: "QA Lead", alsoCalled: ["QA"], decides: "validation and smoke tests" },
    devLead: { title: "Dev Lead", decides: "application issues" },
    security: { title: "Security", decides: "security verification" },
    businessRep: { title: "Business Representative", decides: "business validation" },
    hrRep: { title: "HR Representative", decides: "HR admin functions" },
    projectManager: {
      title: "Project Manager",
      alsoCalled: ["PM", "Communications"],
      decides: "stakeholder updates",
    },
    platform: { title: "Platform", decides: "the load balancer" },
    businessSponsor: { title: "Business Sponsor", decides: "business escalation" },
  },
  contacts: [
    { role: "releaseManager", secret: "lms-contacts:releaseManager" },
    { role: "devOps", secret: "lms-contacts:devOps" },
    { role: "dba", secret: "lms-contacts:dba" },
    { role: "security", secret: "lms-contacts:security" },
    { role: "businessSponsor", secret: "lms-contacts:businessSponsor" },
  ],
  warRoom: {
    chat: "lms-golive-war-room",
    incidents: "lms-incidents",
    slackAccount: tbd("the Slack workspace as Datadog knows it", { inRehearsal: "example" }),
    bridge: tbd("the conference number or link", { inRehearsal: "https://bridge.example/lms" }),
    statusPage: tbd("the address of the status dashboard", {
      inRehearsal: "https://status.example/lms",
    }),
    protocol: [
      "A status update every 15 minutes from opening to closing.",
      "Issues go to the incident channel at once.",
      "Each decision is written down as it is made.",
      "A rollback needs the Release Manager, unless an alarm that orders it is firing.",
    ],
  },

  // ── Before the night ────────────────────────────────────────────────────────────────────────────────

  preparation: [
    { before: days(7), activity: "Final code freeze", owner: "devLead", source: "S1-21" },
    {
      before: days(3),
      activity: "Build the production artifact and record its digest",
      owner: "devOps",
      lasts: hours(2),
      source: "S1-22",
    },
    {
      before: days(2),
      activity: "Final validation on staging",
      owner: "qa",
      lasts: hours(4),
      source: "S1-23",
    },
    {
      before: days(1),
      activity: "Go / no-go meeting",
      owner: "releaseManager",
      lasts: hours(1),
      source: "S1-24",
    },
    {
      before: days(1),
      activity: "Pre-deployment communications",
      owner: "projectManager",
      lasts: hours(1),
      source: "S1-25",
    },
  ],

  checklists: [
    {
      name: "a-day-before",
      title: "T-24 hours",
      notOlderThan: hours(24),
      items: [
        { title: "Go decision obtained", owner: "releaseManager", source: "S1-27" },
        { title: "Every team member available", owner: "releaseManager", source: "S1-28" },
        { title: "Bridge and war-room details sent", owner: "projectManager", source: "S1-29" },
        { title: "Rollback plan gone through", owner: "devOps", source: "S1-30" },
        { title: "Stakeholders notified", owner: "projectManager", source: "S1-31" },
        { title: "Production artifact verified", owner: "devOps", source: "S1-32" },
        { title: "Dashboards prepared", owner: "devOps", source: "S1-33" },
      ],
    },
    {
      name: "an-hour-before",
      title: "T-1 hour",
      notOlderThan: hours(1),
      items: [
        {
          title: "Team checked in",
          owner: "releaseManager",
          how: "roll call",
          expected: "all present",
          source: "S1-34",
        },
        {
          title: "Production database answers",
          owner: "dba",
          how: "SELECT 1",
          expected: "success",
          source: "S1-35",
        },
        {
          title: "Version in production",
          owner: "devOps",
          how: "GET /api/health on Blue",
          expected: "2.x.x",
          source: "S1-36",
        },
        {
          title: "Backup verified",
          owner: "dba",
          how: "backup status",
          expected: "valid",
          source: "S1-37",
        },
        {
          title: "Green ready",
          owner: "devOps",
          how: "GET /api/health on Green",
          expected: "healthy",
          source: "S1-38",
        },
        {
          title: "Load balancer reachable",
          owner: "platform",
          how: "status of gateway and route",
          expected: "healthy",
          source: "S1-39",
        },
        {
          title: "Monitoring works",
          owner: "devOps",
          how: "dashboard",
          expected: "all green",
          source: "S1-40",
        },
        {
          title: "Alerts arrive",
          owner: "devOps",
          how: "test alert",
          expected: "received",
          source: "S1-41",
        },
        {
          title: "Rollback artifact there",
          owner: "devOps",
          how: "registry",
          expected: "available",
          source: "S1-42",
        },
        {
          title: "Channels work",
          owner: "projectManager",
          how: "test message",
          expected: "received",
          source: "S1-43",
        },
      ],
    },
    {
      name: "manual-verification",
      title: "By hand, after 100 %",
      items: [
        { title: "Production URL reachable", owner: "qa", source: "S1-95" },
        { title: "TLS certificate valid", owner: "devOps", source: "S1-95" },
        { title: "Version in footer and about page", owner: "qa", source: "S1-95" },
        { title: "Audit logs written", owner: "security", source: "S1-95" },
        { title: "Metrics on the dashboards", owner: "devOps", source: "S1-95" },
        { title: "No critical errors in the logs", owner: "devOps", source: "S1-95" },
        { title: "E-mail notifications work", owner: "qa", source: "S1-95" },
        { title: "Integration endpoints answer", owner: "devOps", source: "S1-95" },
      ],
    },
    {
      name: "business-verification",
      title: "Business, after 100 %",
      items: [
        { title: "Sample leave request, start to end", owner: "businessRep", source: "S1-96" },
        { title: "Manager can approve", owner: "businessRep", source: "S1-96" },
        { title: "HR admin functions", owner: "hrRep", source: "S1-96" },
        { title: "Reports are right", owner: "businessRep", source: "S1-96" },
      ],
    },
  ],

  staged: { reached: "full", by: "qa", notOlderThan: days(3), source: "S1-23" },
  backups: [
    {
      of: "lms_production",
      owner: "dba",
      notOlderThan: hours(4),
      size: { atLeast: percent(80), atMost: percent(150) },
      verifiedBy: [
        "The file is there, with its size and SHA-256.",
        "Its size is plausible against the backup before.",
        "pg_restore lists the whole archive without an error.",
      ],
      source: "S1-47, S1-49, S1-50, S1-51",
    },
  ],

  // ── The night ───────────────────────────────────────────────────────────────────────────────────────

  night: {
    beginsAt: "22:00",
    slots: [
      {
        at: "22:00",
        activity: "War room opens, team checks in",
        owner: "releaseManager",
        lasts: minutes(15),
      },
      { at: "22:15", activity: "Pre-cutover checks", owner: "devOps", lasts: minutes(15) },
      { at: "22:30", activity: "Database backup verified", owner: "dba", lasts: minutes(15) },
      {
        at: "22:45",
        activity: "Maintenance mode on",
        owner: "devOps",
        lasts: minutes(5),
        maintenance: "on",
        optional: true,
      },
      { at: "22:50", activity: "Database migrations", owner: "dba", lasts: minutes(20) },
      {
        at: "23:10",
        activity: "Green deployed",
        owner: "devOps",
        lasts: minutes(15),
        movesTo: "baseline",
      },
      { at: "23:25", activity: "Green's health checked", owner: "devOps", lasts: minutes(10) },
      {
        at: "23:35",
        activity: "10 % on Green",
        owner: "devOps",
        lasts: minutes(5),
        movesTo: "canary",
      },
      { at: "23:40", activity: "Canary watched", owner: "everyone", lasts: minutes(15) },
      { at: "23:55", activity: "Checkpoint 1", owner: "releaseManager", lasts: minutes(5) },
      {
        at: "00:00",
        activity: "50 % on Green",
        owner: "devOps",
        lasts: minutes(5),
        movesTo: "half",
      },
      { at: "00:05", activity: "Both sides watched", owner: "everyone", lasts: minutes(20) },
      { at: "00:25", activity: "Checkpoint 2", owner: "releaseManager", lasts: minutes(5) },
      {
        at: "00:30",
        activity: "100 % on Green",
        owner: "devOps",
        lasts: minutes(5),
        movesTo: "full",
      },
      { at: "00:35", activity: "Validation after the move", owner: "qa", lasts: minutes(30) },
      {
        at: "01:05",
        activity: "Check that maintenance mode is off",
        owner: "devOps",
        lasts: minutes(5),
        optional: true,
      },
      { at: "01:10", activity: "Smoke tests", owner: "qa", lasts: minutes(20) },
      { at: "01:30", activity: "Final checkpoint", owner: "releaseManager", lasts: minutes(10) },
      { at: "01:40", activity: "Go-live confirmed", owner: "releaseManager", lasts: minutes(5) },
      {
        at: "01:45",
        activity: "Post-deployment communications",
        owner: "projectManager",
        lasts: minutes(15),
      },
      { at: "02:00", activity: "War room closes", owner: "releaseManager" },
    ],
  },

  // Consensus is that of the war room without the Release Manager, who decides (S1-99, S1-107).
  checkpoints: [
    {
      name: "checkpoint-1",
      title: "Checkpoint 1",
      after: "canary",
      decidedBy: ["releaseManager"],
      consensusOf: ["devOps", "dba", "qa", "devLead", "security", "businessRep", "projectManager"],
      questions: [
        { question: "Is the error rate acceptable?", good: "yes", otherwise: ["roll back"] },
        { question: "Are response times acceptable?", good: "yes", otherwise: ["roll back"] },
        {
          question: "Are there critical alerts?",
          good: "no",
          otherwise: ["investigate", "roll back"],
        },
        { question: "Does the team agree to go on?", good: "yes", otherwise: ["hold"] },
      ],
      decisions: ["Proceed to 50 %", "Hold", "Roll back"],
      source: "S1-77",
    },
    {
      name: "checkpoint-2",
      title: "Checkpoint 2",
      after: "half",
      decidedBy: ["releaseManager"],
      consensusOf: ["devOps", "dba", "qa", "devLead", "security", "businessRep", "projectManager"],
      questions: [
        { question: "Is the error rate acceptable?", good: "yes", otherwise: ["roll back"] },
        { question: "Is performance stable?", good: "yes", otherwise: ["roll back"] },
        {
          question: "Have users reported issues?",
          good: "no",
          otherwise: ["investigate", "roll back"],
        },
        { question: "Does the team agree to go on?", good: "yes", otherwise: ["hold"] },
      ],
      decisions: ["Proceed to 100 %", "Hold", "Roll back"],
      source: "S1-80",
    },
    {
      name: "final-checkpoint",
      title: "Final checkpoint",
      after: "full",
      decidedBy: ["releaseManager"],
      questions: [
        { question: "Did all smoke tests pass?", good: "yes", otherwise: ["investigate"] },
        { question: "Did the business validation pass?", good: "yes", otherwise: ["investigate"] },
        { question: "Is monitoring healthy?", good: "yes", otherwise: ["investigate"] },
        { question: "Ready to declare go-live?", good: "yes", otherwise: ["hold"] },
      ],
      decisions: ["Go-live confirmed", "Extended monitoring", "Roll back"],
      source: "S1-97",
    },
  ],

  // Each check of either list counts once, as does each thing that a machine can see itself. Nothing may be
  // missing before the first traffic: the plan lets none of its checks fail (S1-44).
  readiness: {
    toLeave: "baseline",
    atLeast: percent(100),
    source: "S1-44",
    components: [
      {
        name: "a-day-before",
        title: "Checks of the day before",
        weight: 7,
        from: { checklist: "a-day-before" },
        source: "S1-27",
      },
      {
        name: "an-hour-before",
        title: "Checks of the hour before",
        weight: 10,
        from: { checklist: "an-hour-before" },
        source: "S1-44",
      },
      {
        name: "backup",
        title: "Backup read back",
        weight: 1,
        from: { backup: "lms_production" },
        source: "S1-37",
      },
      {
        name: "green",
        title: "Green stands whole",
        weight: 1,
        from: { replicas: "green" },
        source: "S1-38",
      },
      {
        name: "blue",
        title: "Blue stands whole",
        weight: 1,
        from: { replicas: "blue" },
        source: "S1-36",
      },
      {
        name: "mesh",
        title: "Gateway and control plane of the mesh stand whole",
        weight: 1,
        from: {
          deployments: [
            { namespace: "istio-system", name: "istiod" },
            { namespace: "istio-system", name: "istio-ingressgateway" },
          ],
        },
        source: "S1-39",
      },
      {
        name: "alarms",
        title: "Alarms work and are quiet",
        weight: 1,
        from: { alarms: "quiet" },
        source: "S1-40",
      },
    ],
  },

  testAccount: { header: "authorization", variable: "LMS_TEST_ACCOUNT" },
  smokeTests: [
    {
      id: "SMOKE-001",
      title: "User login",
      expected: "authenticated",
      method: "POST",
      path: "/api/v1/session",
      source: "S1-85",
    },
    {
      id: "SMOKE-002",
      title: "View leave balance",
      expected: "balance shown",
      method: "GET",
      path: "/api/v1/leave/balance",
      source: "S1-86",
    },
    {
      id: "SMOKE-003",
      title: "Submit leave request",
      expected: "request created",
      method: "POST",
      path: "/api/v1/leave/requests",
      body: tbd("a leave request of the test account, as the API takes it", { inRehearsal: {} }),
      source: "S1-87",
    },
    {
      id: "SMOKE-004",
      title: "Approve leave request",
      expected: "status updated",
      method: "PUT",
      path: "/api/v1/leave/requests/approve",
      body: tbd("which request of the test account to approve", { inRehearsal: {} }),
      source: "S1-88",
    },
    {
      id: "SMOKE-005",
      title: "Reject leave request",
      expected: "status updated",
      method: "PUT",
      path: "/api/v1/leave/requests/reject",
      body: tbd("which request of the test account to reject", { inRehearsal: {} }),
      source: "S1-89",
    },
    {
      id: "SMOKE-006",
      title: "View leave history",
      expected: "history shown",
      method: "GET",
      path: "/api/v1/leave/history",
      source: "S1-90",
    },
    {
      id: "SMOKE-007",
      title: "Generate report",
      expected: "report generated",
      method: "POST",
      path: "/api/v1/reports",
      body: tbd("which report to make", { inRehearsal: {} }),
      source: "S1-91",
    },
    {
      id: "SMOKE-008",
      title: "Open admin dashboard",
      expected: "dashboard loads",
      method: "GET",
      path: "/api/v1/admin/dashboard",
      source: "S1-92",
    },
    {
      id: "SMOKE-009",
      title: "Notification delivered",
      expected: "notification received",
      method: "GET",
      path: "/api/v1/notifications",
      source: "S1-93",
    },
    {
      id: "SMOKE-010",
      title: "API health",
      expected: "all endpoints healthy",
      method: "GET",
      path: "/api/v1/status",
      source: "S1-94",
    },
  ],

  communications: [
    {
      title: "Pre-deployment notice",
      sender: "projectManager",
      audience: "stakeholders",
      due: "one day before T-0",
      message: {
        kind: "before",
        says: [
          "{title}: the new version goes live in the window {window}.",
          "Requests move to it step by step while the service stays up; no downtime is planned.",
          "Status during the night: {statusPage}",
        ],
      },
      source: "S1-25",
    },
    {
      title: "Status update",
      sender: "projectManager",
      audience: "war room",
      due: "from opening to closing of the war room",
      every: minutes(15),
      message: {
        kind: "status",
        says: [
          "{title}: {stage}, since {since}. Green has {green} % of the requests; rollbacks so far: {rollbacks}.",
          "Next: {next}. Issues go to {incidents}.",
        ],
      },
      source: "S1-103",
    },
    {
      title: "Post-deployment notice",
      sender: "projectManager",
      audience: "stakeholders",
      due: "01:45, after go-live is confirmed",
      message: {
        kind: "after",
        says: [
          "{title}: {stage}, since {since}. The new version has {green} % of the requests.",
          "Rollbacks during the night: {rollbacks}. Status: {statusPage}",
        ],
      },
      source: "S1-108",
    },
  ],

  // ── Afterwards ──────────────────────────────────────────────────────────────────────────────────────

  followUps: [
    {
      title: "Go-live confirmation to stakeholders",
      owner: "projectManager",
      due: { within: hours(1) },
      source: "S1-109",
    },
    {
      title: "Status page updated",
      owner: "projectManager",
      due: { within: hours(1) },
      source: "S1-110",
    },
    {
      title: "Hypercare team has taken over",
      owner: "releaseManager",
      due: { within: hours(1) },
      source: "S1-111",
    },
    {
      title: "Deployment logs archived",
      owner: "devOps",
      due: { within: hours(1) },
      source: "S1-112",
    },
    {
      title: "Service registry updated",
      owner: "devOps",
      due: { within: hours(1) },
      source: "S1-113",
    },
    {
      title: "Business walkthrough",
      owner: "businessRep",
      due: "next business day",
      source: "S1-114",
    },
    {
      title: "Overnight logs reviewed",
      owner: "devOps",
      due: "next business day",
      source: "S1-114",
    },
    {
      title: "User feedback dealt with",
      owner: "devLead",
      due: "next business day",
      source: "S1-114",
    },
    {
      title: "Removal of Blue planned",
      owner: "devOps",
      due: "next business day",
      source: "S1-114",
    },
    {
      title: "Post-implementation review in the calendar",
      owner: "releaseManager",
      due: "next business day",
      source: "S1-114",
    },
  ],
  success: [
    { title: "Finished within the window", measuredBy: "ledger", source: "S1-116" },
    { title: "No critical errors", measuredBy: "alarms", source: "S1-116" },
    { title: "All smoke tests pass", measuredBy: "smoke tests", source: "S1-116" },
    { title: "Business validation passed", measuredBy: "sign-off", source: "S1-116" },
    { title: "No rollback was needed", measuredBy: "ledger", source: "S1-116" },
  ],
  done: [
    { title: "All traffic on the new version", measuredBy: "observed share", source: "S1-117" },
    { title: "Smoke tests pass", measuredBy: "smoke tests", source: "S1-117" },
    { title: "Business validation complete", measuredBy: "sign-off", source: "S1-117" },
    { title: "No critical issue open", measuredBy: "incident channel", source: "S1-117" },
    { title: "Monitoring healthy", measuredBy: "alarms", source: "S1-117" },
    { title: "Announcement sent", measuredBy: "announcements", source: "S1-117" },
    { title: "Hypercare team briefed", measuredBy: "sign-off", source: "S1-117" },
  ],
  // Blue stays whole until a signed decommission plan, 30 days unless its owner says otherwise.
  retention: { oldSideFor: days(30), immediateRollbackFor: days(30) },

  // ── What runs ───────────────────────────────────────────────────────────────────────────────────────

  workload: {
    namespace: "production",
    container: "lms",
    port: 8080,
    replicas: { least: 3, most: 9 },
    resources: {
      requests: { cpu: "500m", memory: "512Mi" },
      limits: { cpu: "1", memory: "1Gi" },
    },
    health: {
      path: "/api/health",
      expects: { status: "healthy", database: "connected" },
      reports: ["timestamp"],
      dependencies: tbd("the services that Green needs, an empty list if there are none", {
        inRehearsal: [],
      }),
      statusPath: "/api/v1/status",
    },
    rolloutWithin: seconds(300),
    drainFor: seconds(30),
  },
  environments: {
    blue: {
      name: "lms-blue",
      image: {
        repository: "registry.company.com/lms",
        tag: tbd("the tag of the version in production, v2.x.x", { inRehearsal: "v2.14.1" }),
        digest: tbd("the sha256 digest of the image in production", {
          inRehearsal: "sha256:2b4c1c0f6f2f4a3b9d5e8a7c6b1f0e9d8c7b6a5948372615f4e3d2c1b0a99887",
        }),
      },
      version: tbd("the version that Blue's health endpoint says", { inRehearsal: "2.14.1" }),
      address: tbd("where Blue answers past the gateway, as https://HOST", {
        inRehearsal: "https://lms-blue.example",
      }),
    },
    green: {
      name: "lms-green",
      image: {
        repository: "registry.company.com/lms",
        tag: "v3.0.0",
        digest: tbd("the sha256 digest recorded when the artifact was built, three days before", {
          inRehearsal: "sha256:9f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
        }),
      },
      version: "3.0.0",
      address: "https://lms-green.internal.company.com",
    },
  },
  stores: oneDatabase({
    name: "lms_production",
    secret: "lms-database",
    migration: {
      command: ["alembic", "upgrade", "head"],
      head: tbd("the Alembic revision that v3.0.0 needs", { inRehearsal: "4f2a9c7d1e30" }),
      revision: "SELECT version_num FROM alembic_version",
      within: minutes(20),
    },
  }),
  traffic: istioRoute({
    name: "lms-vs",
    hosts: ["lms.company.com"],
    gateways: ["istio-system/public"],
    timeout: seconds(15),
    retries: { attempts: 2, perTryTimeout: seconds(5) },
  }),
  requestMetrics: istioMetrics(),

  sources: {
    datadogSite: tbd("the Datadog site, for example datadoghq.eu", {
      inRehearsal: "datadoghq.example",
    }),
    kubernetesServer: tbd("the address of the cluster's API server, as the kubeconfig names it", {
      inRehearsal: "https://kubernetes.example",
    }),
    databases: {
      lms_production: {
        host: tbd("the host name of the database", { inRehearsal: "lms-database.example" }),
        database: "lms_production",
        variables: { user: "LMS_READER_USER", password: "LMS_READER_PASSWORD" },
      },
    },
  },

  // ── The rehearsal: examples, none of which reach staging or production ─────────────────────────────
  //
  // Nothing below concerns the night itself.

  rehearsal: {
    requestsPerSecond: 440,
    data: {
      schema: [
        "create table employees (id integer primary key, name text not null, leave_balance integer not null)",
        "create table leave_requests (id serial primary key, employee_id integer not null references employees (id), reference text not null, status text not null default 'submitted', created_at timestamptz not null default now())",
        "insert into employees select n, 'Employee ' || n, 30 from generate_series(1, 100) as n",
        "insert into leave_requests (employee_id, reference) select n, 'example-' || n from generate_series(1, 100) as n",
        "create index leave_requests_employee on leave_requests (employee_id, id)",
      ],
      migrations: [
        {
          revision: "4f2a9c7d1e30",
          statements: [
            "alter table leave_requests add column decided_by integer references employees (id)",
            "alter table employees add column carry_over integer not null default 0",
          ],
        },
      ],
    },
    requests: [
      {
        name: "view balance",
        method: "GET",
        path: "/api/v1/leave/balance",
        share: 50,
        statement: "select id, leave_balance from employees where id = $1",
      },
      {
        name: "view history",
        method: "GET",
        path: "/api/v1/leave/history",
        share: 30,
        statement:
          "select id, status from leave_requests where employee_id = $1 order by id desc limit 5",
      },
      {
        name: "submit request",
        method: "POST",
        path: "/api/v1/leave/requests",
        share: 8,
        statement:
          "insert into leave_requests (employee_id, reference) values ($1, $2) returning id, status",
      },
      {
        name: "log in",
        method: "POST",
        path: "/api/v1/session",
        share: 8,
        statement: "select id, name from employees where id = $1",
      },
      {
        name: "approve request",
        method: "PUT",
        path: "/api/v1/leave/requests/approve",
        share: 2,
        statement:
          "update leave_requests set status = 'approved' where id = (select max(id) from leave_requests where employee_id = $1) returning id, status",
      },
      {
        name: "reject request",
        method: "PUT",
        path: "/api/v1/leave/requests/reject",
        share: 1,
        statement:
          "update leave_requests set status = 'rejected' where id = (select min(id) from leave_requests where employee_id = $1) returning id, status",
      },
      {
        name: "generate report",
        method: "POST",
        path: "/api/v1/reports",
        share: 1,
        statement:
          "select count(*) as employees, sum(leave_balance) as days from employees where id >= $1",
      },
      {
        name: "admin dashboard",
        method: "GET",
        path: "/api/v1/admin/dashboard",
        share: 0,
        statement: "select status, count(*) from leave_requests group by status",
      },
      {
        name: "notifications",
        method: "GET",
        path: "/api/v1/notifications",
        share: 0,
        statement: "select reference from leave_requests where employee_id = $1 order by id desc",
      },
    ],
    blue: {
      version: "2.14.1",
      medianMilliseconds: 24,
      p95Milliseconds: 70,
      cpuPercentAtFullLoad: 48,
      memoryPercent: 52,
    },
    green: {
      version: "3.0.0",
      medianMilliseconds: 18,
      p95Milliseconds: 55,
      cpuPercentAtFullLoad: 41,
      memoryPercent: 47,
    },
  },
});
