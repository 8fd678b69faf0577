import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CutoverClock } from "../../../../rehearsal/clock.ts";
import { MemoryObjectStore } from "../../../../rehearsal/world/api-server/object-store.ts";
import { ApiError, type KubernetesObject } from "../../../../rehearsal/world/kubernetes-object.ts";
import {
  autoscaler,
  container,
  deployment,
  destinationRule,
  disruptionBudget,
  job,
  networkPolicy,
  service,
  virtualService,
} from "./objects.ts";

const store = new MemoryObjectStore(CutoverClock.startingAt(0), ["production"]);

/** What the API server says to an object; "accepted" when it would take it. */
const answerTo = (object: KubernetesObject): string => {
  try {
    store.dryRun(object);
    return "accepted";
  } catch (error) {
    if (error instanceof ApiError) return error.message;
    throw error;
  }
};
const probe = (given: object): KubernetesObject =>
  deployment({}, { ofContainer: { livenessProbe: given } });
const resources = (given: object): KubernetesObject =>
  deployment({}, { ofContainer: { resources: given } });
const ports = (...given: object[]): KubernetesObject =>
  deployment({}, { ofContainer: { ports: given, readinessProbe: undefined } });
const named = (object: KubernetesObject, metadata: object): KubernetesObject => ({
  ...object,
  metadata: { ...object.metadata, ...metadata },
});
const configMap = (fields: object, metadata: object = {}): KubernetesObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "settings", namespace: "production", ...metadata },
  ...fields,
});
const http = (given: Readonly<Record<string, unknown>>): KubernetesObject =>
  virtualService(90, 10, given);
const destination = { host: "lms", subset: "blue" };

test.for(
  [
    deployment(),
    deployment({ replicas: 0, strategy: { type: "Recreate" } }),
    deployment(
      {},
      {
        pod: { volumes: [{ name: "v", emptyDir: {} }] },
        ofContainer: { volumeMounts: [{ name: "v", mountPath: "/v" }] },
      },
    ),
    job(),
    service(),
    service({ type: "ExternalName", externalName: "db.example", ports: undefined }),
    disruptionBudget({ maxUnavailable: "25%" }),
    autoscaler(),
    networkPolicy({
      ingress: [{ from: [{ ipBlock: { cidr: "10.0.0.0/8" } }], ports: [{ port: 80 }] }],
    }),
    virtualService(100, 0),
    http({
      route: [{ destination }],
      timeout: "2.5s",
      retries: { attempts: 0, perTryTimeout: "500ms" },
    }),
    destinationRule({
      trafficPolicy: { outlierDetection: { interval: "5s", maxEjectionPercent: 50 } },
    }),
    configMap({ data: { "a.b": "c" }, binaryData: { d: "eA==" } }),
    named(configMap({}), {
      labels: { "app.kubernetes.io/name": "lms", empty: "" },
      annotations: { "a.b/C": "any: thing" },
    }),
    {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: "lms", namespace: "production" },
    },
    { apiVersion: "v1", kind: "Namespace", metadata: { name: "blue" } },
  ].map((object) => ({ object, kind: object.kind })),
)("accepts a right $kind", ({ object }) => {
  expect(answerTo(object)).toBe("accepted");
});

describe("unknown fields", () => {
  test.for([
    [deployment({ replica: 3 }), "spec.replica"],
    [deployment({}, { ofContainer: { imag: "x" } }), "spec.template.spec.containers[0].imag"],
    [
      deployment({}, { ofContainer: { env: [{ nam: "A", name: "A" }] } }),
      "spec.template.spec.containers[0].env[0].nam",
    ],
    [http({ timout: "2s" }), "spec.http[0].timout"],
    [http({ route: [{ destination, wieght: 100 }] }), "spec.http[0].route[0].wieght"],
    [destinationRule({ subset: [] }), "spec.subset"],
    [configMap({ dat: {} }), "dat"],
    [named(configMap({}), { lables: {} }), "metadata.lables"],
  ] as const)("%#: %s", ([object, path]) => {
    const version = object.apiVersion.split("/").at(-1) ?? "";
    expect(answerTo(object)).toBe(
      `${object.kind} in version "${version}" cannot be handled as a ${object.kind}: strict decoding error: unknown field "${path}"`,
    );
  });
});

