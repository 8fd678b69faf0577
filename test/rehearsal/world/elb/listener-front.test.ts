import { request } from "undici";
import { expect, onTestFinished, test, vi } from "vitest";
import { seededRandom } from "../../../../rehearsal/world/application/seeded-random.ts";
import { FollowedRoutes } from "../../../../rehearsal/world/gateway/followed-routes.ts";
import { listenerRoutes } from "../../../../rehearsal/world/elb/listener-routes.ts";
import { followBindings } from "../../../../rehearsal/world/elb/target-group-bindings.ts";
import type { Rule } from "../../../../rehearsal/world/elb/model.ts";
import { Gateway } from "../../../../rehearsal/world/gateway.ts";
import { PodDirectory } from "../../../../rehearsal/world/pods/pod-directory.ts";
import { inMemoryObjectStore } from "../in-memory-object-store.ts";
import { elbWorld, hostIs, listenerArn } from "./elb-world.ts";

/** A load balancer that serves, with one pod of each side that a binding registers. */
const front = async () => {
  const world = elbWorld();
  const { elb, targets } = world;
  const store = inMemoryObjectStore();
  const directory = new PodDirectory();
  const sides = { blue: await world.target("blue"), green: await world.target("green") };
  for (const side of ["blue", "green"] as const) {
    const name = `lms-${side}`;
    const metadata = { name, namespace: "production" };
    store.create({
      ...{ apiVersion: "v1", kind: "Service", metadata },
      spec: {
        selector: { "app.kubernetes.io/instance": name },
        ports: [{ name: "http", port: 8000 }],
      },
    });
  }
  const gateway = await Gateway.start({
    ...{ directory, random: seededRandom(7) },
    routes: new FollowedRoutes(listenerRoutes(elb, "lms.company.com")),
    endpoints: {
      resolve: ({ host }) => targets.inRotation(host),
      stop: followBindings(store, directory, targets),
    },
    sideOf: ({ host }) => (host === world.green.arn ? "green" : "blue"),
  });
  onTestFinished(() => gateway.stop());
  const bind = (side: "blue" | "green", port: number | string = 8000): void => {
    const name = `lms-${side}`;
    store.create({
      apiVersion: "elbv2.k8s.aws/v1beta1",
      kind: "TargetGroupBinding",
      metadata: { name, namespace: "production" },
      spec: { targetGroupARN: world[side].arn, targetType: "ip", serviceRef: { name, port } },
    });
  };
  const answer = async (headers: Readonly<Record<string, string>> = {}, path = "/") => {
    const { body, ...answered } = await request(`${gateway.url}${path}`, { headers });
    await body.dump();
    return answered;
  };
  const ask = async (headers: Readonly<Record<string, string>> = {}, path = "/") => {
    const { statusCode, headers: answered } = await answer(headers, path);
    const side = answered["x-served-by"];
    return typeof side === "string" ? side : statusCode;
  };
  const asked = async (times: number): Promise<Readonly<Record<string, number>>> => {
    const counts: Record<string, number> = {};
    for (let sent = 0; sent < times; sent += 1) {
      const who = String(await ask());
      counts[who] = (counts[who] ?? 0) + 1;
    }
    return counts;
  };
  const ready = async (...which: readonly ("blue" | "green")[]): Promise<void> => {
    for (const side of which) directory.add(sides[side].pod);
    await vi.waitFor(() => {
      for (const side of which) expect(targets.inRotation(world[side].arn)).toHaveLength(1);
    });
  };
  return { ...world, store, directory, sides, gateway, bind, answer, ask, asked, ready };
};

test("shares are those of the weights, whatever they add up to", async () => {
  const { split, bind, ready, asked, elb, forward, blue, green, gateway } = await front();
  const rule = split(10);
  bind("blue");
  bind("green", "http");
  await ready("blue", "green");
  expect(await asked(100)).toEqual({ blue: 90, green: 10 });
  elb.modifyRule(rule.arn, { ...rule, action: forward([blue, 1], [green, 3]) });
  expect(gateway.applied()).toEqual({ blue: 25, green: 75 });
  expect(await asked(100)).toEqual({ blue: 25, green: 75 });
});

