import { expect, test } from "vitest";
import { httpRoute, istioRoute, type Traffic } from "../../definition/traffic.ts";
import { trafficProblems } from "../../definition/traffic-problems.ts";
import { percent, seconds } from "../../definition/units.ts";
import { lms } from "../../stacks/lms.ts";

const istio = {
  name: "lms-vs",
  hosts: ["lms.company.com"],
  gateways: ["istio-system/public"],
  timeout: seconds(15),
  retries: { attempts: 2, perTryTimeout: seconds(5) },
};
const gateway = { namespace: "gateways", name: "public" };
const http = {
  name: "lms",
  hosts: ["lms.company.com"],
  gateways: [gateway],
  timeout: seconds(15),
};

/** What a person reads who writes this. */
const linesOf = (traffic: Traffic): readonly string[] =>
  trafficProblems({ ...lms, traffic }).map(
    ({ key, found, expected }) => `${key ?? ""} is ${found}, expected ${expected}`,
  );

test.for<[string, Traffic]>([
  ["a VirtualService", istioRoute(istio)],
  [
    "one for all hosts of a gateway beside it",
    istioRoute({ ...istio, hosts: ["*"], gateways: ["public"] }),
  ],
  [
    "one with testers",
    istioRoute({ ...istio, testers: { header: "x-tester", value: "yes", atMost: percent(2) } }),
  ],
  ["an HTTPRoute", httpRoute({ ...http, hosts: ["*.company.com"] })],
  [
    "one at a single listener",
    httpRoute({ ...http, gateways: [{ ...gateway, listener: "https" }] }),
  ],
])("%s is right", ([, traffic]) => {
  expect(linesOf(traffic)).toEqual([]);
});

const host = "a host in lower case, for example www.example.com or *.example.com";

test.for<[string, Traffic, string]>([
  [
    "no time limit",
    httpRoute({ ...http, timeout: undefined } as unknown as Parameters<typeof httpRoute>[0]),
    "traffic.timeout is missing, expected a duration with its unit, for example minutes(15)",
  ],
  [
    "no host",
    istioRoute({ ...istio, hosts: [] }),
    "traffic.hosts is [], expected at least one host",
  ],
  [
    "a host with its scheme",
    istioRoute({ ...istio, hosts: ["https://lms.company.com"] }),
    `traffic.hosts.0 is "https://lms.company.com", expected ${host}`,
  ],
  [
    "every host, for which an HTTPRoute has no name",
    httpRoute({ ...http, hosts: ["*"] }),
    `traffic.hosts.0 is "*", expected ${host}`,
  ],
  [
    "a gateway in two namespaces",
    istioRoute({ ...istio, gateways: ["a/b/c"] }),
    'traffic.gateways.0 is "a/b/c", expected a gateway as NAMESPACE/NAME, or NAME of the same namespace',
  ],
  [
    "a name that no object can have",
    httpRoute({ ...http, name: "LMS route" }),
    'traffic.name is "LMS route", expected a name for an object of the cluster: lower-case letters, digits, hyphens and dots',
  ],
  [
    "retries that are misspelt",
    istioRoute({ ...istio, retry: 3 } as unknown as Parameters<typeof istioRoute>[0]),
    "traffic.retry is a key that nothing reads, expected one that `npm run typecheck` knows",
  ],
])("%s is refused in one line", ([, traffic, line]) => {
  expect(linesOf(traffic)).toEqual([line]);
});
