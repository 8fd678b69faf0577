import type { Fixture } from "../rehearsal/engine/fixture.ts";
import type {
  Declaration,
  DeclaredResource,
} from "../rehearsal/engine/programs/declared/declaration.ts";

/** Three things, each after the one before it. */
export const chain = (weight: number, more: readonly DeclaredResource[] = []): Declaration => ({
  inTurn: true,
  resources: [
    { name: "a", inputs: { weight } },
    { name: "b", inputs: { weight }, from: { of: "a.id" } },
    { name: "c", inputs: { weight }, dependsOn: ["b"] },
    ...more,
  ],
  outputs: { a: "a.weight", c: "c.weight" },
});

/** Has the provider fail on a thing until it is well again. */
export const failing = ({ provider }: Fixture, name: string): void =>
  void provider.failing.set(name, "no capacity");
export const wellAgain = ({ provider }: Fixture): void => {
  provider.failing.clear();
  provider.unhealthy.clear();
};
