/** RAWDOG shop → multi-tenant platform (requirements S4). */
import { oneOf, weight, wholeSeconds } from "../../../definition/posture.ts";
import { noWayBack, stage } from "../../../definition/stage.ts";
import { definePlan } from "../../../definition/system.ts";
import { tbd } from "../../../definition/tbd.ts";
import { errorRate, measured, p95Latency } from "../../../definition/thresholds.ts";
import {
  count,
  days,
  hours,
  milliseconds,
  minutes,
  percent,
  perSecond,
  seconds,
} from "../../../definition/units.ts";

const immediate = {
  to: "ttl-lowered",
  within: minutes(2),
  procedure: "immediate",
} as const;
const fiveInARow = { period: minutes(1), periods: 5 } as const;
const atOnce = { period: minutes(1), periods: 1, minimumRequests: 0 } as const;
const requestRate = {
  title: "Requests per second",
  query: "sum:http.requests{app:{workload}}.as_rate()",
};
const connections = {
  title: "Database connections, of the maximum",
  query:
    "100 * max:postgresql.connections{app:{workload}} / max:postgresql.max_connections{app:{workload}}",
};
const redis = {
  title: "Redis memory, of the maximum",
  query: "100 * max:redis.mem.used{app:{workload}} / max:redis.mem.maxmemory{app:{workload}}",
};

/** While both sides take orders, each copies to the other. */
const inStep = ["mismatches", "sync-lag"] as const;

