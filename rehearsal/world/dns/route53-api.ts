import type { IncomingMessage, ServerResponse } from "node:http";
import type { CutoverClock } from "../../clock.ts";
import { answerAws } from "../aws/api-answer.ts";
import type { XmlElement } from "../aws/xml.ts";
import type { HealthChecks } from "./health-checks.ts";
import type { HostedZone } from "./hosted-zone.ts";
import { Route53Refusal } from "./refusal.ts";
import { changeAnswer, healthAnswer, recordSetsAnswer } from "./route53-answers.ts";

/** Route 53 of the world. */
export interface Route53World {
  readonly clock: CutoverClock;
  readonly zones: readonly HostedZone[];
  readonly healthChecks: HealthChecks;
  /** What callers have to sign with. */
  readonly accessKey: string;
}

/** @throws Route53Refusal `NoSuchHostedZone`. */
export const hostedZone = ({ zones }: Route53World, zoneId: string): HostedZone => {
  const id = zoneId.replace(/^\/hostedzone\//, "");
  const found = zones.find((zone) => zone.id === id);
  if (found !== undefined) return found;
  throw new Route53Refusal(404, "NoSuchHostedZone", `No hosted zone found with ID: ${id}`);
};

/**
 * Answers the reading calls of Route 53's API, version 2013-04-01, that the live readers make.
 * @returns false for what is none of them.
 */
export const route53Api =
  (world: Route53World) =>
  (request: IncomingMessage, response: ServerResponse, path: string): boolean => {
    const { pathname, searchParams } = new URL(path, "http://route53");
    const answer = answerTo(request.method === "GET" ? pathname : "", searchParams, world);
    if (answer === undefined) return false;
    answerAws(request, response, world.accessKey, answer);
    return true;
  };

const answerTo = (
  pathname: string,
  query: URLSearchParams,
  world: Route53World,
): (() => XmlElement) | undefined => {
  const [, kind, id = "", what] =
    /^\/2013-04-01\/(hostedzone|change|healthcheck)\/([^/]+)(?:\/(rrset|status))?$/.exec(
      pathname,
    ) ?? [];
  if (kind === "hostedzone" && what === "rrset") {
    return () => recordSetsAnswer(hostedZone(world, id), query);
  }
  if (kind === "healthcheck" && what === "status") {
    return () => healthAnswer(world.healthChecks, id, world.clock.now());
  }
  return kind === "change" && what === undefined
    ? () => changeAnswer(change(world, id))
    : undefined;
};

/** @throws Route53Refusal `NoSuchChange` when no zone has it. */
const change = ({ zones }: Route53World, id: string) => {
  for (const zone of zones) if (zone.hasChange(id)) return zone.changeInfo(id);
  throw new Route53Refusal(404, "NoSuchChange", `Could not find resource with ID: ${id}`);
};
