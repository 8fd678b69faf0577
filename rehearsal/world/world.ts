import { freezeName } from "../../definition/freeze.ts";
import { maintenanceName } from "../../definition/maintenance.ts";
import { storeOf } from "../../definition/stores.ts";
import type { SettledSystem } from "../../definition/system.ts";
import { firstOpening } from "../../policies/rules/calendar/first-opening.ts";
import { CutoverClock, type ClockState } from "../clock.ts";
import { startDatadogProvider } from "../providers/datadog/datadog-provider.ts";
import { Interruptions } from "../providers/interruptions.ts";
import { startKubernetesProvider } from "../providers/kubernetes/kubernetes-provider.ts";
import { MemoryObjectStore } from "./api-server/object-store.ts";
import { seededRandom } from "./application/seeded-random.ts";
import { healthyBehaviour, type Side } from "./behaviour.ts";
import { Controllers } from "./controllers.ts";
import type { DataAccount } from "./data/data-account.ts";
import { maintenanceByHand } from "./maintenance-by-hand.ts";
import { freezeInForce, frozenByNow } from "./data/freeze-in-force.ts";
import { startWorldData, type WorldData } from "./data/world-data.ts";
import { Database } from "./database.ts";
import { disturber } from "./disturber.ts";
import type { Disturbance } from "./disturbance.ts";
import { cloudWatchApi } from "./figures/cloud-watch-api.ts";
import { prometheusApi } from "./figures/prometheus-api.ts";
import { ToldFigures } from "./figures/told-figures.ts";
import { ToldMetrics } from "./figures/told-metrics.ts";
import type { AppliedWeights } from "./gateway.ts";
import { Monitoring } from "./monitoring/monitoring.ts";
import type { ScrapeTarget } from "./monitoring/agent.ts";
import { thresholdOf } from "./monitoring/threshold-of.ts";
import type { SentMessages } from "./monitoring/notification-sink.ts";
import type { MonitorState } from "./monitoring/monitor-judgement.ts";
import { startIntegrations } from "./monitoring/integrations.ts";
import { isSame, sharedDeployments, standUpShared, takeDownShared } from "./shared-deployments.ts";
import { sideAddresses } from "./side-addresses.ts";
import { sideServices } from "./side-services.ts";
import { standUpEnvironments } from "./standing-environment.ts";
import { startFront } from "./traffic-front.ts";
import { startWorldServer } from "./world-server.ts";

/** Keys that the stand-ins of Datadog and of CloudWatch accept. */
const datadogKey = "rehearsal";
const awsKey = "rehearsal";

/** Label that says which part of a system an object is. */
const component = "app.kubernetes.io/component";

/** Why an alarm matters: what the plan orders when it fires. */
const rollBackTag = "breach:roll-back";

export interface WorldOptions {
  readonly system: SettledSystem;
  readonly seed: number;
  /** Cutover seconds per wall second while only time must pass. */
  readonly speed: number;
}

/** A change of an alarm's state, in the words of the system's thresholds. */
export interface AlarmChange {
  readonly threshold: string;
  readonly state: MonitorState;
  /** Cutover time, epoch milliseconds. */
  readonly at: number;
  readonly value: number | undefined;
}

/** The world of a rehearsal: a cluster with its gateway and database, and what watches it, on loopback. */
export interface World {
  readonly clock: CutoverClock;
  /** Where the clock and the APIs of Kubernetes and Datadog answer: `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** Where users' requests go. */
  readonly gatewayUrl: string;
  /** `PULUMI_DEBUG_PROVIDERS` for either engine. */
  readonly providers: string;
  /** Weights by which requests are really routed now, percent. */
  weights(): AppliedWeights;
  /** Says whether only time must pass, so that the clock may run fast, and how fast from now on. */
  letTimePass(passing: boolean, speed: number): ClockState;
  disturb(disturbance: Disturbance): Promise<void>;
  /** Accounts for the writes with these references in both stores; null with one database. */
  account(written: readonly string[]): Promise<DataAccount | null>;
  /** How long writes were frozen so far, cutover milliseconds. */
  frozen(): number;
  /** What was sent to people so far. */
  messages(): SentMessages;
  /** Hears of each alarm's change; returns the way to stop that. */
  onAlarm(listener: (change: AlarmChange) => void): () => void;
  stop(): Promise<void>;
}

