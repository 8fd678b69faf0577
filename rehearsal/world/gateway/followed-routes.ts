import type { RoutesInForce } from "../gateway.ts";
import { noRoutes, type RouteTable } from "./route-table.ts";

/** What says where requests go. */
export interface Followed {
  /** Calls `listener` after each change; returns the way to stop that. */
  onChange(listener: () => void): () => void;
  /**
   * The routes as they stand now.
   * @throws Error when they use what the rehearsed gateway does not understand.
   */
  takeUp(): RouteTable;
}

/** The routes in force: taken over as a whole at each change of what is followed. */
export class FollowedRoutes implements RoutesInForce {
  readonly #followed: Followed;
  readonly #stopFollowing: () => void;
  #table = noRoutes;
  #problem: string | undefined;
  #frozen = false;

  constructor(followed: Followed) {
    this.#followed = followed;
    this.#stopFollowing = followed.onChange(() => {
      this.#follow();
    });
    this.#follow();
  }

  get table(): RouteTable {
    return this.#table;
  }

  /** Why the routes as they stand are not in force; those before go on. */
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
    try {
      this.#table = this.#followed.takeUp();
      this.#problem = undefined;
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
    }
  }
}