describe("kinds and names", () => {
  test.for([
    [
      { ...configMap({}), kind: "Pod" },
      "the server could not find the requested resource (Pod in v1)",
    ],
    [
      { ...deployment(), apiVersion: "apps/v1beta1" },
      "the server could not find the requested resource (Deployment in apps/v1beta1)",
    ],
    [
      configMap({}, { name: "" }),
      'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required',
    ],
    [
      configMap({}, { name: "Upper" }),
      'ConfigMap "Upper" is invalid: metadata.name: Invalid value: "Upper": a lowercase RFC 1123 subdomain',
    ],
    [configMap({}, { name: "a".repeat(254) }), "must be no more than 253 characters"],
    [
      service({}, "1st"),
      'Service "1st" is invalid: metadata.name: Invalid value: "1st": a DNS-1035 label',
    ],
    [service({}, "a".repeat(64)), "must be no more than 63 characters"],
    [configMap({}, { namespace: undefined }), "metadata.namespace: Required value"],
    [configMap({}, { namespace: "absent" }), 'namespaces "absent" not found'],
    [
      { apiVersion: "v1", kind: "Namespace", metadata: { name: "a", namespace: "b" } },
      "metadata.namespace: Forbidden: not allowed on this type",
    ],
    [
      configMap({}, { labels: { "a b": "c" } }),
      'metadata.labels: Invalid value: "a b": name part must consist of',
    ],
    [
      configMap({}, { labels: { "UPPER/b": "c" } }),
      'metadata.labels: Invalid value: "UPPER": a lowercase RFC 1123 subdomain',
    ],
    [
      configMap({}, { labels: { a: "b c" } }),
      'metadata.labels: Invalid value: "b c": a valid label must be',
    ],
    [configMap({}, { labels: { a: "b".repeat(64) } }), "must be no more than 63 characters"],
    [
      configMap({}, { labels: { a: 1 } }),
      "metadata.labels.a: Invalid value: 1: must be of type string",
    ],
    [configMap({}, { annotations: { "a/b/c": "d" } }), "a qualified name has at most one '/'"],
    [configMap({ data: { "a/b": "c" } }), 'data[a/b]: Invalid value: "a/b": a valid config key'],
    [
      configMap({ data: { a: "x" }, binaryData: { a: "eA==" } }),
      'binaryData[a]: Duplicate value: "a"',
    ],
  ] as const)("%#: %s", ([object, message]) => {
    expect(answerTo(object)).toContain(message);
  });

  test("take every name that the syntax allows, and no other", () => {
    const character = fc.constantFrom(..."abz09-.A_");
    const names = fc.array(character, { minLength: 1, maxLength: 12 }).map((all) => all.join(""));
    fc.assert(
      fc.property(names, (name) => {
        const parts = name.split(".");
        const right = parts.every((part) => /^[a-z0-9-]+$/.test(part) && !/^-|-$/.test(part));
        expect(answerTo(configMap({}, { name })) === "accepted").toBe(right);
      }),
      { numRuns: 200 },
    );
  });
});