/** Starts a world in which nothing is deployed yet. Its clock begins with the plan's first window. */
export const startWorld = async ({ system, seed, ...options }: WorldOptions): Promise<World> => {
  const clock = CutoverClock.startingAt(firstOpening(system.calendar, Date.now()));
  const random = seededRandom(seed);
  const behaviours = { blue: healthyBehaviour(), green: healthyBehaviour() };
  const services = { blue: sideServices(), green: sideServices() };
  const interruptions = new Interruptions();
  const { namespace } = system.workload;

  // The clock runs fast while the rehearsal only waits, or while every pod does.
  const waiting = { rehearsal: false, pods: false };
  let { speed } = options;
  const setSpeed = (change: Partial<typeof waiting>): ClockState => {
    Object.assign(waiting, change);
    const rate = waiting.rehearsal || waiting.pods ? speed : 1;
    if (clock.state.rate !== rate) clock.setRate(rate);
    return clock.state;
  };

  const shared = sharedDeployments(system);
  const store = new MemoryObjectStore(clock, [
    namespace,
    ...shared.map((deployment) => deployment.namespace),
  ]);
  const data = await startWorldData(system, clock);
  const { copying } = data;
  const lease = { namespace, name: freezeName(system) };
  const freeze = freezeInForce(store, lease, clock);
  const maintenance = freezeInForce(store, { namespace, name: maintenanceName(system) }, clock);
  const controllers = new Controllers({
    store,
    runs: ({ metadata }) => !shared.some((one) => isSame(one)(metadata)),
    clock,
    example: system.rehearsal,
    requestMetrics: system.requestMetrics,
    dependencies: system.workload.health.dependencies,
    storeOf: (side) => data.storeOf(side),
    freeze,
    maintenance,
    random,
    sideOf: ({ metadata }) => sideNamed(system, metadata.name),
    startWorker: async ({ workload, variables }) => {
      if (copying === undefined) throw new Error(`nothing here runs as ${workload}`);
      return copying.startWorker(variables["DD_SERVICE"] ?? workload);
    },
    versionOf: (image) => versionOf(system, image),
    behaviourOf: (side) => behaviours[side],
    servicesOf: (side) => services[side],
    runJob: async ({ metadata }, signal) => {
      if (copying !== undefined && metadata.labels?.[component] === "final-sync") {
        return copying.finalSync(freeze, signal);
      }
      const { ok, log } = await data.migrate(system.stores.migration.head);
      return { ok, log };
    },
    onIdleWait: (pods) => {
      setSpeed({ pods });
    },
  });
  const { directory } = controllers;
  standUpEnvironments(store, system);
  standUpShared(store, shared);
  const integrations = await startIntegrations(
    (["blue", "green"] as const).map((side) => ({
      ...services[side],
      service: system.environments[side].name,
      store: data.storeOf(side),
    })),
  );
  const front = await startFront({ system, store, directory, clock, random });
  const metrics = new ToldMetrics(system);
  const monitoring = new Monitoring({
    clock,
    told: metrics.readings,
    targets: () => [
      { url: integrations.url, tags: {} },
      // Outside of a mesh nobody reports what callers of a load balancer see.
      ...(system.requestMetrics.source === "istio"
        ? [{ url: `${front.adminUrl}/metrics`, tags: {} }]
        : []),
      ...directory.pods.flatMap(({ origin }): ScrapeTarget[] =>
        origin === undefined ? [] : [{ url: `${origin}/metrics`, tags: {} }],
      ),
    ],
    apiKey: datadogKey,
    applicationKey: datadogKey,
  });
  monitoring.start();
  // On a fast clock a figure grows old within a second of the wall: what gates read next is of now.
  clock.onChange(({ rate }) => {
    if (rate === 1) void monitoring.agent.scrape();
  });
  // An alarm that orders the way back ends the waiting: from here on, everything is work.
  monitoring.monitors.onTransition(({ monitorId, to }) => {
    const tags = monitoring.monitors.get(monitorId)?.definition.tags ?? [];
    if (to === "Alert" && tags.includes(rollBackTag)) setSpeed({ rehearsal: false, pods: false });
  });

  const kubernetes = await startKubernetesProvider(
    { store, clock, reasons: (reference) => controllers.podFailures(reference) },
    interruptions,
  );
  const datadog = await startDatadogProvider(monitoring, interruptions);
  const { cloud } = front;
  const cloudProvider = await cloud?.start(interruptions);
  const figures = new ToldFigures(system);
  const server = await startWorldServer({
    ...{ clock, store, monitoring },
    apis: [
      ...(cloud?.apis ?? []),
      { path: "/prometheus", handle: prometheusApi(figures) },
      { path: "/cloudwatch", handle: cloudWatchApi(figures, awsKey) },
    ],
    sides: sideAddresses(system, store, directory),
    databaseNamed: (name) => databaseNamed(system, data, name),
  });

  return {
    clock,
    url: server.url,
    gatewayUrl: front.url,
    providers: [
      `kubernetes:${kubernetes.port}`,
      `datadog:${datadog.port}`,
      ...(cloud === undefined ? [] : [`${cloud.package}:${cloudProvider?.port ?? 0}`]),
    ].join(","),
    weights: () => front.applied(),
    letTimePass: (rehearsal, fast) => {
      speed = fast;
      return setSpeed({ rehearsal });
    },
    disturb: disturber({
      ...{ system, clock, behaviours, data, interruptions, monitoring, figures, metrics, front },
      beginMaintenance: () => {
        maintenanceByHand(store, system, clock);
      },
      takeDown: (deployment) => {
        takeDownShared(store, deployment);
      },
    }),
    account: async (written) => (await copying?.account(written)) ?? null,
    frozen: () => frozenByNow(store, lease, clock),
    messages: () => {
      const { deliveries, lost } = monitoring.sink;
      return { delivered: deliveries.length, undelivered: lost };
    },
    onAlarm: (listener) =>
      monitoring.monitors.onTransition(({ monitorId, to, at, value }) => {
        const threshold = thresholdOf(monitoring.monitors.get(monitorId));
        if (threshold !== undefined) listener({ threshold, state: to, at, value });
      }),
    stop: async () => {
      monitoring.stop();
      await server.stop();
      await Promise.all([kubernetes.stop(), datadog.stop(), cloudProvider?.stop()]);
      await front.stop();
      await controllers.stop();
      await integrations.stop();
      await data.stop();
    },
  };
};

/** The side of a Deployment; undefined for the one that copies between two stores. */
const sideNamed = ({ environments, stores }: SettledSystem, name: string): Side | undefined => {
  if (stores.kind === "two stores" && name === stores.sync.name) return undefined;
  return name === environments.green.name ? "green" : "blue";
};

/** The store of that name, where it is a Postgres. */
const databaseNamed = (
  { stores }: SettledSystem,
  data: WorldData,
  name: string,
): Database | undefined => {
  const side = (["blue", "green"] as const).find((each) => storeOf(stores, each).name === name);
  const store = side === undefined ? undefined : data.storeOf(side);
  return store instanceof Database ? store : undefined;
};

/** The version that an image runs, as the example knows it. */
const versionOf = ({ environments, rehearsal }: SettledSystem, image: string): string =>
  image.includes(environments.green.image.digest)
    ? rehearsal.green.version
    : rehearsal.blue.version;
