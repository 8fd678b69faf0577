import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { CutoverClock } from "../../../../rehearsal/clock.ts";
import { LoadBalancing } from "../../../../rehearsal/world/elb/load-balancing.ts";
import type { RuleCondition, Rule, TargetGroup } from "../../../../rehearsal/world/elb/model.ts";
import { RegisteredTargets } from "../../../../rehearsal/world/elb/registered-targets.ts";
import type { PodEndpoint } from "../../../../rehearsal/world/pods/pod-directory.ts";

export const listenerArn =
  "arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/public/0123456789abcdef/fedcba9876543210";

/** Settings of a target group that looks at its targets each ten seconds. */
export const groupSettings = (name: string) => ({
  name,
  port: 8000,
  vpcId: "vpc-1",
  deregistrationDelaySeconds: 30,
  healthCheck: {
    path: "/api/health",
    matcher: "200",
    intervalSeconds: 10,
    timeoutSeconds: 5,
    healthyThreshold: 2,
    unhealthyThreshold: 3,
  },
});

export const hostIs = (...values: string[]): RuleCondition => ({ field: "host-header", values });

/** A pod that answers with its side, and with a status that a test sets. */
export interface TestTarget {
  readonly pod: PodEndpoint;
  status: number;
  /** Requests that were no health checks. */
  asked: number;
  readonly server: Server;
}

/** A load balancer with two target groups and nothing else, and pods to register. */
export const elbWorld = () => {
  const clock = CutoverClock.startingAt(Date.UTC(2026, 10, 21));
  const elb = new LoadBalancing(listenerArn);
  const targets = new RegisteredTargets(elb, clock);
  onTestFinished(() => {
    targets.stop();
  });
  const blue = elb.createTargetGroup(groupSettings("lms-blue"), {});
  const green = elb.createTargetGroup(groupSettings("lms-green"), {});
  const forward = (...weights: readonly (readonly [TargetGroup, number])[]) => ({
    order: 1,
    targetGroups: weights.map(([{ arn }, weight]) => ({ arn, weight })),
  });
  const split = (greenWeight: number, tags = { "cutover:system": "lms" }): Rule =>
    elb.createRule(
      listenerArn,
      {
        priority: 100,
        conditions: [hostIs("lms.company.com")],
        action: forward([blue, 100 - greenWeight], [green, greenWeight]),
      },
      tags,
    );
  const target = async (side: "blue" | "green"): Promise<TestTarget> => {
    const server = createServer((request, response) => {
      const check = request.headers["user-agent"] === "ELB-HealthChecker/2.0";
      if (!check) made.asked += 1;
      response.writeHead(made.status, { "x-served-by": side }).end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const workload = `lms-${side}`;
    const pod = {
      ...{ name: `${workload}-${String(port)}`, namespace: "production", workload, side },
      labels: { "app.kubernetes.io/instance": workload },
      origin: `http://127.0.0.1:${String(port)}`,
      ready: true,
    };
    const made: TestTarget = { pod, status: 200, asked: 0, server };
    return made;
  };
  return { clock, elb, targets, blue, green, forward, split, target };
};