const inPod = "spec.template.spec.containers[0]";
describe("Deployment", () => {
  test.for([
    [deployment({ replicas: "3" }), 'spec.replicas: Invalid value: "3": must be of type integer'],
    [
      deployment({ replicas: -1 }),
      "spec.replicas: Invalid value: -1: must be greater than or equal to 0",
    ],
    [
      deployment({ selector: undefined }),
      'Deployment.apps "lms-green" is invalid: spec.selector: Required value',
    ],
    [deployment({ template: undefined }), "spec.template: Required value"],
    [
      deployment({ selector: {} }),
      "spec.selector: Invalid value: {}: empty selector is invalid for deployment",
    ],
    [
      deployment({ selector: { matchLabels: { app: "lms-blue" } } }),
      'spec.template.metadata.labels: Invalid value: {"app":"lms-green"}: `selector` does not match template `labels`',
    ],
    [
      deployment({
        selector: { matchExpressions: [{ key: "app", operator: "is", values: ["x"] }] },
      }),
      'spec.selector.matchExpressions[0].operator: Unsupported value: "is"',
    ],
    [
      deployment({ selector: { matchExpressions: [{ key: "app", operator: "In" }] } }),
      "spec.selector.matchExpressions[0].values: Required value",
    ],
    [
      deployment({ strategy: { type: "Rolling" } }),
      'spec.strategy.type: Unsupported value: "Rolling": supported values: "Recreate", "RollingUpdate"',
    ],
    [
      deployment({ strategy: { type: "Recreate", rollingUpdate: { maxSurge: 1 } } }),
      "spec.strategy.rollingUpdate: Forbidden",
    ],
    [
      deployment({ strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: "0%" } } }),
      'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "0%": may not be 0 when `maxSurge` is 0',
    ],
    [
      deployment({ strategy: { rollingUpdate: { maxSurge: "some" } } }),
      'spec.strategy.rollingUpdate.maxSurge: Invalid value: "some": must be a non-negative integer or a percentage',
    ],
    [
      deployment({ minReadySeconds: 60, progressDeadlineSeconds: 60 }),
      "spec.progressDeadlineSeconds: Invalid value: 60: must be greater than minReadySeconds",
    ],
    [
      deployment({}, { pod: { restartPolicy: "Never" } }),
      'spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"',
    ],
    [deployment({}, { pod: { containers: [] } }), "spec.template.spec.containers: Required value"],
    [
      deployment({}, { pod: { containers: [container(), container()] } }),
      'spec.template.spec.containers[1].name: Duplicate value: "lms"',
    ],
    [
      deployment({}, { pod: { terminationGracePeriodSeconds: -1 } }),
      "spec.template.spec.terminationGracePeriodSeconds: Invalid value: -1",
    ],
    [
      deployment({}, { ofContainer: { name: "LMS" } }),
      `${inPod}.name: Invalid value: "LMS": a lowercase RFC 1123 label`,
    ],
    [deployment({}, { ofContainer: { name: undefined } }), `${inPod}.name: Required value`],
    [deployment({}, { ofContainer: { image: " " } }), `${inPod}.image: Required value`],
    [
      deployment({}, { ofContainer: { imagePullPolicy: "Sometimes" } }),
      `${inPod}.imagePullPolicy: Unsupported value: "Sometimes"`,
    ],
    [
      deployment({}, { ofContainer: { env: [{ name: "1A", value: "" }] } }),
      `${inPod}.env[0].name: Invalid value: "1A": a valid environment variable name`,
    ],
    [
      deployment(
        {},
        {
          ofContainer: {
            env: [
              { name: "A", value: "b", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
            ],
          },
        },
      ),
      `${inPod}.env[0].valueFrom: Invalid value`,
    ],
    [
      deployment({}, { ofContainer: { volumeMounts: [{ name: "v", mountPath: "/v" }] } }),
      `${inPod}.volumeMounts[0].name: Not found: "v"`,
    ],
    [
      ports({ containerPort: 0 }),
      `${inPod}.ports[0].containerPort: Invalid value: 0: must be between 1 and 65535, inclusive`,
    ],
    [ports({ containerPort: 65536 }), `${inPod}.ports[0].containerPort: Invalid value: 65536`],
    [
      ports({ containerPort: 1, name: "http" }, { containerPort: 2, name: "http" }),
      `${inPod}.ports[1].name: Duplicate value: "http"`,
    ],
    [
      ports({ containerPort: 1, name: "a-name-too-long-for-it" }),
      `${inPod}.ports[0].name: Invalid value: "a-name-too-long-for-it": must be no more than 15 characters`,
    ],
    [
      ports({ containerPort: 1, protocol: "HTTP" }),
      `${inPod}.ports[0].protocol: Unsupported value: "HTTP": supported values: "SCTP", "TCP", "UDP"`,
    ],
    [resources({ requests: { cpu: "half" } }), "cpu"],
    [resources({ requests: { cpu: "500 m" } }), "cpu"],
    [resources({ limits: { memory: "256MB" } }), "memory"],
    [
      resources({ limits: { cpu: "-1" } }),
      `${inPod}.resources.limits[cpu]: Invalid value: "-1": must be greater than or equal to 0`,
    ],
    [
      resources({ requests: { cpu: "1500m" }, limits: { cpu: 1 } }),
      `${inPod}.resources.requests[cpu]: Invalid value: "1500m": must be less than or equal to cpu limit of 1`,
    ],
    [
      resources({ requests: { memory: "1Gi" }, limits: { memory: "1G" } }),
      "must be less than or equal to memory limit of 1G",
    ],
    [probe({}), `${inPod}.livenessProbe: Required value: must specify a handler type`],
    [
      probe({ httpGet: { port: 80 }, tcpSocket: { port: 80 } }),
      `${inPod}.livenessProbe: Forbidden: may not specify more than 1 handler type`,
    ],
    [probe({ httpGet: { port: 0 } }), `${inPod}.livenessProbe.httpGet.port: Invalid value: 0`],
    [
      probe({ tcpSocket: { port: 80 }, periodSeconds: 0 }),
      `${inPod}.livenessProbe.periodSeconds: Invalid value: 0: must be greater than or equal to 1`,
    ],
    [
      probe({ tcpSocket: { port: 80 }, timeoutSeconds: 0 }),
      `${inPod}.livenessProbe.timeoutSeconds: Invalid value: 0`,
    ],
    [
      probe({ tcpSocket: { port: 80 }, successThreshold: 2 }),
      `${inPod}.livenessProbe.successThreshold: Invalid value: 2: must be 1`,
    ],
  ] as const)("%#: %s", ([object, message]) => {
    expect(answerTo(object)).toContain(message);
  });
});

