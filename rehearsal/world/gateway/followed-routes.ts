import type { KubernetesObject, ObjectStore } from "../kubernetes-object.ts";
import type { RoutesInForce } from "../gateway.ts";
import { noRoutes, type RouteTable } from "./route-table.ts";

/** The objects that say where requests go. */
export interface RouteSource {
  readonly apiVersion: string;
  readonly kind: string;
  /** Kinds that decide beside it whether a route can be taken up. */
  readonly alsoHears: readonly string[];
  isChosen(object: KubernetesObject): boolean;
  /**
   * The routes of one version, taken up.
   * @throws Error when it uses what the rehearsed gateway does not understand.
   */
  takeUp(object: KubernetesObject): RouteTable;
}

/** The routes in force: those of one object, taken over as a whole at each change of it. */
export class FollowedRoutes implements RoutesInForce {
  readonly #store: ObjectStore;
  readonly #source: RouteSource;
  readonly #stopFollowing: () => void;
  #table = noRoutes;
  #problem: string | undefined;
  #frozen = false;

  constructor(store: ObjectStore, source: RouteSource) {
    this.#store = store;
    this.#source = source;
    const heard = new Set([source.kind, ...source.alsoHears]);
    this.#stopFollowing = store.watch(({ object }) => {
      if (heard.has(object.kind)) this.#follow();
    });
    this.#follow();
  }

  get table(): RouteTable {
    return this.#table;
  }

  /** Why the object as it stands is not in force; the version before it goes on. */
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
    const { apiVersion, kind } = this.#source;
    const found = this.#store
      .list(apiVersion, kind)
      .find((object) => this.#source.isChosen(object));
    try {
      this.#table = found === undefined ? noRoutes : this.#source.takeUp(found);
      this.#problem = undefined;
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
    }
  }
}
