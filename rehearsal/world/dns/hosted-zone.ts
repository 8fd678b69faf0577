import type { CutoverClock } from "../../clock.ts";
import { actionProblem, recordProblem, type RecordChange } from "./change-problems.ts";
import type { LoadBalancer } from "./load-balancer.ts";
import { canonicalName, keyOf, placeOf, type RecordSet } from "./record-set.ts";
import { Route53Refusal } from "./refusal.ts";
import { requestProblem } from "./request-problem.ts";

/** A change of the zone on its way to the name servers. */
export interface ChangeInfo {
  readonly id: string;
  readonly status: "PENDING" | "INSYNC";
  /** Cutover time, epoch milliseconds. */
  readonly submittedAt: number;
}

export interface HostedZoneOptions {
  readonly id: string;
  readonly name: string;
  readonly clock: CutoverClock;
  /** From a change's acceptance until every name server has it, cutover milliseconds. */
  readonly propagationMilliseconds: number;
  /** Load balancers that aliases may lead to; none unless said. */
  readonly loadBalancers?: readonly LoadBalancer[];
}

/** How long resolvers may keep the answer that a name does not exist: Route 53's SOA TTL, seconds. */
const soaTtl = 900;
const apexTtl = 172_800;

/**
 * A public zone: what was asked of it, and, later, what its name servers answer. As in Route 53, reading the
 * zone shows a change at once, while the name servers have it only when it is INSYNC.
 */
export class HostedZone {
  readonly id: string;
  /** With the dot at its end. */
  readonly name: string;
  /** How long from now a change takes to reach the name servers, cutover milliseconds. */
  propagationMilliseconds: number;
  readonly loadBalancers: readonly LoadBalancer[];
  readonly #clock: CutoverClock;
  #current: ReadonlyMap<string, RecordSet>;
  /** Oldest first; the last one that is in sync is what the name servers have. */
  #versions: { readonly inSyncAt: number; readonly records: ReadonlyMap<string, RecordSet> }[];
  readonly #changes = new Map<
    string,
    { readonly submittedAt: number; readonly inSyncAt: number }
  >();
  #throttled = 0;
  #frozen: readonly RecordSet[] | undefined;

  constructor({ id, name, clock, propagationMilliseconds, loadBalancers = [] }: HostedZoneOptions) {
    this.id = id;
    this.loadBalancers = loadBalancers;
    this.name = canonicalName(name);
    this.propagationMilliseconds = propagationMilliseconds;
    this.#clock = clock;
    const server = `ns1.${this.name}`;
    const soa = `${server} hostmaster.${this.name} 1 7200 900 1209600 86400`;
    const apex: readonly RecordSet[] = [
      { name: this.name, type: "NS", ttl: apexTtl, values: [server] },
      { name: this.name, type: "SOA", ttl: soaTtl, values: [soa] },
    ];
    this.#current = new Map(apex.map((recordSet) => [keyOf(recordSet), recordSet]));
    this.#versions = [{ inSyncAt: -Infinity, records: this.#current }];
  }

  /** Refuses so many of the next calls for their rate. */
  throttle(calls: number): void {
    this.#throttled = calls;
  }

  /**
   * Makes all changes of a batch, or none.
   * @throws Route53Refusal `InvalidInput` or `InvalidChangeBatch` with what is wrong, or `Throttling`.
   */
  change(batch: readonly RecordChange[]): ChangeInfo {
    this.#admit();
    const invalid = requestProblem(batch);
    if (invalid !== undefined) throw new Route53Refusal(400, "InvalidInput", invalid);
    const after = new Map(this.#current);
    const problems: string[] = [];
    for (const change of batch) {
      const problem = actionProblem(change, after);
      if (problem !== undefined) problems.push(problem);
      else if (change.action === "DELETE") after.delete(keyOf(change.recordSet));
      else after.set(keyOf(change.recordSet), change.recordSet);
    }
    for (const { action, recordSet } of batch) {
      if (action === "DELETE" || problems.length > 0) continue;
      const problem = recordProblem(recordSet, after, this);
      if (problem !== undefined) problems.push(problem);
    }
    if (problems.length > 0) {
      throw new Route53Refusal(400, "InvalidChangeBatch", `[${problems.join(", ")}]`);
    }
    return this.#accept(after);
  }

  hasChange(id: string): boolean {
    return this.#changes.has(id);
  }

  /** How far a change is. @throws Route53Refusal `NoSuchChange`, or `Throttling`. */
  changeInfo(id: string): ChangeInfo {
    this.#admit();
    const found = this.#changes.get(id);
    if (found === undefined) {
      throw new Route53Refusal(404, "NoSuchChange", `Could not find resource with ID: ${id}`);
    }
    const status = found.inSyncAt <= this.#clock.now() ? "INSYNC" : "PENDING";
    return { id, status, submittedAt: found.submittedAt };
  }

  /**
   * Every record set as it was last asked for, changes on their way included, in the order of the API.
   * @throws Route53Refusal `Throttling`.
   */
  list(): readonly RecordSet[] {
    this.#admit();
    return [...this.#current.values()].toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  }

  /** From here on the name servers answer as they do now, whatever is changed: a silent no-op. */
  freeze(): void {
    this.#frozen ??= this.served();
  }

  /** What the name servers answer from now. */
  served(): readonly RecordSet[] {
    if (this.#frozen !== undefined) return this.#frozen;
    const now = this.#clock.now();
    const newest = this.#versions.findLastIndex(({ inSyncAt }) => inSyncAt <= now);
    this.#versions = this.#versions.slice(newest);
    return [...(this.#versions[0]?.records.values() ?? [])];
  }

  #accept(records: ReadonlyMap<string, RecordSet>): ChangeInfo {
    const submittedAt = this.#clock.now();
    // A later change never overtakes an earlier one.
    const earlier = this.#versions.at(-1)?.inSyncAt ?? -Infinity;
    const inSyncAt = Math.max(earlier, submittedAt + this.propagationMilliseconds);
    this.#current = records;
    this.#versions.push({ inSyncAt, records });
    const id = `C${String(this.#changes.size + 1).padStart(13, "0")}`;
    this.#changes.set(id, { submittedAt, inSyncAt });
    return { id, status: "PENDING", submittedAt };
  }

  #admit(): void {
    if (this.#throttled === 0) return;
    this.#throttled -= 1;
    throw new Route53Refusal(400, "Throttling", "Rate exceeded");
  }
}