export const rawdog = definePlan({
  name: "rawdog",
  title: "RAWDOG shop → multi-tenant platform",
  document: {
    id: "PHASE-7C",
    version: "week 26",
    date: "undated",
    classification: "Internal",
    companions: [],
  },
  roles: {
    releaseOwner: { title: "Release owner", decides: "go / no-go" },
    approver: { title: "Team approver", decides: "go / no-go with the release owner" },
    secondApprover: { title: "Second team approver", decides: "go / no-go with the release owner" },
    onCall: { title: "On call", decides: "rollback" },
  },
  contacts: [{ role: "onCall", secret: "rawdog-contacts:onCall" }],
  warRoom: {
    chat: "rawdog-cutover",
    incidents: "rawdog-incidents",
    slackAccount: tbd("the Slack workspace as Datadog knows it", { inRehearsal: "example" }),
    bridge: tbd("the bridge", { inRehearsal: "https://bridge.example/rawdog" }),
    statusPage: tbd("the status page", { inRehearsal: "https://status.example/rawdog" }),
    protocol: [],
  },
  calendar: {
    zone: "UTC",
    windows: [
      {
        title: "Cutover day",
        weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        opens: tbd("when the window opens, as HH:MM", { inRehearsal: "06:00" }),
        lasts: tbd("how long the window lasts", { inRehearsal: hours(4) }),
        date: tbd("the date of the cutover as YYYY-MM-DD", { inRehearsal: "2026-06-23" }),
      },
    ],
    blackouts: [],
  },
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
      title: "Green deployed, data replicated",
      set: { trafficWeight: 0 },
      follows: { sync: "forward", legacyAccess: "read-write", maintenance: "off" },
      leave: { facts: ["Green healthy", "Dashboard with live data", "Every alert fired once"] },
    }),
    stage("ttl-lowered", {
      title: "Names point to the load balancer, TTL five minutes",
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
      follows: { sync: "both-ways" },
      passages: [
        {
          name: "final-sync",
          title: "Maintenance, last changes carried over and validated",
          follows: { maintenance: "on" },
          within: seconds(60),
          otherwise: "The freeze is released, the old system serves, nothing has moved.",
        },
      ],
      leave: { soak: minutes(15), greenRequests: 600, data: inStep },
      rollback: immediate,
    }),
    stage("half", {
      title: "50 %",
      set: { trafficWeight: 50 },
      leave: { soak: minutes(30), greenRequests: 600, data: inStep },
      rollback: immediate,
    }),
    stage("full", {
      title: "100 %, the old system in step",
      set: { trafficWeight: 100 },
      follows: { legacyAccess: "sync-only" },
      leave: { soak: hours(24), checklists: ["after-the-cutover"] },
      rollback: immediate,
    }),
    stage("retained", {
      title: "The old system kept, idle",
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
    to: "ttl-lowered",
    within: minutes(2),
    authority: { by: ["onCall", "releaseOwner"], alarmSuffices: true },
  },
  thresholds: [
    errorRate({ atMost: percent(5), breach: "roll back", evaluation: fiveInARow, source: "S4-43" }),
    errorRate({
      name: "error-rate-warning",
      below: percent(1),
      breach: "investigate",
      source: "S4-27",
    }),
    p95Latency({
      atMost: seconds(2),
      breach: "roll back",
      evaluation: fiveInARow,
      source: "S4-44",
    }),
    p95Latency({
      name: "p95-warning",
      below: milliseconds(500),
      breach: "investigate",
      source: "S4-28",
    }),
    measured(
      {
        name: "checkout-failures",
        title: "Failed checkouts",
        query:
          "100 * sum:checkout.failed{app:{workload}}.as_count() / sum:checkout.all{app:{workload}}.as_count()",
      },
      {
        atMost: percent(1),
        breach: "roll back",
        evaluation: { period: minutes(5), periods: 1, minimumRequests: 20 },
        source: "S4-45",
      },
    ),
    measured(
      {
        name: "payment-errors",
        title: "Payment processing errors",
        query: "sum:payment.errors{app:{workload}}.as_count()",
      },
      { below: count(1), breach: "roll back", evaluation: atOnce, source: "S4-46" },
    ),
    measured(
      {
        name: "data-mismatches",
        title: "Orders that differ",
        query: "sum:reconcile.mismatches{app:{workload}}",
      },
      { below: count(1), breach: "roll back", evaluation: atOnce, source: "S4-47" },
    ),
    measured(
      { ...requestRate, name: "request-rate-warning" },
      { below: perSecond(1_000), breach: "investigate", source: "S4-26" },
    ),
    measured(
      { ...requestRate, name: "request-rate-critical" },
      { below: perSecond(2_000), breach: "investigate", source: "S4-26" },
    ),
    measured(
      { ...connections, name: "connections-warning" },
      { below: percent(80), breach: "investigate", source: "S4-29" },
    ),
    measured(
      { ...connections, name: "connections-critical" },
      { below: percent(95), breach: "investigate", source: "S4-29" },
    ),
    measured(
      { ...redis, name: "redis-warning" },
      { below: percent(70), breach: "investigate", source: "S4-30" },
    ),
    measured(
      { ...redis, name: "redis-critical" },
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
  dataChecks: [
    {
      name: "sync-backlog",
      title: "Changes that are not copied yet",
      query: "max:sync.backlog{app:rawdog}",
      limit: { below: count(1) },
      notOlderThan: minutes(1),
      source: "S4-13",
    },
    {
      name: "mismatches",
      title: "Orders that differ",
      query: "sum:reconcile.mismatches{app:rawdog}",
      limit: { below: count(1) },
      notOlderThan: minutes(5),
      source: "S4-14",
    },
    {
      name: "sync-lag",
      title: "Lag of the copy both ways",
      query: "max:sync.lag_ms{app:rawdog}",
      limit: { atMost: seconds(30) },
      notOlderThan: minutes(1),
      source: "S4-5",
    },
  ],
  backups: [],
  preparation: [],
  night: {
    beginsAt: tbd("T-0 as HH:MM", { inRehearsal: "06:00" }),
    slots: [
      {
        at: "T+0:00",
        activity: "Maintenance, last sync, 10 %",
        owner: "releaseOwner",
        lasts: minutes(1),
        movesTo: "canary",
      },
      { at: "T+0:01", activity: "Smoke tests, then watching", owner: "onCall", lasts: minutes(15) },
      {
        at: "T+0:16",
        activity: "50 %",
        owner: "releaseOwner",
        lasts: minutes(30),
        movesTo: "half",
      },
      { at: "T+0:46", activity: "100 %", owner: "releaseOwner", movesTo: "full" },
    ],
  },
  checklists: [
    {
      name: "before-the-cutover",
      title: "Before the cutover",
      items: (
        [
          ["All tests pass", "S4-11"],
          ["Performance benchmarks met", "S4-12"],
          ["Data migration complete", "S4-13"],
          ["Data validation passes", "S4-14"],
          ["DNS TTL lowered to five minutes", "S4-15"],
          ["Team notified of the window", "S4-16"],
          ["Rollback plan documented", "S4-17"],
        ] as const
      ).map(([title, source]) => ({ title, owner: "releaseOwner" as const, source })),
    },
    {
      name: "after-the-cutover",
      title: "After the cutover",
      items: (
        [
          ["Performance metrics watched", "S4-61"],
          ["Error logging works", "S4-62"],
          ["Webhooks are processed", "S4-63"],
          ["E-mail is delivered", "S4-64"],
          ["Checkout works", "S4-65"],
          ["Creator portal opens", "S4-66"],
          ["MCP answers", "S4-67"],
        ] as const
      ).map(([title, source]) => ({ title, owner: "onCall" as const, source })),
    },
  ],
  checkpoints: [],
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
  smokeTests: [
    {
      id: "SMOKE-CHECKOUT",
      title: "Checkout",
      expected: "order paid",
      method: "POST",
      path: "/checkout",
      source: "S4-65",
    },
  ],
  communications: [
    {
      title: "Maintenance window",
      sender: "releaseOwner",
      audience: "team",
      due: "before T-0",
      source: "S4-16",
    },
  ],
  followUps: [],
  success: [{ title: "Downtime below a minute", measuredBy: "downtime meter", source: "S4-2" }],
  done: [{ title: "No trigger in 24 hours", measuredBy: "alarms", source: "S4-8" }],
  retention: {
    oldSideFor: days(30),
    oldSideAtMost: days(60),
    immediateRollbackFor: hours(24),
    records: [{ of: "archive of the old system", for: days(30), source: "S4-69" }],
  },
});
