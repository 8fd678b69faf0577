import type { Traffic } from "./traffic.ts";
import { milliseconds, type Duration } from "./units.ts";
import { recordsFollowedWithin } from "./weighted-records.ts";

/** For how long clients may still go where the weights before sent them, once a move is written. */
export const followedWithin = (traffic: Traffic): Duration => {
  switch (traffic.mechanism) {
    case "istio route":
    case "http route":
    // Users' requests reach Cloudflare itself.
    case "cloudflare load balancer":
    // Without stickiness; who keeps a connection open is sent by the rule all the same, request by request.
    case "alb listener rule":
      return milliseconds(0);
    case "route53 weighted":
      return recordsFollowedWithin(traffic);
  }
};
