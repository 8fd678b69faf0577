import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { seededRandom } from "../../../../rehearsal/world/application/seeded-random.ts";
import { FollowedRoutes } from "../../../../rehearsal/world/gateway/followed-routes.ts";
import { edgeRoutes } from "../../../../rehearsal/world/cloudflare/edge-routes.ts";
import { Gateway } from "../../../../rehearsal/world/gateway.ts";
import { PodDirectory } from "../../../../rehearsal/world/pods/pod-directory.ts";
import { blueAddress, greenAddress, pair } from "./cloudflare-world.ts";

/** A pod of each side behind its Service, for one test. */
const directoryOfBoth = async (): Promise<PodDirectory> => {
  const directory = new PodDirectory();
  for (const side of ["blue", "green"] as const) {
    const server = createServer((_, response) => {
      response.writeHead(200, { "x-served-by": side }).end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const workload = `lms-${side}`;
    directory.add({
      ...{ name: `${side}-1`, namespace: "production", workload, side, ready: true },
      labels: { app: workload },
      origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    });
  }
  return directory;
};

/** An edge before both sides, whose monitors have looked once. */
const edge = async (
  weights: { readonly blue: number; readonly green: number },
  monitored?: readonly ("blue" | "green")[],
) => {
  const both = pair(weights, monitored);
  const { account, health, look, origins } = both;
  const directory = await directoryOfBoth();
  const sideAt = (address: string) => (address === greenAddress ? "green" : "blue");
  const gateway = await Gateway.start({
    ...{ directory, random: seededRandom(42) },
    routes: new FollowedRoutes(
      edgeRoutes({ account, health, host: "lms.company.com", namespace: "production" }),
    ),
    endpoints: {
      resolve: ({ host }) => directory.pods.filter(({ side }) => side === sideAt(host)),
      stop: () => undefined,
    },
    sideOf: ({ host }) => sideAt(host),
  });
  onTestFinished(() => gateway.stop());
  const isHealthy = (id: string) => health.isHealthy(account.pools.found(id));
  await expect.poll(() => isHealthy(both.blue) && isHealthy(both.green)).toBe(true);
  return {
    ...{ ...both, gateway },
    /** Which side answered each of so many requests. */
    served: async (requests: number) => {
      const count = { blue: 0, green: 0, status: 0 };
      for (let sent = 0; sent < requests; sent += 1) {
        const response = await fetch(gateway.url);
        await response.text();
        const side = response.headers.get("x-served-by");
        if (side === "blue" || side === "green") count[side] += 1;
        count.status = response.status;
      }
      return count;
    },
    sicken: async (address: string, id: string) => {
      origins.set(address, 503);
      look();
      await expect.poll(() => isHealthy(id)).toBe(false);
    },
  };
};

test("requests go by the weights, and follow a change of them at once", async () => {
  const { served, change, blue, green, gateway } = await edge({ blue: 0.9, green: 0.1 });
  // Each hundred holds every pool as often as its weight says.
  expect(await served(100)).toMatchObject({ blue: 90, green: 10 });
  change({ random_steering: { default_weight: 0, pool_weights: { [blue]: 0.5, [green]: 0.5 } } });
  expect(gateway.applied()).toEqual({ blue: 50, green: 50 });
  expect(await served(100)).toMatchObject({ blue: 50, green: 50 });
});

test("a sick green sends its users to blue", async () => {
  const { served, sicken, green, gateway } = await edge({ blue: 0, green: 1 });
  await sicken(greenAddress, green);
  expect(await served(20)).toMatchObject({ blue: 20, green: 0 });
  expect(gateway.applied()).toEqual({ blue: 100, green: 0 });
});

test("a blue with a monitor sends everybody to green when it is sick, at weight 0 as well", async () => {
  const { served, sicken, blue } = await edge({ blue: 1, green: 0 }, ["blue", "green"]);
  await sicken(blueAddress, blue);
  expect(await served(20)).toMatchObject({ blue: 0, green: 20 });
});

test("without one, as the component declares it, nobody fails over to green", async () => {
  const { served, origins, look } = await edge({ blue: 1, green: 0 });
  origins.set(blueAddress, 503);
  look();
  expect(await served(20)).toMatchObject({ blue: 20, green: 0 });
});

test("a host whose load balancer is disabled or gone leads nowhere", async () => {
  const { served, change, account, balancer, gateway } = await edge({ blue: 1, green: 0 });
  change({ enabled: false });
  expect(await served(1)).toMatchObject({ blue: 0, status: 530 });
  account.balancers.remove(balancer);
  expect(gateway.applied()).toEqual({ blue: 0, green: 0 });
});

test("frozen, it goes on as it was; afterwards it takes over what stands", async () => {
  const { change, blue, green, gateway } = await edge({ blue: 1, green: 0 });
  gateway.frozen = true;
  change({ random_steering: { default_weight: 0, pool_weights: { [blue]: 0, [green]: 1 } } });
  expect(gateway.applied()).toEqual({ blue: 100, green: 0 });
  gateway.frozen = false;
  expect(gateway.applied()).toEqual({ blue: 0, green: 100 });
});

test("who holds the cookie of a side stays there after a rollback, until affinity is off again", async () => {
  const { change, blue, green, gateway, sicken } = await edge({ blue: 0, green: 1 });
  const ask = async (cookie = "") => {
    const response = await fetch(gateway.url, { headers: { cookie } });
    await response.text();
    return { side: response.headers.get("x-served-by"), given: response.headers.getSetCookie() };
  };
  change({ session_affinity: "cookie" });
  const [given = ""] = (await ask()).given;
  expect(given).toMatch(/^__cflb=[\w-]+; Max-Age=82800; Path=\/$/);
  const cookie = `theme=dark; ${given.split(";")[0] ?? ""}`;
  change({ random_steering: { default_weight: 0, pool_weights: { [blue]: 1, [green]: 0 } } });
  expect((await ask(cookie)).side).toBe("green");
  expect((await ask()).side).toBe("blue");
  expect(gateway.applied()).toEqual({ blue: 100, green: 0 });
  await sicken(greenAddress, green);
  expect((await ask(cookie)).side).toBe("blue");
  change({ session_affinity: "none" });
  expect((await ask(cookie)).given).toEqual([]);
});
