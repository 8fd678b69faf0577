import type { NamedDeployment } from "../../definition/readiness.ts";
import type { Behaviour, Side } from "./behaviour.ts";
import type { Interruption } from "../providers/interruptions.ts";
import type { FinalSyncFailure } from "./data/final-sync.ts";
import type { MigrationFailure } from "./database.ts";
import type { ToldFigure } from "./figures/told-figures.ts";

/** One thing that goes wrong in the world. Plain data: it crosses from the rehearsal to the world's process. */
export type Disturbance =
  | { readonly kind: "pods"; readonly side: Side; readonly change: Partial<Behaviour> }
  /** The stores of both sides, or the one that they share. */
  | { readonly kind: "database"; readonly state: "cut" | "restored" }
  | { readonly kind: "migrations"; readonly failure: MigrationFailure }
  /** What copies between two stores stands still, although its process lives. */
  | { readonly kind: "sync"; readonly state: "stalled" | "running" }
  /** The next final sync fails. */
  | { readonly kind: "final sync"; readonly failure: FinalSyncFailure }
  /** What captures the changes of both stores misses every second one. */
  | { readonly kind: "changes missed" }
  /** Somebody changes a copied row of green, unnoticed by what copies. */
  | { readonly kind: "row changed" }
  /** The next write of the weights goes wrong at the provider. */
  | { readonly kind: "write"; readonly interruption: Interruption }
  /** A figure that Prometheus or CloudWatch tells has another value from now on. */
  | { readonly kind: "figure"; readonly figure: ToldFigure; readonly value: number }
  /** The metric of a Datadog query that no part of a rehearsal reports has another value from now on. */
  | { readonly kind: "metric"; readonly query: string; readonly value: number }
  | { readonly kind: "metrics"; readonly state: "silent" | "poisoned" }
  /** The alarm of a threshold shows a state, whatever its query says. */
  | { readonly kind: "alarm"; readonly threshold: string; readonly state: "Alert" | "No Data" }
  /** Chat and pagers take no message any more. */
  | { readonly kind: "channels down" }
  /** The gateway goes on as it is, whatever is written to the route. */
  | { readonly kind: "gateway stuck" }
  /** Somebody patches the route by hand, as `kubectl patch` would. */
  | { readonly kind: "weights by hand"; readonly green: number }
  /** Another tool begins to manage the route, and marks it as its own. */
  | { readonly kind: "route taken"; readonly marks: Readonly<Record<string, string>> }
  /** Somebody makes clients stay with the side that they met first. */
  | { readonly kind: "stickiness by hand" }
  /** Somebody turns maintenance on, and leaves it on. */
  | { readonly kind: "maintenance by hand" }
  /** All pods of a Deployment that the system's readiness asks about are gone. */
  | { readonly kind: "deployment down"; readonly deployment: NamedDeployment }
  /** Somebody gives the names that lead to the load balancer the TTL back that they had. */
  | { readonly kind: "ttl by hand" }
  /** The API of the cloud that carries the weights refuses its next call for the rate of calls. */
  | { readonly kind: "api throttled" };
