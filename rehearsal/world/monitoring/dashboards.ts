import { parseDashboard, type DashboardDefinition } from "./dashboard-definition.ts";
import { DatadogRefusal } from "./datadog-refusal.ts";

/** A dashboard; times are cutover time in milliseconds. */
export interface Dashboard {
  /** Such as `abc-def-ghi`. */
  readonly id: string;
  /** Path under Datadog's site. */
  readonly url: string;
  readonly definition: DashboardDefinition;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** The dashboards of the world. Time is an argument: cutover time, milliseconds. */
export class Dashboards {
  readonly #dashboards = new Map<string, Dashboard>();
  #made = 0;

  /** @throws DatadogRefusal 400 when Datadog would not take it. */
  create(input: unknown, now: number): Dashboard {
    const definition = parseDashboard(input);
    this.#made += 1;
    const dashboard = dashboardOf(idOf(this.#made), definition, now, now);
    this.#dashboards.set(dashboard.id, dashboard);
    return dashboard;
  }

  /** Replaces the whole dashboard. @throws DatadogRefusal 400, or 404. */
  update(id: string, input: unknown, now: number): Dashboard {
    const { createdAt } = this.#existing(id);
    const dashboard = dashboardOf(id, parseDashboard(input), createdAt, now);
    this.#dashboards.set(id, dashboard);
    return dashboard;
  }

  /** @throws DatadogRefusal 404. */
  remove(id: string): void {
    this.#dashboards.delete(this.#existing(id).id);
  }

  get(id: string): Dashboard | undefined {
    return this.#dashboards.get(id);
  }

  list(): readonly Dashboard[] {
    return [...this.#dashboards.values()];
  }

  #existing(id: string): Dashboard {
    const dashboard = this.#dashboards.get(id);
    if (dashboard === undefined) throw new DatadogRefusal(404, `Dashboard with ID ${id} not found`);
    return dashboard;
  }
}

const dashboardOf = (
  id: string,
  definition: DashboardDefinition,
  createdAt: number,
  modifiedAt: number,
): Dashboard => {
  const slug = definition.title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return { id, url: `/dashboard/${id}/${slug}`, definition, createdAt, modifiedAt };
};

/** Ids look like Datadog's and are the same in each rehearsal. */
const idOf = (number: number): string => {
  const letters = number.toString(36).padStart(9, "a");
  return [letters.slice(0, 3), letters.slice(3, 6), letters.slice(6)].join("-");
};
