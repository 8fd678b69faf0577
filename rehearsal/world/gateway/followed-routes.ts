import type { KubernetesObject, ObjectStore } from "../kubernetes-object.ts";
import { compileRouteTable, type RouteTable } from "./route-table.ts";

/** A VirtualService: by its name, or by a host that it lists. */
export type VirtualServiceChoice =
  { readonly namespace: string; readonly name: string } | { readonly host: string };

const EMPTY: RouteTable = { namespace: "default", resourceVersion: undefined, routes: [] };

const isChosen = ({ metadata, spec }: KubernetesObject, choice: VirtualServiceChoice): boolean =>
  "host" in choice
    ? Array.isArray(spec?.hosts) && spec.hosts.includes(choice.host)
    : metadata.name === choice.name && metadata.namespace === choice.namespace;

/** The routes in force: those of one VirtualService, taken over as a whole at each change of it. */
export class FollowedRoutes {
  readonly #store: ObjectStore;
  readonly #choice: VirtualServiceChoice;
  readonly #stopFollowing: () => void;
  #table = EMPTY;
  #problem: string | undefined;
  #frozen = false;

  constructor(store: ObjectStore, choice: VirtualServiceChoice) {
    this.#store = store;
    this.#choice = choice;
    this.#stopFollowing = store.watch(({ object }) => {
      if (object.kind === "VirtualService") this.#follow();
    });
    this.#follow();
  }

  get table(): RouteTable {
    return this.#table;
  }

  /** Why the VirtualService as it stands is not in force; the version before it goes on. */
  get problem(): string | undefined {
    return this.#problem;
  }

  get frozen(): boolean {
    return this.#frozen;
  }
  set frozen(frozen: boolean) {
    this.#frozen = frozen;
    this.#follow();
  }

  stop(): void {
    this.#stopFollowing();
  }

  #follow(): void {
    if (this.#frozen) return;
    const found = this.#store
      .list("networking.istio.io/v1", "VirtualService")
      .find((each) => isChosen(each, this.#choice));
    try {
      this.#table = found === undefined ? EMPTY : compileRouteTable(found);
      this.#problem = undefined;
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
    }
  }
}