test("both weights at 0 answer nobody", async () => {
  const { split, bind, ready, ask, elb, forward, blue, green } = await front();
  const rule = split(0);
  bind("blue");
  await ready("blue");
  elb.modifyRule(rule.arn, { ...rule, action: forward([blue, 0], [green, 0]) });
  expect(await ask()).toBe(503);
});

test("who holds the cookie of a group stays there after a rollback, until stickiness is off again", async () => {
  const { split, bind, ready, answer, ask, elb, forward, blue, green } = await front();
  const rule = split(100);
  bind("blue");
  bind("green");
  await ready("blue", "green");
  const sticky = (action: Rule["action"]) => ({
    ...rule,
    action: { ...action, stickySeconds: 3_600 },
  });
  elb.modifyRule(rule.arn, sticky(forward([blue, 0], [green, 100])));
  const [given = ""] = [(await answer()).headers["set-cookie"]].flat();
  expect(given).toMatch(/^AWSALBTG=\w+; Max-Age=3600; Path=\/$/);
  const cookie = given.split(";")[0] ?? "";
  elb.modifyRule(rule.arn, sticky(forward([blue, 100], [green, 0])));
  expect(await ask({ cookie })).toBe("green");
  expect(await ask()).toBe("blue");
  elb.modifyRule(rule.arn, { ...rule, action: forward([blue, 100], [green, 0]) });
  expect(await ask({ cookie })).toBe("blue");
});

test("a side without a target answers its share with 503, and the other side takes none of it", async () => {
  const { split, bind, ready, asked } = await front();
  split(10);
  bind("blue");
  await ready("blue");
  expect(await asked(100)).toEqual({ blue: 90, "503": 10 });
});

test("rules are met by their priority: testers by header, their value in any case, then the split", async () => {
  const { split, bind, ready, ask, elb, forward, green } = await front();
  split(0);
  bind("blue");
  bind("green");
  await ready("blue", "green");
  elb.createRule(
    listenerArn,
    {
      priority: 99,
      conditions: [
        hostIs("lms.company.com"),
        { field: "http-header", name: "x-tester", values: ["yes"] },
      ],
      action: forward([green, 100]),
    },
    {},
  );
  expect(await ask({ "x-tester": "YES" })).toBe("green");
  expect(await ask({ "x-tester": "no" })).toBe("blue");
  expect(await ask()).toBe("blue");
});

test("a host that no rule takes is answered by the listener itself", async () => {
  const { split, bind, ready, ask, elb, forward, green } = await front();
  split(0);
  bind("blue");
  bind("green");
  await ready("blue", "green");
  expect(await ask({ host: "other.company.com" })).toBe(404);
  const path = { field: "path-pattern", values: ["/beta/*"] } as const;
  const conditions = [hostIs("*.company.com"), path];
  elb.createRule(listenerArn, { priority: 5, conditions, action: forward([green, 1]) }, {});
  expect(await ask({ host: "other.company.com" }, "/beta/x")).toBe("green");
  expect(await ask({}, "/Beta/x")).toBe("blue");
});

test("a load balancer that is stuck goes on as it was", async () => {
  const { split, bind, ready, asked, elb, forward, blue, green, gateway } = await front();
  const rule = split(0);
  bind("blue");
  bind("green");
  await ready("blue", "green");
  gateway.frozen = true;
  elb.modifyRule(rule.arn, { ...rule, action: forward([blue, 0], [green, 100]) });
  expect(await asked(10)).toEqual({ blue: 10 });
});

test("a pod that leaves the endpoints leaves its group, and so does a binding's whole side", async () => {
  const { split, bind, ready, directory, sides, store, targets, green, blue } = await front();
  split(50);
  bind("blue");
  bind("green");
  await ready("blue", "green");
  directory.remove(sides.green.pod);
  expect(targets.inRotation(green.arn)).toEqual([]);
  const reference = { apiVersion: "elbv2.k8s.aws/v1beta1", kind: "TargetGroupBinding" };
  store.delete({ ...reference, namespace: "production", name: "lms-blue" });
  expect(targets.inRotation(blue.arn)).toEqual([]);
});

test("a binding to a port that the Service has not registers nobody", async () => {
  const { split, bind, directory, sides, targets, green } = await front();
  split(50);
  bind("green", 9000);
  directory.add(sides.green.pod);
  expect(targets.describe(green.arn)).toEqual([]);
});
