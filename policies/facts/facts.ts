import type { Weights } from "../../definition/traffic.ts";
import type { Evidence } from "../evidence/evidence.ts";
import type { Freeze } from "../../definition/freeze.ts";
import type { PublicHolidays } from "../rules/calendar/public-holidays.ts";
import type { ReadinessFacts } from "./readiness-facts.ts";
import type { Reading } from "./reading.ts";

/** How a side stands in the cluster, and which image it runs. */
export interface DeploymentStatus {
  readonly name: string;
  /** Replicas that the Deployment asks for. */
  readonly desired: number;
  readonly ready: number;
  /** Replicas of the template in force. */
  readonly updated: number;
  /** Replicas in all, those of an older template included. */
  readonly total: number;
  /** Whether the controller has seen the newest template. */
  readonly observed: boolean;
  /** Digest of the workload's container image, `sha256:…`; empty when the image has none. */
  readonly imageDigest: string;
}

/** What a side answers on its own address. */
export interface SideAnswers {
  /** Its health endpoint. */
  readonly health: SideAnswer;
  /** Its status endpoint. */
  readonly status: SideAnswer;
}

export interface SideAnswer {
  /** HTTP status. */
  readonly code: number;
  /** Fields of a JSON object; none where it answered something else. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A name of DNS under which users reach the load balancer, as its authoritative record has it. */
export interface LiveName {
  readonly name: string;
  /** Seconds for which resolvers may keep the answer. */
  readonly ttl: number;
  /** Lower case, without the dot at its end. */
  readonly leadsTo: string;
}

/** Requests that each side answered in a span of whole minutes. */
export interface RequestCounts {
  readonly blue: number;
  readonly green: number;
}

/** One value for each threshold, by name, in the unit of its limit. */
export type ThresholdValues = Readonly<Record<string, Reading<number>>>;

/** The newest value of a query. */
export interface Newest {
  readonly value: number;
  /** Beginning of the interval that it is about, milliseconds since the epoch. */
  readonly at: number;
}

/** What each side measured in the periods of one window. */
export interface ComparedValues {
  readonly blue: readonly number[];
  readonly green: readonly number[];
}

/** Everything that a rule may ask for. */
export interface FactValues {
  /** Now, milliseconds since the epoch: the wall clock, or the cutover clock of a rehearsal. */
  readonly now: number;
  /** Public holidays of the places that the calendar closes for, from the year before to the one after next. */
  readonly publicHolidays: PublicHolidays;
  /** Digest of the definition that the program ran with. */
  readonly declaredDefinition: string;
  /** Weights that the traffic resource is given. */
  readonly declaredWeights: Weights;
  /** Monitor id by threshold name. */
  readonly declaredAlarms: Readonly<Record<string, Reading<string>>>;
  /** Names of the thresholds that have a panel. */
  readonly declaredPanels: readonly string[];
  /** When the TTL that the names have at the stage in force was written, ISO 8601 UTC, as the ledger says. */
  readonly declaredTtlSince: string;
  /** The records of the system's names, in their order. */
  readonly liveNames: readonly LiveName[];
  /** Weights that the traffic resource has in the cluster. */
  readonly liveWeights: Weights;
  /** Whoever else keeps writing the traffic resource, in words. */
  readonly routeOwners: readonly string[];
  /** Maintenance as its Lease holds it, over or not; null where nobody holds it. */
  readonly maintenance: Freeze | null;
  readonly blueDeployment: DeploymentStatus;
  readonly greenDeployment: DeploymentStatus;
  readonly blueAnswers: SideAnswers;
  readonly greenAnswers: SideAnswers;
  /** What blue measured in the watched window. */
  readonly blueValues: ThresholdValues;
  /** What green measured in the watched window. */
  readonly greenValues: ThresholdValues;
  /** By name of the comparison, what both sides measured in the watched window. */
  readonly comparedValues: Readonly<Record<string, Reading<ComparedValues>>>;
  /** Requests in the watched window. */
  readonly watchedRequests: RequestCounts;
  /** Requests in the last minutes at the weight in force. */
  readonly recentRequests: RequestCounts;
  /** Requests in the last whole minute at the weight in force. */
  readonly lastMinuteRequests: RequestCounts;
  /** State of each threshold's monitor, by threshold name, in Datadog's words. */
  readonly alarmStates: Readonly<Record<string, Reading<string>>>;
  /** What people have signed. */
  readonly evidence: Evidence;
  /** By name of the data check, for those of the stage that is left. */
  readonly dataFigures: Readonly<Record<string, Reading<Newest>>>;
  /** Revisions that the schema which green works on is at: one, unless something is wrong. */
  readonly schemaRevisions: readonly string[];
  /** What readiness is scored by. */
  readonly readinessFacts: ReadinessFacts;
  /** Names of the people who made the change that the move brings. */
  readonly changeAuthors: readonly string[];
  /** Digest of the saved plan that the update keeps to; empty when it keeps to none. */
  readonly runningPlan: string;
}

export type FactName = keyof FactValues;

/** Facts that are read when they are first asked for, and only then. */
export type Facts = { readonly [Name in FactName]: () => Promise<Reading<FactValues[Name]>> };

/** Facts that were read. */
export type Readings = { readonly [Name in FactName]?: Reading<FactValues[Name]> };

/** What a fact is called in a message. */
export const factTitles: Readonly<Record<FactName, string>> = {
  now: "the time",
  publicHolidays: "the public holidays",
  declaredDefinition: "the definition's digest",
  declaredWeights: "the weights to set",
  declaredAlarms: "the list of alarms",
  declaredPanels: "the list of panels",
  declaredTtlSince: "when the TTL was written",
  liveNames: "the records of the names",
  liveWeights: "the live weights",
  routeOwners: "who else manages the route",
  maintenance: "whether maintenance is on",
  blueDeployment: "blue's Deployment",
  greenDeployment: "green's Deployment",
  blueAnswers: "what blue says of itself",
  greenAnswers: "what green says of itself",
  blueValues: "blue's health",
  greenValues: "green's health",
  comparedValues: "how green compares with blue",
  watchedRequests: "the number of requests",
  recentRequests: "the observed share",
  lastMinuteRequests: "the observed share",
  alarmStates: "the state of the alarms",
  evidence: "what people have signed",
  dataFigures: "how the data stands",
  schemaRevisions: "the schema's revision",
  readinessFacts: "how ready the system is",
  changeAuthors: "who made the change",
  runningPlan: "the plan that the update keeps to",
};
