/** NXOP: flight operations from us-east-1 to us-west-2, plane by plane (requirements S2). */
import { cloudWatch } from "../../../definition/figure.ts";
import { anyOf, oneOf, perPlane } from "../../../definition/posture.ts";
import type { ReadinessComponent } from "../../../definition/readiness.ts";
import { stage, type RollbackStep } from "../../../definition/stage.ts";
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
  seconds,
} from "../../../definition/units.ts";

const east = "us-east-1";
const west = "us-west-2";
const planes = ["messaging", "database", "edge", "listeners"];

const r1Steps: readonly RollbackStep[] = [
  { title: "Routing controls: East on, West off", lasts: seconds(30) },
  { title: "Cordon lifted", lasts: minutes(1) },
  { title: "Clients back on East", lasts: minutes(2) },
];
const r2Steps: readonly RollbackStep[] = [
  { title: "Edge back to East", lasts: minutes(5) },
  { title: "Database primary back to East", lasts: minutes(5) },
  { title: "FXIP collection back to East", lasts: seconds(30) },
  { title: "Routing controls: East on, West off", lasts: seconds(30) },
  { title: "Cordon lifted", lasts: minutes(1) },
  { title: "Data consistency validated", lasts: minutes(5) },
  { title: "Health validated", lasts: minutes(2) },
];
const r3 = {
  when: "data is found corrupt",
  to: "ready",
  within: minutes(35),
  procedure: "R3",
  steps: [
    { title: "West isolated", lasts: minutes(1) },
    { title: "Emergency snapshots", lasts: minutes(5) },
    { title: "Full rollback (R2)", lasts: minutes(19) },
    { title: "Data integrity validated", lasts: minutes(10) },
  ],
} as const;
const r2 = {
  to: "ready",
  within: minutes(19),
  procedure: "R2",
  steps: r2Steps,
  otherwise: [r3],
} as const;
/** After success East only follows: going back needs it in step (C30). */
const r2InStep = {
  ...r2,
  needs: ["Replication lag from West to East below 30 s", "Reconciliation of both regions passes"],
} as const;
const r1 = {
  to: "ready",
  within: minutes(3.5),
  procedure: "R1",
  steps: r1Steps,
  otherwise: [
    {
      when: "the database has its primary in West",
      to: "ready",
      within: minutes(19),
      procedure: "R2",
      steps: r2Steps,
    },
    r3,
  ],
} as const;

const cutover = ["core-west", "entry-west", "validation"] as const;
const lag = {
  title: "Replication lag",
  query: "max:aws.docdb.dbcluster_replica_lag_maximum{system:nxop}",
};
/** How far West is behind, as AWS measures it, in milliseconds. */
const lagOfWest = cloudWatch({
  region: west,
  namespace: "AWS/DocDB",
  metric: "GlobalClusterReplicationLag",
  dimensions: { DBClusterIdentifier: "nxop-west" },
  statistic: "Maximum",
});
const throughput = {
  title: "Throughput off its baseline",
  query:
    "abs(100 * (sum:aws.kafka.messages_in_per_sec{system:nxop} - hour_before(sum:aws.kafka.messages_in_per_sec{system:nxop})) / hour_before(sum:aws.kafka.messages_in_per_sec{system:nxop}))",
};