describe("other built-in kinds", () => {
  const cpu = { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } };
  test.for([
    [
      job({}, { restartPolicy: "Always" }),
      'spec.template.spec.restartPolicy: Unsupported value: "Always": supported values: "OnFailure", "Never"',
    ],
    [job({ backoffLimit: -1 }), "spec.backoffLimit: Invalid value: -1"],
    [service({ ports: [] }), 'Service "lms" is invalid: spec.ports: Required value'],
    [
      service({ ports: [{ port: 70000 }] }),
      "spec.ports[0].port: Invalid value: 70000: must be between 1 and 65535, inclusive",
    ],
    [
      service({ ports: [{ port: 1, name: "a" }, { port: 2 }] }),
      "spec.ports[1].name: Required value",
    ],
    [
      service({
        ports: [
          { port: 1, name: "a" },
          { port: 2, name: "a" },
        ],
      }),
      'spec.ports[1].name: Duplicate value: "a"',
    ],
    [
      service({
        ports: [
          { port: 1, name: "a" },
          { port: 1, name: "b" },
        ],
      }),
      'spec.ports[1]: Duplicate value: "TCP/1"',
    ],
    [service({ type: "Loadbalancer" }), 'spec.type: Unsupported value: "Loadbalancer"'],
    [service({ type: "ExternalName" }), "spec.externalName: Required value"],
    [
      disruptionBudget({}),
      "spec: Required value: exactly one of minAvailable and maxUnavailable must be set",
    ],
    [
      disruptionBudget({ minAvailable: 1, maxUnavailable: 1 }),
      "minAvailable and maxUnavailable cannot be both set",
    ],
    [disruptionBudget({ minAvailable: "half" }), 'spec.minAvailable: Invalid value: "half"'],
    [
      autoscaler({ minReplicas: 7 }),
      'HorizontalPodAutoscaler.autoscaling "lms" is invalid: spec.maxReplicas: Invalid value: 6: must be greater than or equal to `minReplicas`',
    ],
    [autoscaler({ minReplicas: 0 }), "spec.minReplicas: Invalid value: 0"],
    [autoscaler({ maxReplicas: undefined }), "spec.maxReplicas: Required value"],
    [autoscaler({ metrics: [{ type: "Cpu" }] }), 'spec.metrics[0].type: Unsupported value: "Cpu"'],
    [
      autoscaler({ metrics: [{ type: "Pods", resource: cpu }] }),
      "spec.metrics[0].pods: Required value",
    ],
    [
      autoscaler({
        metrics: [{ type: "Resource", resource: { ...cpu, target: { type: "Utilization" } } }],
      }),
      "spec.metrics[0].resource.target: Required value",
    ],
    [
      autoscaler({ behavior: { scaleDown: { stabilizationWindowSeconds: 3601 } } }),
      "spec.behavior.scaleDown.stabilizationWindowSeconds: Invalid value: 3601",
    ],
    [networkPolicy({ policyTypes: ["In"] }), 'spec.policyTypes[0]: Unsupported value: "In"'],
    [
      networkPolicy({ ingress: [{ from: [{}] }] }),
      "spec.ingress[0].from[0]: Required value: must specify a peer",
    ],
    [
      networkPolicy({ egress: [{ to: [{ ipBlock: { cidr: "10.0.0.0/33" } }] }] }),
      'spec.egress[0].to[0].ipBlock.cidr: Invalid value: "10.0.0.0/33": must be a valid CIDR value',
    ],
    [
      networkPolicy({ ingress: [{ ports: [{ port: 0 }] }] }),
      "spec.ingress[0].ports[0].port: Invalid value: 0",
    ],
  ] as const)("%#: %s", ([object, message]) => {
    expect(answerTo(object)).toContain(message);
  });
});

