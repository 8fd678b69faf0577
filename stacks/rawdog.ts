/**
 * RAWDOG shop, single tenant, to the platform for many tenants.
 *
 * Everything the cutover needs is written here once: alarms, dashboard, gates, runbook and rehearsal derive from it.
 * What the plan leaves open is marked `tbd`, with an example that only rehearsals use. `source` names the
 * requirement that a figure comes from; C-numbers are the plan's contradictions and how they were settled.
 */
import { postgres } from "../definition/figure.ts";
import { oneOf, weight, wholeSeconds } from "../definition/posture.ts";
import { traceMetrics } from "../definition/request-metrics.ts";
import { noWayBack, stage } from "../definition/stage.ts";
import { twoStores } from "../definition/stores.ts";
import { defineSystem } from "../definition/system.ts";
import { tbd } from "../definition/tbd.ts";
import {
  callFailures,
  databaseConnections,
  errorRate,
  measured,
  p95Latency,
  spanErrors,
} from "../definition/thresholds.ts";
import { albListenerRule } from "../definition/traffic.ts";
import {
  count,
  days,
  hours,
  milliseconds,
  minutes,
  percent,
  perSecond,
  seconds,
} from "../definition/units.ts";

// ── What is measured ──────────────────────────────────────────────────────────────────────────────────
//
// `{workload}` stands for the side.

const traced = "env:production AND service:{workload}";
const requestRate = `sum:trace.http.request.hits{${traced}}.rollup(sum, 60) / 60`;
const redisMemory =
  "100 * max:redis.mem.used{service:{workload}} / max:redis.mem.maxmemory{service:{workload}}";
const mismatches = "max:sync.mismatches{service:rawdog-sync}";

/** Five periods of a minute in a row: seen within six minutes (C8). */
const fiveInARow = { period: minutes(1), periods: 5 } as const;
/** One is enough, however few requests there are (C7). */
const atOnce = { period: minutes(1), periods: 1, minimumRequests: 0 } as const;

/** The stages at which both sides take orders and each copies to the other. */
const bothWrite = ["canary", "half", "full"] as const;

// ── The way back: always the strategy `immediate`, straight to 0 %, in less than two minutes (S4-4, S4-7) ──

const immediate = {
  to: "ttl-lowered",
  within: minutes(2),
  procedure: "immediate",
  // What proves that it is over (S4-51).
  steps: [
    { title: "Weight 0 written, and read back from the load balancer", lasts: seconds(20) },
    { title: "Writes are allowed on the old side: no freeze is held", lasts: seconds(5) },
    { title: "Requests are seen on the old side alone, and answered well", lasts: seconds(30) },
    { title: "Health and smoke tests of the old side pass", lasts: seconds(30) },
    {
      title: "What waits to be copied back is counted; it is copied while users go on",
      lasts: seconds(15),
    },
    { title: "Team told, by the message `rollback`", lasts: seconds(20) },
  ],
} as const;