export const nxop = definePlan({
  name: "nxop",
  dataChecks: [
    {
      name: "lag",
      title: lag.title,
      query: lagOfWest,
      limit: { below: seconds(30) },
      notOlderThan: minutes(5),
      source: "S2-37",
    },
  ],
  title: "NXOP flight operations, us-east-1 → us-west-2",
  document: {
    id: "06-Region-Switch-Orchestration",
    version: "review of 2026-01-28",
    date: "2026-01-28",
    classification: "Internal",
    companions: [],
  },
  roles: {
    incidentCommander: {
      title: "Incident Commander",
      alsoCalled: ["IC"],
      decides: "gates 1 to 5 and every rollback",
    },
    management: { title: "Management", decides: "the window, gate 5 with the Incident Commander" },
    engineeringLead: {
      title: "Engineering Lead",
      alsoCalled: ["Engineering"],
      decides: "technical assessment",
    },
    operations: { title: "Operations", decides: "execution of the messaging plane, validation" },
    databaseAdmin: { title: "Database Admin", decides: "execution of the database plane" },
    networkEngineer: { title: "Network Engineer", decides: "execution of the edge plane" },
    applicationEngineer: { title: "Application Engineer", decides: "execution of the listeners" },
    vpOperations: { title: "VP Operations", decides: "business approval" },
  },
  contacts: [{ role: "incidentCommander", secret: "nxop-contacts:incidentCommander" }],
  warRoom: {
    chat: "nxop-cutover",
    incidents: "nxop-cutover",
    slackAccount: tbd("the Slack workspace as Datadog knows it", { inRehearsal: "example" }),
    bridge: tbd("the bridge of the war room", { inRehearsal: "https://bridge.example/nxop" }),
    statusPage: "https://status.nxop.com",
    protocol: ["Both leads of the first phase report every 2 minutes."],
  },
  calendar: {
    zone: "UTC",
    windows: [
      {
        title: "Primary window",
        weekdays: ["Tuesday", "Wednesday"],
        opens: "02:00",
        lasts: hours(2),
        date: "2026-04-22",
      },
      {
        title: "Backup window",
        weekdays: ["Tuesday", "Wednesday"],
        opens: "02:00",
        lasts: hours(2),
        date: "2026-04-29",
        onlyAfter: "Primary window",
      },
    ],
    blackouts: [
      {
        kind: "daily hours",
        from: "06:00",
        to: "09:00",
        zone: tbd("the zone of the morning peak", { inRehearsal: "America/Chicago" }),
        reason: "peak flight operations",
      },
      {
        kind: "daily hours",
        from: "17:00",
        to: "20:00",
        zone: tbd("the zone of the evening peak", { inRehearsal: "UTC" }),
        reason: "peak flight operations",
      },
      {
        kind: "public holidays",
        country: tbd("the ISO 3166 code of the country", { inRehearsal: "US" }),
        reason: "critical business events",
      },
      {
        kind: "events",
        events: tbd("major disruptions and events, an empty list if none", { inRehearsal: [] }),
        reason: "critical business events",
      },
    ],
    notice: days(7),
    notBeforeDate: "2026-03-25",
  },
  config: {
    activeRegion: perPlane(planes, [east, west], "The region that serves, as a whole or by plane"),
    watch: oneOf(
      ["standard", "cutover", "validation", "critical", "active", "passive"],
      "The set of thresholds that is armed",
      { unlessSet: "standard" },
    ),
  },
  options: {
    disabledFlows: anyOf(
      ["1", "2", "5", "7", "8", "9", "10", "14", "18", "19", "20", "21", "22"],
      "Flows that are switched off; each needs a waiver",
    ),
  },
  ladder: [
    stage("east", {
      title: "East serves, readiness is watched all the time",
      set: { activeRegion: east, watch: "standard" },
      follows: { ttlSeconds: 300, serviceLevel: 0 },
      leave: { checklists: ["go-no-go"], signedBy: ["vpOperations", "management"] },
    }),
    stage("ready", {
      title: "TTL lowered, baselines and markers taken",
      anyTime: "readiness begins an hour before T-0, and nothing moves",
      set: { watch: "cutover" },
      follows: { ttlSeconds: 60 },
      begins: hours(-1),
      leave: { soak: seconds(300), checkpoint: "gate-1" },
      rollback: { to: "east", within: minutes(5) },
    }),
    stage("core-west", {
      title: "Messaging and database in West",
      set: { activeRegion: { messaging: west, database: west, edge: east, listeners: east } },
      follows: { serviceLevel: 1 },
      begins: minutes(0),
      shift: minutes(7),
      // 27 minutes of moves at their ceilings, 3 of decision, 35 of the longest way back (C5).
      timeLeft: minutes(65),
      leave: { checkpoint: ["gate-2", "gate-3"], data: ["lag"] },
      rollback: r1,
    }),
    stage("entry-west", {
      title: "Edge and listeners in West",
      set: { activeRegion: west },
      begins: minutes(7),
      shift: minutes(10),
      leave: { checkpoint: "gate-4" },
      rollback: r2,
    }),
    stage("validation", {
      title: "Everything in West is validated",
      set: { watch: "validation" },
      begins: minutes(17),
      leave: { checkpoint: "gate-5" },
      rollback: r2,
    }),
    stage("watch-critical", {
      title: "Hours 0 to 4",
      set: { watch: "critical" },
      follows: { serviceLevel: 0 },
      begins: minutes(27),
      leave: { soak: hours(4) },
      rollback: r2InStep,
    }),
    stage("watch-active", {
      title: "Hours 4 to 24",
      anyTime: "nothing moves; it comes hours after the window",
      set: { watch: "active" },
      leave: { soak: hours(20), facts: ["Comparison and reconciliation of T+24 h done"] },
      rollback: r2InStep,
    }),
    stage("watch-passive", {
      title: "Hours 24 to 72",
      anyTime: "nothing moves; it comes hours after the window",
      set: { watch: "passive" },
      leave: { soak: hours(48), facts: ["No critical incident"] },
      rollback: r2InStep,
    }),
    stage("west", {
      title: "West serves, East follows",
      anyTime: "nothing moves; it comes hours after the window",
      set: { watch: "standard" },
      follows: { ttlSeconds: 300 },
      rollback: r2InStep,
    }),
  ],
  rollback: {
    to: "ready",
    within: minutes(19),
    authority: {
      by: ["incidentCommander"],
      alarmSuffices: true,
      silenceOrdersAfter: minutes(2),
    },
  },
  thresholds: [
    measured(
      { ...lag, name: "lag" },
      {
        below: seconds(30),
        breach: "roll back",
        at: [...cutover, "watch-critical"],
        source: "S2-37",
      },
    ),
    measured(
      {
        name: "clients-not-in-west",
        title: "Messaging clients not yet in West",
        query: "100 - avg:nxop.messaging.clients_west_pct{system:nxop}",
      },
      { below: percent(5), breach: "roll back", at: cutover, source: "S2-54" },
    ),
    measured(
      {
        name: "consumer-lag",
        title: "Messages that consumers lag behind",
        query: "max:aws.kafka.max_offset_lag{system:nxop}",
      },
      { below: count(1_000), breach: "investigate", at: ["validation"], source: "S2-147" },
    ),
    errorRate({
      name: "errors-critical",
      below: percent(1),
      breach: "investigate",
      at: ["watch-critical"],
      source: "S2-237",
    }),
    p95Latency({
      name: "p95-critical",
      below: milliseconds(500),
      breach: "investigate",
      at: ["watch-critical"],
      source: "S2-237",
    }),
    measured(
      { ...throughput, name: "throughput-critical" },
      { atMost: percent(10), breach: "investigate", at: ["watch-critical"], source: "S2-237" },
    ),
    errorRate({
      name: "errors-active",
      below: percent(0.5),
      breach: "investigate",
      at: ["watch-active"],
      source: "S2-238",
    }),
    p95Latency({
      name: "p95-active",
      below: milliseconds(400),
      breach: "investigate",
      at: ["watch-active"],
      source: "S2-238",
    }),
    measured(
      { ...throughput, name: "throughput-active" },
      { atMost: percent(5), breach: "investigate", at: ["watch-active"], source: "S2-238" },
    ),
    measured(
      { ...lag, name: "lag-active" },
      { below: seconds(15), breach: "investigate", at: ["watch-active"], source: "S2-238" },
    ),
    errorRate({
      name: "errors-passive",
      below: percent(0.1),
      breach: "investigate",
      at: ["watch-passive"],
      source: "S2-239",
    }),
    p95Latency({
      name: "p95-passive",
      below: milliseconds(350),
      breach: "investigate",
      at: ["watch-passive"],
      source: "S2-239",
    }),
    measured(
      { ...lag, name: "lag-passive" },
      { below: seconds(10), breach: "investigate", at: ["watch-passive"], source: "S2-239" },
    ),
  ],
  // Detection within two minutes (S2-183).
  alarms: { period: minutes(1), periods: 2, minimumRequests: 20 },
  budgets: [
    {
      name: "sla",
      title: "Downtime of the SLA",
      of: "downtime",
      limit: { below: minutes(60) },
      passed: "roll back",
      source: "S2-184",
    },
    {
      name: "business",
      title: "Downtime that the business bears",
      of: "downtime",
      limit: { below: minutes(15) },
      passed: "report",
      source: "S2-185",
    },
    {
      name: "target",
      title: "Planned length",
      of: "whole cutover",
      limit: { atMost: minutes(10) },
      passed: "report",
      source: "S2-46",
    },
  ],
  backups: [],
  preparation: [
    {
      before: days(30),
      activity: "Tabletop walkthrough, R1 tested",
      owner: "incidentCommander",
      source: "S2-85, S2-90",
    },
    { before: days(21), activity: "R2 tested", owner: "operations", source: "S2-91" },
    {
      before: days(14),
      activity: "Dry run 1, R3 tested",
      owner: "operations",
      source: "S2-86, S2-92",
    },
    {
      before: days(7),
      activity: "Dry run 2 and drill",
      owner: "operations",
      source: "S2-87, S2-93",
    },
    {
      before: days(3),
      activity: "Smoke test of all systems",
      owner: "operations",
      source: "S2-88",
    },
    {
      before: days(1),
      activity: "Final readiness review",
      owner: "incidentCommander",
      source: "S2-89",
    },
  ],
  night: {
    beginsAt: "02:00",
    slots: [
      {
        at: "T-1:00",
        activity: "Baselines and markers, final notice",
        owner: "operations",
        lasts: hours(1),
        movesTo: "ready",
        involved: {
          accountable: "incidentCommander",
          consulted: ["engineeringLead"],
          informed: ["management"],
        },
      },
      {
        at: "02:00",
        activity: "1A: messaging to West",
        owner: "operations",
        lasts: minutes(7),
        movesTo: "core-west",
        involved: {
          accountable: "incidentCommander",
          consulted: ["engineeringLead"],
          informed: ["management"],
        },
      },
      {
        at: "02:00",
        activity: "1B: database to West",
        owner: "databaseAdmin",
        lasts: minutes(7),
        movesTo: "core-west",
        involved: {
          accountable: "incidentCommander",
          consulted: ["engineeringLead"],
          informed: ["operations"],
        },
      },
      {
        at: "02:07",
        activity: "2A: edge to West",
        owner: "networkEngineer",
        lasts: minutes(10),
        movesTo: "entry-west",
        involved: {
          accountable: "incidentCommander",
          consulted: ["operations"],
          informed: ["management"],
        },
      },
      {
        at: "02:07",
        activity: "2B: listeners to West",
        owner: "applicationEngineer",
        lasts: minutes(10),
        movesTo: "entry-west",
        involved: {
          accountable: "incidentCommander",
          consulted: ["operations"],
          informed: ["management"],
        },
      },
      {
        at: "02:17",
        activity: "3: health and flows validated",
        owner: "operations",
        lasts: minutes(10),
        movesTo: "validation",
        involved: {
          accountable: "incidentCommander",
          consulted: ["engineeringLead"],
          informed: ["management"],
        },
      },
      {
        at: "02:27",
        activity: "3: success declared",
        owner: "incidentCommander",
        movesTo: "watch-critical",
        involved: { accountable: "management", consulted: "everyone", informed: "everyone" },
      },
    ],
  },
  checklists: [
    {
      name: "go-no-go",
      title: "Go / no-go",
      notOlderThan: days(1),
      items: [
        {
          title: "Readiness score",
          owner: "operations",
          how: "readiness",
          expected: "at least 90 %",
          source: "S2-59",
        },
        {
          title: "Flightkeys available",
          owner: "operations",
          how: "probe",
          expected: "available",
          source: "S2-67",
        },
        {
          title: "AIRCOM Server operational",
          owner: "operations",
          how: "probe",
          expected: "operational",
          source: "S2-68",
        },
        {
          title: "OpsHub On-Prem ready",
          owner: "operations",
          how: "probe",
          expected: "ready",
          source: "S2-69",
        },
      ],
    },
  ],
  checkpoints: [
    {
      name: "gate-1",
      title: "Gate 1",
      after: "ready",
      decidedBy: ["incidentCommander"],
      questions: [
        { question: "Are all readiness criteria met?", good: "yes", otherwise: ["hold"] },
      ],
      decisions: ["Proceed", "Abort"],
      source: "S2-53",
    },
    {
      name: "gate-2",
      title: "Gate 2",
      after: "core-west",
      decidedBy: ["incidentCommander"],
      within: minutes(7),
      questions: [
        {
          question: "Are more than 95 % of the clients in West?",
          good: "yes",
          otherwise: ["roll back"],
        },
      ],
      decisions: ["Proceed", "Roll back"],
      source: "S2-54",
    },
    {
      name: "gate-3",
      title: "Gate 3",
      after: "core-west",
      decidedBy: ["incidentCommander"],
      within: minutes(7),
      questions: [
        {
          question: "Has the database its primary in West?",
          good: "yes",
          otherwise: ["roll back"],
        },
      ],
      decisions: ["Proceed", "Roll back"],
      source: "S2-55",
    },
    {
      name: "gate-4",
      title: "Gate 4",
      after: "entry-west",
      decidedBy: ["incidentCommander"],
      within: minutes(10),
      questions: [
        { question: "Does every resolver answer West?", good: "yes", otherwise: ["roll back"] },
        {
          question: "Are the listeners connected?",
          good: "yes",
          otherwise: ["investigate", "roll back"],
        },
      ],
      decisions: ["Proceed", "Roll back"],
      source: "S2-56",
    },
    {
      name: "gate-5",
      title: "Gate 5",
      after: "validation",
      decidedBy: ["incidentCommander", "management"],
      within: minutes(10),
      questions: [
        { question: "Are all health checks green?", good: "yes", otherwise: ["roll back"] },
      ],
      decisions: ["Declare success", "Roll back"],
      source: "S2-57",
    },
  ],
  // The plan names the score and not its parts: these are proposed, for the owner to confirm (C2).
  readiness: {
    toLeave: "ready",
    atLeast: percent(90),
    source: "S2-59",
    components: (
      [
        ["messaging", "Messaging healthy and replicated in West", 20, "kafka.unhealthy_brokers"],
        ["layers", "Health layers L1 to L4 in West", 20, "health.failed_layers"],
        ["objects", "Object replication", 10, "s3.failed_replications"],
        ["edge", "West as the edge's target", 10, "edge.failed_probes"],
        ["clients", "AMQP in West can be reached", 10, "amqp.failed_probes"],
        ["controls", "Routing and cordon controls can be read", 10, "controls.failed_reads"],
      ] as const
    )
      .map(([name, title, weight, metric]): ReadinessComponent => ({
        name,
        title,
        weight,
        from: {
          query: `max:nxop.${metric}{region:us-west-2}`,
          limit: { below: count(1) },
          notOlderThan: minutes(5),
        },
        // A failing layer vetoes whatever the score.
        ...(name === "layers" && { required: true }),
        source: "S2-59, C2",
      }))
      .concat({
        name: "database",
        title: "Replication lag of the database",
        weight: 20,
        from: { query: lagOfWest, limit: { below: seconds(30) }, notOlderThan: minutes(5) },
        required: true,
        source: "S2-37, C2",
      }),
  },
  smokeTests: [],
  communications: [
    {
      title: "Window announced",
      sender: "incidentCommander",
      audience: "all stakeholders",
      due: "T-7 d",
      atLeastBefore: days(7),
      source: "S2-213",
    },
    {
      title: "Reminder",
      sender: "incidentCommander",
      audience: "business units",
      due: "T-24 h",
      atLeastBefore: hours(24),
      source: "S2-214",
    },
    {
      title: "Final notice",
      sender: "incidentCommander",
      audience: "all stakeholders",
      due: "T-1 h",
      atLeastBefore: hours(1),
      source: "S2-215",
    },
    {
      title: "Live updates",
      sender: "incidentCommander",
      audience: "all stakeholders",
      due: "from T+0 on",
      every: minutes(15),
      source: "S2-216",
    },
  ],
  followUps: [
    {
      title: "Report of the cutover",
      owner: "operations",
      due: { within: hours(24) },
      source: "S2-218",
    },
  ],
  success: [{ title: "No message lost", measuredBy: "markers and baselines", source: "S2-159" }],
  done: [{ title: "72 h criteria met", measuredBy: "alarms", source: "S2-241" }],
  retention: {
    oldSideFor: days(90),
    oldSideStays: true,
    immediateRollbackFor: hours(72),
    records: [{ of: "baselines", for: days(90), source: "S2-141" }],
  },
});