describe("Istio", () => {
  const twice = [
    { destination, weight: 50 },
    { destination, weight: 50 },
  ];
  test.for([
    [
      virtualService(0, 0),
      'VirtualService.networking.istio.io "lms" is invalid: spec.http[0].route: Invalid value: [0,0]: total destination weight = 0',
    ],
    [
      virtualService(90, 20),
      "spec.http[0].route: Invalid value: [90,20]: total destination weight 110 != 100",
    ],
    [virtualService(undefined, undefined), "total destination weight = 0"],
    [
      virtualService(110, -10),
      "spec.http[0].route[1].weight: Invalid value: -10: must be between 0 and 100, inclusive",
    ],
    [
      virtualService("90", 10),
      'spec.http[0].route[0].weight: Invalid value: "90": must be of type integer',
    ],
    [http({ route: [{ destination, weight: 0 }] }), "total destination weight = 0"],
    [
      http({ route: [{ destination: { subset: "blue" } }] }),
      "spec.http[0].route[0].destination.host: Required value",
    ],
    [http({ route: [{ weight: 100 }] }), "spec.http[0].route[0].destination.host: Required value"],
    [
      http({ route: [{ destination: { host: "lms", subset: "" } }] }),
      "spec.http[0].route[0].destination.subset: Invalid value",
    ],
    [http({ route: twice }), 'spec.http[0].route[1].destination: Duplicate value: "lms|blue|"'],
    [
      http({ route: [] }),
      "spec.http[0]: Required value: HTTP route, redirect or directResponse is required",
    ],
    [http({ redirect: { uri: "/" } }), "HTTP route cannot contain both route and redirect"],
    [
      http({ timeout: "2" }),
      'spec.http[0].timeout: Invalid value: "2": must be a duration such as 500ms or 2s',
    ],
    [
      http({ timeout: "0s" }),
      'spec.http[0].timeout: Invalid value: "0s": duration must be greater than 1ms',
    ],
    [http({ retries: { attempts: -1 } }), "spec.http[0].retries.attempts: Invalid value: -1"],
    [
      http({ retries: { attempts: 2, perTryTimeout: "1 s" } }),
      'spec.http[0].retries.perTryTimeout: Invalid value: "1 s"',
    ],
    [
      { ...virtualService(1, 99), spec: { hosts: [], http: [{ route: [{ destination }] }] } },
      "spec.hosts: Required value",
    ],
    [
      { ...virtualService(1, 99), spec: { hosts: ["lms"] } },
      "spec: Required value: http, tcp or tls must be provided",
    ],
    [destinationRule({ host: undefined }), "spec.host: Required value"],
    [
      destinationRule({ subsets: [{ name: "blue" }, { name: "blue" }] }),
      'spec.subsets[1].name: Duplicate value: "blue"',
    ],
    [
      destinationRule({ subsets: [{ labels: { side: "blue" } }] }),
      "spec.subsets[0].name: Required value",
    ],
    [
      destinationRule({ subsets: [{ name: "Blue" }] }),
      'spec.subsets[0].name: Invalid value: "Blue"',
    ],
    [
      destinationRule({ trafficPolicy: { outlierDetection: { interval: "5" } } }),
      'spec.trafficPolicy.outlierDetection.interval: Invalid value: "5"',
    ],
    [
      destinationRule({ trafficPolicy: { loadBalancer: { simple: "BEST" } } }),
      'spec.trafficPolicy.loadBalancer.simple: Unsupported value: "BEST"',
    ],
  ] as const)("%#: %s", ([object, message]) => {
    expect(answerTo(object)).toContain(message);
  });

  test("weights pass when and only when they make 100", () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(100), (blue, green) => {
        expect(answerTo(virtualService(blue, green)) === "accepted").toBe(blue + green === 100);
        expect(answerTo(virtualService(blue, 100 - blue))).toBe("accepted");
      }),
      { numRuns: 50 },
    );
  });
});

test("every wrong field is named at once", () => {
  const both = deployment({ replicas: -1, minReadySeconds: -1 });
  expect(answerTo(both)).toBe(
    'Deployment.apps "lms-green" is invalid: [spec.replicas: Invalid value: -1: must be greater than or equal to 0, spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0]',
  );
});