export const rawdog = defineSystem({
  name: "rawdog",
  title: "RAWDOG shop → multi-tenant platform",

  document: {
    id: "PHASE-7C",
    version: "week 26",
    date: "undated",
    classification: "Internal",
    companions: [
      { title: "Cutover runbook", location: "docs/runbooks/CUTOVER-RUNBOOK.md" },
      { title: "Rollback runbook", location: "docs/runbooks/ROLLBACK-RUNBOOK.md" },
      { title: "Post-cutover checklist", location: "docs/runbooks/POST-CUTOVER-CHECKLIST.md" },
      { title: "Infrastructure topology", location: "ARCHITECTURE.md" },
      {
        title: "Integrations to verify",
        location: "CODEBASE-ANALYSIS/INTEGRATIONS-2025-02-10.md",
      },
    ],
  },

  // ── The ladder: three values say where the cutover stands ───────────────────────────────────────────
  //
  // Traffic moves at the load balancer alone, and DNS never changes where it leads (C1). A freeze of all writes
  // lasts for the final sync only, inside of the move to 10 % (C2, C18).

  config: {
    trafficWeight: weight("Green's share of the requests, in percent"),
    ttlSeconds: wholeSeconds("TTL of the site's DNS records; unless set, as they are found", {
      unlessSet: "as found",
    }),
    oldSystem: oneOf(["in step", "kept", "retired"], "What is done with the old system", {
      unlessSet: "in step",
    }),
  },

  ladder: [
    stage("prepare", {
      title: "The platform deployed, data copied, no traffic",
      set: { trafficWeight: 0 },
      follows: { sync: "both-ways", legacyAccess: "read-write", maintenance: "off" },
      leave: {
        data: ["mismatches"],
        facts: ["The platform is healthy", "Dashboard with live data", "Every alert fired once"],
      },
    }),
    stage("ttl-lowered", {
      title: "Resolvers keep the site's names for five minutes only",
      anyTime: "one old TTL must pass before T-0, and nothing moves",
      set: { ttlSeconds: 300 },
      leave: {
        checklists: ["before-the-cutover"],
        signedBy: ["releaseOwner", "approver", "secondApprover"],
        rehearsed: { notOlderThan: days(7) },
        data: ["sync-backlog", "mismatches"],
        facts: ["One old TTL has passed"],
      },
      rollback: { to: "prepare", within: minutes(2) },
    }),
    stage("canary", {
      title: "10 % on the platform",
      set: { trafficWeight: 10 },
      begins: minutes(0),
      timeLeft: minutes(65),
      passages: [
        {
          name: "final-sync",
          title: "Maintenance: the last changes copied, and both stores compared",
          follows: { maintenance: "on" },
          within: seconds(60),
          otherwise: "The freeze is given back, the old system serves, nothing has moved.",
        },
      ],
      leave: { soak: minutes(15), greenRequests: 600, data: ["mismatches", "sync-lag"] },
      rollback: immediate,
    }),
    stage("half", {
      title: "50 % on the platform",
      set: { trafficWeight: 50 },
      begins: minutes(16),
      timeLeft: minutes(50),
      leave: { soak: minutes(30), greenRequests: 600, data: ["mismatches", "sync-lag"] },
      rollback: immediate,
    }),
    stage("full", {
      title: "100 % on the platform, the old system in step",
      set: { trafficWeight: 100 },
      begins: minutes(47),
      timeLeft: minutes(20),
      follows: { legacyAccess: "sync-only" },
      leave: {
        soak: hours(24),
        checklists: ["after-the-cutover"],
        data: ["mismatches", "sync-lag"],
      },
      rollback: immediate,
    }),
    stage("retained", {
      title: "The old system kept, idle and read-only",
      anyTime: "traffic moved a day ago",
      set: { oldSystem: "kept" },
      follows: { legacyAccess: "read-only", sync: "off" },
      leave: { soak: days(29), signedBy: ["releaseOwner", "approver"] },
      rollback: {
        ...immediate,
        needs: ["Data reconciled by hand", "The loss that remains is accepted by signature"],
      },
    }),
    stage("retired", {
      title: "The old system archived and removed",
      anyTime: "traffic moved a month ago",
      set: { oldSystem: "retired" },
      follows: { legacyAccess: "retired" },
      rollback: noWayBack("The old system is gone.", "Repair on the platform; read the archive."),
    }),
  ],

  rollback: {
    ...immediate,
    authority: { by: ["onCall", "releaseOwner"], alarmSuffices: true },
  },

  // ── What must hold while the platform carries traffic ───────────────────────────────────────────────
  //
  // The five triggers order the way back by themselves and nothing loosens them (S4-43 … S4-48). The panels have two
  // levels (S4-26 … S4-30); what is critical for errors and latency is the trigger.

  thresholds: [
    errorRate({ atMost: percent(5), breach: "roll back", evaluation: fiveInARow, source: "S4-43" }),
    p95Latency({
      atMost: seconds(2),
      breach: "roll back",
      evaluation: fiveInARow,
      source: "S4-44",
    }),
    callFailures(
      {
        name: "checkout-failures",
        title: "Failed checkouts",
        method: "POST",
        path: "/checkout",
      },
      {
        atMost: percent(1),
        breach: "roll back",
        evaluation: { period: minutes(5), periods: 1, minimumRequests: 20 },
        source: "S4-45",
      },
    ),
    spanErrors(
      { name: "payment-errors", title: "Payment processing errors", span: "payment.charge" },
      { below: count(1), breach: "roll back", evaluation: atOnce, source: "S4-46" },
    ),
    measured(
      { name: "data-mismatches", title: "Rows that differ between both stores", query: mismatches },
      {
        below: count(1),
        breach: "roll back",
        at: bothWrite,
        evaluation: atOnce,
        source: "S4-47",
      },
    ),
    errorRate({
      name: "error-rate-warning",
      title: "Error rate, warning",
      below: percent(1),
      breach: "investigate",
      source: "S4-27",
    }),
    p95Latency({
      name: "p95-warning",
      title: "Response time (p95), warning",
      below: milliseconds(500),
      breach: "investigate",
      source: "S4-28",
    }),
    measured(
      { name: "request-rate-warning", title: "Requests per second, warning", query: requestRate },
      { below: perSecond(1_000), breach: "investigate", source: "S4-26" },
    ),
    measured(
      { name: "request-rate-critical", title: "Requests per second, critical", query: requestRate },
      { below: perSecond(2_000), breach: "investigate", source: "S4-26" },
    ),
    databaseConnections({
      name: "connections-warning",
      title: "Database connections of the maximum, warning",
      below: percent(80),
      breach: "investigate",
      source: "S4-29",
    }),
    databaseConnections({
      name: "connections-critical",
      title: "Database connections of the maximum, critical",
      below: percent(95),
      breach: "investigate",
      source: "S4-29",
    }),
    measured(
      {
        name: "redis-warning",
        title: "Redis memory of the maximum, warning",
        query: redisMemory,
      },
      { below: percent(70), breach: "investigate", source: "S4-30" },
    ),
    measured(
      {
        name: "redis-critical",
        title: "Redis memory of the maximum, critical",
        query: redisMemory,
      },
      { below: percent(90), breach: "investigate", source: "S4-30" },
    ),
  ],
  alarms: { period: minutes(1), periods: 5, minimumRequests: 20 },

  budgets: [
    {
      name: "downtime",
      title: "Downtime in all",
      of: "downtime",
      limit: { below: minutes(1) },
      passed: "roll back",
      source: "S4-2",
    },
    {
      name: "freeze",
      title: "Maintenance for the last sync",
      of: "write freeze",
      limit: { below: seconds(60) },
      passed: "roll back",
      source: "S4-2",
    },
  ],

  staged: { reached: "full", by: "releaseOwner", notOlderThan: days(14), source: "S4-41" },

  dataChecks: [
    {
      name: "sync-backlog",
      title: "Changes that are not copied yet",
      // Of this very instant, as the freeze begins with it: each store keeps what waits of its own changes.
      query: postgres({ store: "rawdog", sql: "SELECT count(*) FROM sync_outbox" }),
      // The final sync copies what is left: so many take a few seconds.
      limit: { atMost: count(1_000) },
      notOlderThan: minutes(5),
      source: "S4-13",
    },
    {
      name: "mismatches",
      title: "Rows that differ",
      query: mismatches,
      limit: { below: count(1) },
      notOlderThan: minutes(5),
      source: "S4-14",
    },
    {
      name: "sync-lag",
      title: "Lag of the copying, both ways",
      query: "max:sync.lag{service:rawdog-sync}",
      limit: { atMost: seconds(30) },
      notOlderThan: minutes(5),
      source: "S4-5",
    },
  ],

  // ── When ────────────────────────────────────────────────────────────────────────────────────────────

  calendar: {
    zone: tbd("the IANA time zone of the cutover's day", { inRehearsal: "UTC" }),
    windows: [
      {
        title: "Cutover day",
        weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        opens: tbd("when the window opens, as HH:MM", { inRehearsal: "06:00" }),
        lasts: tbd("how long the window lasts", { inRehearsal: hours(4) }),
        date: tbd("the date of the cutover, in week 26, as YYYY-MM-DD", {
          inRehearsal: "2026-06-23",
        }),
      },
    ],
    blackouts: [
      {
        kind: "events",
        events: tbd("sales and other events during which nothing moves, an empty list if none", {
          inRehearsal: [],
        }),
        reason: "no cutover while many people buy",
      },
    ],
  },

  // ── Who (the plan asks for the team's sign-off and names no role: C10) ──────────────────────────────

  roles: {
    releaseOwner: { title: "Release owner", decides: "coordination, go / no-go" },
    approver: { title: "Team approver", decides: "go / no-go with the release owner" },
    secondApprover: {
      title: "Second team approver",
      decides: "go / no-go with the release owner",
    },
    onCall: { title: "On call", decides: "rollback, smoke tests, watching" },
  },
  contacts: [
    { role: "releaseOwner", secret: "rawdog-contacts:releaseOwner" },
    { role: "onCall", secret: "rawdog-contacts:onCall" },
  ],
  warRoom: {
    chat: "rawdog-cutover",
    incidents: "rawdog-incidents",
    slackAccount: tbd("the Slack workspace as Datadog knows it", { inRehearsal: "example" }),
    // Both alerts of the plan, the slow one too (S4-31, S4-32, C5).
    pager: tbd("the PagerDuty service as Datadog knows it", { inRehearsal: "rawdog" }),
    bridge: tbd("the conference number or link", { inRehearsal: "https://bridge.example/rawdog" }),
    statusPage: tbd("the address of the status page", {
      inRehearsal: "https://status.example/rawdog",
    }),
    protocol: [
      "An alarm that orders the way back needs nobody's leave.",
      "Everything slow, smoke tests and signatures among it, is done before the freeze.",
      "Each decision is written down as it is made.",
    ],
  },

  // ── Before the day ──────────────────────────────────────────────────────────────────────────────────

  preparation: [
    {
      before: days(7),
      activity: "Migration tests of PHASE-7B finished, and nothing else moves beside this",
      owner: "releaseOwner",
      source: "S4-9",
    },
    {
      before: days(7),
      activity: "Load balancer, alert channels and the day of removal chosen and written down",
      owner: "releaseOwner",
      source: "S4-79",
    },
    { before: days(5), activity: "Platform deployed to green", owner: "onCall", source: "S4-36" },
    {
      before: days(4),
      activity: "Alerts raised by synthetic load, and received",
      owner: "onCall",
      source: "S4-33",
    },
    {
      before: days(3),
      activity: "Dry run on staging, up to 100 % and back",
      owner: "onCall",
      source: "S4-42",
    },
    {
      before: days(2),
      activity: "Runbooks read by the whole team",
      owner: "releaseOwner",
      source: "S4-74",
    },
    {
      before: days(1),
      activity: "Team told of the window, by the message `window`",
      owner: "releaseOwner",
      source: "S4-16",
    },
  ],

  checklists: [
    {
      name: "before-the-cutover",
      title: "Before the cutover",
      items: [
        {
          title: "All tests pass",
          owner: "releaseOwner",
          how: "the build of the commit that is deployed, and the migration tests",
          expected: "passed",
          source: "S4-11",
        },
        {
          title: "Performance benchmarks met",
          owner: "onCall",
          how: "load at the old system's measured peak",
          expected: "p95 below 500 ms, errors below 1 %",
          source: "S4-12",
        },
        {
          title: "Data migration complete",
          owner: "onCall",
          how: "rows of each copied table on both sides",
          expected: "the same",
          source: "S4-13",
        },
        {
          title: "Data validation passes",
          owner: "onCall",
          how: "reconciliation of both stores",
          expected: "0 differences",
          source: "S4-14",
        },
        {
          title: "DNS TTL lowered to five minutes",
          owner: "releaseOwner",
          how: "the names as resolvers answer them",
          expected: "300 s or less",
          source: "S4-15",
        },
        {
          title: "Team notified of the maintenance window",
          owner: "releaseOwner",
          how: "message `window`",
          expected: "sent",
          source: "S4-16",
        },
        {
          title: "Rollback plan documented",
          owner: "releaseOwner",
          how: "cutover runbook rawdog",
          expected: "read, and current",
          source: "S4-17",
        },
      ],
    },
    {
      name: "after-the-cutover",
      title: "After the cutover",
      items: [
        {
          title: "Performance metrics watched",
          owner: "onCall",
          how: "the five panels",
          expected: "below their warnings",
          source: "S4-61",
        },
        {
          title: "Error logging works",
          owner: "onCall",
          how: "an error provoked on the platform",
          expected: "in the log",
          source: "S4-62",
        },
        {
          title: "Webhooks are processed",
          owner: "onCall",
          how: "a signed test event, sent twice",
          expected: "processed once",
          source: "S4-63",
        },
        {
          title: "E-mail is delivered",
          owner: "onCall",
          how: "a message to the test mailbox",
          expected: "received",
          source: "S4-64",
        },
        {
          title: "Checkout works",
          owner: "onCall",
          how: "an order in test mode, removed afterwards",
          expected: "paid",
          source: "S4-65",
        },
        {
          title: "Creator portal opens",
          owner: "onCall",
          how: "login of the test creator",
          expected: "portal shown",
          source: "S4-66",
        },
        {
          title: "MCP answers",
          owner: "onCall",
          how: "a handshake",
          expected: "answered",
          source: "S4-67",
        },
      ],
    },
  ],

  // The archive is made while the old system is kept, and outlives it (S4-69, C9).
  backups: [
    {
      of: "rawdog_archive",
      owner: "onCall",
      madeIn: "retained",
      notOlderThan: days(29),
      verifiedBy: [
        "The archive of the old system is there, with its size and SHA-256.",
        "It was restored once, and orders were read from it.",
      ],
      source: "S4-69",
    },
  ],

  readiness: {
    toLeave: "ttl-lowered",
    atLeast: percent(100),
    source: "S4-10",
    components: [
      {
        name: "before-the-cutover",
        title: "The checklist",
        weight: 7,
        from: { checklist: "before-the-cutover" },
        source: "S4-10",
      },
    ],
  },

  checkpoints: [],

  // ── The day ─────────────────────────────────────────────────────────────────────────────────────────

  night: {
    beginsAt: tbd("T-0 as HH:MM: at least one old TTL after the TTL was lowered", {
      inRehearsal: "07:30",
    }),
    slots: [
      {
        at: "T-1:30",
        activity: "TTL of the site's names lowered",
        owner: "releaseOwner",
        lasts: hours(1),
        movesTo: "ttl-lowered",
      },
      {
        at: "T-0:30",
        activity: "Checklist signed, go or no-go",
        owner: "releaseOwner",
        lasts: minutes(15),
      },
      {
        at: "T-0:15",
        activity: "Smoke tests on green's own address, isolation of tenants among them",
        owner: "onCall",
        lasts: minutes(15),
      },
      {
        at: "T+0:00",
        activity:
          "Maintenance on, last sync, both stores compared, names checked, 10 %, maintenance off",
        owner: "releaseOwner",
        lasts: minutes(1),
        movesTo: "canary",
      },
      { at: "T+0:01", activity: "Smoke tests at 10 %", owner: "onCall", lasts: minutes(5) },
      { at: "T+0:06", activity: "Canary watched", owner: "onCall", lasts: minutes(10) },
      {
        at: "T+0:16",
        activity: "50 %",
        owner: "releaseOwner",
        lasts: minutes(1),
        movesTo: "half",
      },
      {
        at: "T+0:17",
        activity: "Smoke tests at 50 %, both sides watched",
        owner: "onCall",
        lasts: minutes(30),
      },
      {
        at: "T+0:47",
        activity: "100 %",
        owner: "releaseOwner",
        lasts: minutes(1),
        movesTo: "full",
      },
      {
        at: "T+0:48",
        activity: "Smoke tests at 100 %, then the list after the cutover",
        owner: "onCall",
        lasts: minutes(20),
      },
      {
        at: "T+1:08",
        activity: "A day of watching; the way back stays open",
        owner: "onCall",
      },
      {
        at: "T+24:48",
        activity: "The old system is kept idle",
        owner: "releaseOwner",
        movesTo: "retained",
      },
      {
        at: "T+720:48",
        activity: "The old system is removed, once its archive was restored",
        owner: "releaseOwner",
        movesTo: "retired",
      },
    ],
  },

  testAccount: { header: "authorization", variable: "RAWDOG_TEST_ACCOUNT" },
  // Before traffic on green's own address, and again at each weight (C12). In test mode, and tagged (C17).
  smokeTests: [
    {
      id: "SMOKE-TENANTS",
      title: "Isolation of tenants",
      expected: "nothing of another tenant's, by this tenant's key",
      method: "GET",
      path: "/tenants/other/orders",
      source: "S4-38",
    },
    {
      id: "SMOKE-SHOP",
      title: "Shop shows a product",
      expected: "product shown",
      method: "GET",
      path: "/products/1",
      source: "S4-38",
    },
    {
      id: "SMOKE-CHECKOUT",
      title: "Checkout, payment included",
      expected: "order paid",
      method: "POST",
      path: "/checkout",
      body: tbd("an order in test mode, as the checkout takes it", { inRehearsal: {} }),
      source: "S4-65",
    },
    {
      id: "SMOKE-ORDERS",
      title: "Order history",
      expected: "orders of the test customer shown",
      method: "GET",
      path: "/orders",
      source: "S4-65",
    },
    {
      id: "SMOKE-WEBHOOK",
      title: "Webhook processed",
      expected: "event taken, once however often it is sent",
      method: "POST",
      path: "/webhooks/payments",
      body: tbd("a signed test event of the payment provider", { inRehearsal: {} }),
      source: "S4-63",
    },
    {
      id: "SMOKE-EMAIL",
      title: "E-mail delivered",
      expected: "message at the test mailbox",
      method: "POST",
      path: "/emails/test",
      body: tbd("which test mailbox to write to", { inRehearsal: {} }),
      source: "S4-64",
    },
    {
      id: "SMOKE-PORTAL",
      title: "Creator portal",
      expected: "portal of the test creator shown",
      method: "GET",
      path: "/creator",
      source: "S4-66",
    },
    {
      id: "SMOKE-MCP",
      title: "MCP handshake",
      expected: "answered",
      method: "POST",
      path: "/mcp",
      body: tbd("the handshake that the MCP endpoint takes", { inRehearsal: {} }),
      source: "S4-67",
    },
  ],

  communications: [
    {
      title: "Maintenance window",
      sender: "releaseOwner",
      audience: "team",
      due: "one day before T-0",
      message: {
        kind: "window",
        says: [
          "{title}: the cutover is in the window {window}.",
          "The site stays up; for less than a minute nothing can be bought or changed.",
          "Channel {chat}, bridge {bridge}, status {statusPage}.",
        ],
      },
      source: "S4-16",
    },
    {
      title: "Cutover begins",
      sender: "releaseOwner",
      audience: "team",
      due: "at T-0",
      message: {
        kind: "start",
        says: [
          "{title}: the cutover begins. Now: {stage}, since {since}. Next: {next}.",
          "Whatever you notice goes to {incidents}.",
        ],
      },
      source: "S4-19",
    },
    {
      title: "Cutover done",
      sender: "releaseOwner",
      audience: "team",
      due: "when the list after the cutover is signed",
      message: {
        kind: "done",
        says: [
          "{title}: {stage}, since {since}. The platform has {green} % of the requests; rollbacks: {rollbacks}.",
          "The way back stays open for a day. Issues go to {incidents}.",
        ],
      },
      source: "S4-19",
    },
    {
      title: "Rolled back",
      sender: "onCall",
      audience: "team",
      due: "as soon as traffic is back on the old system",
      message: {
        kind: "rollback",
        says: [
          "{title}: traffic was taken back to the old system. Now: {stage}, since {since}; rollbacks so far: {rollbacks}.",
          "No order is lost. Findings go to {incidents}; status: {statusPage}.",
        ],
      },
      source: "S4-51",
    },
    {
      title: "Delay",
      sender: "releaseOwner",
      audience: "team",
      due: "as soon as a step cannot be taken when it was planned",
      message: {
        kind: "delay",
        says: [
          "{title}: the next step, {next}, is late. Now: {stage}, since {since}.",
          "The site is up. Window: {window}. News in {chat}.",
        ],
      },
      source: "S4-19",
    },
  ],

  // ── Afterwards ──────────────────────────────────────────────────────────────────────────────────────

  followUps: [
    {
      title: "Report of the cutover handed to the audit (PHASE-8)",
      owner: "releaseOwner",
      due: "next business day",
      source: "S4-9",
    },
    {
      title: "Old system archived, and the archive restored once",
      owner: "onCall",
      due: { within: days(30) },
      source: "S4-69",
    },
    {
      title: "Day of the old system's removal signed, 30 to 60 days after 100 %",
      owner: "releaseOwner",
      due: { within: days(30) },
      source: "S4-70",
    },
  ],
  success: [
    { title: "Checklist complete, seven of seven", measuredBy: "readiness", source: "S4-10" },
    { title: "TTL lowered in time", measuredBy: "authoritative record", source: "S4-15" },
    { title: "Traffic shifted gradually", measuredBy: "ledger", source: "S4-3" },
    { title: "Every panel has live data", measuredBy: "dashboard", source: "S4-20" },
    { title: "Alerts fire", measuredBy: "evidence", source: "S4-33" },
    { title: "Less than a minute of downtime in all", measuredBy: "downtime", source: "S4-2" },
    { title: "All smoke tests pass", measuredBy: "smoke tests", source: "S4-38" },
    { title: "No trigger in 24 hours", measuredBy: "alarms", source: "S4-8" },
    {
      title: "Webhooks, e-mail and payments verified",
      measuredBy: "smoke tests",
      source: "S4-68",
    },
  ],
  done: [
    { title: "Checklist runs and passes", measuredBy: "readiness", source: "S4-10" },
    { title: "Five panels with live data", measuredBy: "dashboard", source: "S4-20" },
    { title: "Alerts fire under synthetic load", measuredBy: "evidence", source: "S4-33" },
    { title: "Deployed and moved on staging", measuredBy: "ledger of staging", source: "S4-41" },
    { title: "Rollback in less than two minutes", measuredBy: "rehearsal", source: "S4-7" },
    { title: "Runbooks read by the team", measuredBy: "sign-off", source: "S4-74" },
    { title: "Dry run on staging", measuredBy: "ledger of staging", source: "S4-42" },
    { title: "Types check", measuredBy: "build", source: "S4-76" },
    { title: "Team signed the go", measuredBy: "sign-off", source: "S4-75" },
  ],
  // All clocks begin when 100 % is reached (C9).
  retention: {
    oldSideFor: days(30),
    oldSideAtMost: days(60),
    immediateRollbackFor: hours(24),
    records: [{ of: "archive of the old system", for: days(30), source: "S4-69" }],
  },

  // ── What runs ───────────────────────────────────────────────────────────────────────────────────────

  workload: {
    namespace: "rawdog",
    container: "shop",
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
      dependencies: tbd("the integrations that the platform needs, from the integrations list", {
        inRehearsal: [],
      }),
      statusPath: "/api/v1/status",
    },
    rolloutWithin: minutes(5),
    drainFor: seconds(30),
  },
  environments: {
    blue: {
      name: "rawdog-blue",
      // The old system has its own way of being deployed. Nothing of it is changed in place (S4-1).
      owner: "elsewhere",
      image: {
        repository: "registry.example/rawdog",
        tag: tbd("the tag of the old system in production", { inRehearsal: "v1.48.0" }),
        digest: tbd("the sha256 digest of the image in production", {
          inRehearsal: "sha256:5a1e0f9d8c7b6a5948372615f4e3d2c1b0a998872b4c1c0f6f2f4a3b9d5e8a7c",
        }),
      },
      version: tbd("the version that the old system's health endpoint says", {
        inRehearsal: "1.48.0",
      }),
      address: tbd("where the old system answers past the load balancer, as https://HOST", {
        inRehearsal: "https://rawdog-blue.example",
      }),
    },
    green: {
      name: "rawdog-green",
      image: {
        repository: "registry.example/rawdog-platform",
        tag: tbd("the tag of the platform that was tested", { inRehearsal: "v2.0.0" }),
        digest: tbd("the sha256 digest recorded when the platform was built", {
          inRehearsal: "sha256:c4b3a5d69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f09f1e2",
        }),
      },
      version: tbd("the version that the platform's health endpoint says", {
        inRehearsal: "2.0.0",
      }),
      address: tbd("where the platform answers past the load balancer, as https://HOST", {
        inRehearsal: "https://rawdog-green.example",
      }),
    },
  },

  stores: twoStores({
    blue: { name: "rawdog", secret: "rawdog-database" },
    green: { name: "rawdog_platform", secret: "rawdog-platform-database" },
    migration: {
      command: ["npm", "run", "migrate"],
      head: tbd("the schema revision that the platform needs", { inRehearsal: "0042-tenants" }),
      revision: tbd("the SELECT that reads the revision in force, as what migrates keeps it", {
        inRehearsal: "SELECT version_num FROM alembic_version",
      }),
      within: minutes(20),
    },
    sync: {
      name: "rawdog-sync",
      image: {
        repository: "registry.example/rawdog-sync",
        tag: tbd("the tag of the copying that was tested", { inRehearsal: "v2.0.0" }),
        digest: tbd("the sha256 digest recorded when the copying was built", {
          inRehearsal: "sha256:7a6948372615f4e3d2c1b0a99887c4b3a5d69788796a5b4c3d2e1f00f1e2d3c4",
        }),
      },
      command: ["node", "tooling/cutover/sync.ts"],
      finalSync: {
        passage: "final-sync",
        command: ["node", "tooling/cutover/final-sync.ts"],
        // A timer gives writes back before the minute is over, whoever died (C18).
        freezeEndsAfter: seconds(50),
      },
    },
  }),

  traffic: albListenerRule({
    listenerArn: tbd("the ARN of the load balancer's listener for HTTPS", {
      inRehearsal:
        "arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/rawdog/50dc6c495c0c9188/f2f7dc8efc522ab2",
    }),
    priority: 100,
    hosts: tbd("the names under which users reach the shop", {
      inRehearsal: ["www.rawdog.example"],
    }),
    vpcId: tbd("the VPC in which the pods have their addresses", {
      inRehearsal: "vpc-0a1b2c3d4e5f67890",
    }),
    testers: { header: "x-rawdog-tester", value: "yes", atMost: percent(1) },
  }),
  names: [
    {
      zoneId: tbd("the id of the hosted zone", { inRehearsal: "Z0RAWDOGEXAMPLE" }),
      name: tbd("the name under which users reach the shop", {
        inRehearsal: "www.rawdog.example",
      }),
      leadsTo: tbd("the load balancer's own DNS name", {
        inRehearsal: "rawdog-1234567890.eu-central-1.elb.amazonaws.com",
      }),
      ttlAsFound: tbd("the TTL of the record before the cutover", { inRehearsal: hours(1) }),
    },
  ],
  requestMetrics: traceMetrics({ operation: "http.request", env: "production" }),

  sources: {
    datadogSite: tbd("the Datadog site, for example datadoghq.eu", {
      inRehearsal: "datadoghq.example",
    }),
    kubernetesServer: tbd("the address of the cluster's API server, as the kubeconfig names it", {
      inRehearsal: "https://kubernetes.example",
    }),
    databases: {
      rawdog: {
        host: tbd("the host name of the old shop's database", { inRehearsal: "rawdog.example" }),
        database: tbd("the name of the old shop's database on its server", {
          inRehearsal: "rawdog",
        }),
        variables: { user: "RAWDOG_READER_USER", password: "RAWDOG_READER_PASSWORD" },
      },
      rawdog_platform: {
        host: tbd("the host name of the platform's database", {
          inRehearsal: "rawdog-platform.example",
        }),
        database: tbd("the name of the platform's database on its server", {
          inRehearsal: "rawdog_platform",
        }),
        variables: {
          user: "RAWDOG_PLATFORM_READER_USER",
          password: "RAWDOG_PLATFORM_READER_PASSWORD",
        },
      },
    },
  },

  // ── The rehearsal: examples, none of which reach staging or production ─────────────────────────────
  //
  // A row has an id of its own wherever it is written, so that copying both ways never meets two rows of one id.

  rehearsal: {
    requestsPerSecond: 110,
    data: {
      blue: {
        schema: [
          "create table products (id integer primary key, sku text not null unique, title text not null, price_cents integer not null)",
          "create table orders (id uuid primary key default gen_random_uuid(), customer integer not null, reference text not null unique, status text not null default 'paid')",
          "create table webhook_events (id uuid primary key default gen_random_uuid(), customer integer not null, reference text not null unique)",
          "insert into products select n, 'sku-' || n, 'Product ' || n, 100 * n from generate_series(1, 100) as n",
          "insert into orders (customer, reference) select n, 'example-' || n from generate_series(1, 100) as n",
          "create index orders_customer on orders (customer)",
        ],
      },
      green: {
        schema: [
          "create table products (id integer primary key, sku text not null unique, title text not null, price_cents integer not null)",
          "create table orders (id uuid primary key default gen_random_uuid(), customer integer not null, reference text not null unique, status text not null default 'paid')",
          "create table webhook_events (id uuid primary key default gen_random_uuid(), customer integer not null, reference text not null unique)",
          "create index orders_customer on orders (customer)",
        ],
      },
      migrations: [
        {
          revision: "0042-tenants",
          statements: [
            "create table tenants (id integer primary key, name text not null)",
            "insert into tenants values (1, 'RAWDOG')",
            "alter table products add column tenant integer not null default 1 references tenants (id)",
            "alter table orders add column tenant integer not null default 1 references tenants (id)",
            "alter table webhook_events add column tenant integer not null default 1 references tenants (id)",
          ],
        },
      ],
      copied: [
        {
          name: "products",
          key: "id",
          reference: "sku",
          columns: ["id", "sku", "title", "price_cents"],
        },
        {
          name: "orders",
          key: "id",
          reference: "reference",
          columns: ["id", "customer", "reference", "status"],
        },
        {
          name: "webhook_events",
          key: "id",
          reference: "reference",
          columns: ["id", "customer", "reference"],
        },
      ],
    },
    requests: [
      {
        name: "browse",
        method: "GET",
        path: "/products/{id}",
        share: 43,
        statement: "select id, title, price_cents from products where id = $1",
      },
      {
        name: "order history",
        method: "GET",
        path: "/orders",
        share: 20,
        statement: "select reference, status from orders where customer = $1 limit 5",
      },
      {
        name: "checkout",
        method: "POST",
        path: "/checkout",
        share: 20,
        statement:
          "insert into orders (customer, reference) values ($1, $2) returning reference, status",
        charges: true,
      },
      {
        name: "creator portal",
        method: "GET",
        path: "/creator",
        share: 8,
        statement:
          "select count(*) as products, sum(price_cents) as worth from products where id >= $1",
      },
      {
        name: "webhook",
        method: "POST",
        path: "/webhooks/payments",
        share: 5,
        statement:
          "insert into webhook_events (customer, reference) values ($1, $2) returning reference",
      },
      {
        name: "mcp",
        method: "POST",
        path: "/mcp",
        share: 4,
        statement: "select sku, title from products where id >= $1 order by id limit 3",
      },
      { name: "test e-mail", method: "POST", path: "/emails/test", share: 0 },
      {
        name: "orders of another tenant",
        method: "GET",
        path: "/tenants/{tenant}/orders",
        share: 0,
      },
    ],
    blue: {
      version: "1.48.0",
      medianMilliseconds: 45,
      p95Milliseconds: 140,
      cpuPercentAtFullLoad: 55,
      memoryPercent: 58,
    },
    green: {
      version: "2.0.0",
      medianMilliseconds: 32,
      p95Milliseconds: 100,
      cpuPercentAtFullLoad: 44,
      memoryPercent: 49,
    },
  },
});
