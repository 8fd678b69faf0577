import type { IHTTPRoute } from "@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute";
import { invalid, type FieldError } from "../field-error.ts";
import { durationMilliseconds } from "./durations.ts";

type Spec = NonNullable<IHTTPRoute["spec"]>;
type Parent = NonNullable<Spec["parentRefs"]>[number];
type Rule = NonNullable<Spec["rules"]>[number];
type Backend = NonNullable<Rule["backendRefs"]>[number];
type Match = NonNullable<Rule["matches"]>[number];

/** The most matches that all rules of a route have together. */
const mostMatches = 128;

const sectionOf = ({ group, kind, namespace, name, sectionName, port }: Parent): string =>
  [group, kind, namespace, name, sectionName ?? "", port ?? ""].join("|");

/** Two references to one parent mean two of its listeners. */
const parentRules = (parents: readonly Parent[]): readonly FieldError[] => {
  const sections = parents.map(sectionOf);
  return sections.some((section, index) => sections.indexOf(section) < index)
    ? [
        invalid(
          "spec.parentRefs",
          parents.map(({ name }) => name),
          "sectionName or port must be unique when parentRefs includes 2 or more references to the same parent",
        ),
      ]
    : [];
};

const backendRules = (
  { group, kind, name, port }: Backend,
  path: string,
): readonly FieldError[] => {
  const isService = (group ?? "") === "" && (kind ?? "Service") === "Service";
  return isService && typeof port !== "number"
    ? [invalid(path, name, "Must have port for Service reference")]
    : [];
};

const matchRules = ({ path: asked }: Match, path: string): readonly FieldError[] => {
  const { type, value } = asked ?? {};
  if (type === "RegularExpression" || (value ?? "/").startsWith("/")) return [];
  const must = "value must be an absolute path and start with '/'";
  return [invalid(`${path}.path`, value, `${must} when type one of ['Exact', 'PathPrefix']`)];
};

const timeoutRules = ({ timeouts }: Rule, path: string): readonly FieldError[] => {
  const { request, backendRequest } = timeouts ?? {};
  if (typeof request !== "string" || typeof backendRequest !== "string") return [];
  const [whole, one] = [durationMilliseconds(request), durationMilliseconds(backendRequest)];
  // 0 means that there is none.
  if (whole === 0 || whole === undefined || one === undefined || one <= whole) return [];
  const problem = "backendRequest timeout cannot be longer than request timeout";
  return [invalid(`${path}.timeouts`, backendRequest, problem)];
};

const ruleRules = (rule: Rule, path: string): readonly FieldError[] => {
  const { backendRefs, filters, matches } = rule;
  const redirects = (filters ?? []).some(({ type }) => type === "RequestRedirect");
  return [
    ...(backendRefs ?? []).flatMap((backend, index) =>
      backendRules(backend, `${path}.backendRefs[${String(index)}]`),
    ),
    ...(redirects && (backendRefs ?? []).length > 0
      ? [
          invalid(
            path,
            "RequestRedirect",
            "RequestRedirect filter must not be used together with backendRefs",
          ),
        ]
      : []),
    ...(matches ?? []).flatMap((match, index) =>
      matchRules(match, `${path}.matches[${String(index)}]`),
    ),
    ...timeoutRules(rule, path),
  ];
};

/** What the rules within the CRD ask of an HTTPRoute, beyond its schema. */
export const httpRouteRules = ({ spec }: IHTTPRoute): readonly FieldError[] => {
  const rules = spec.rules ?? [];
  const matches = rules.flatMap((rule) => rule.matches ?? []);
  return [
    ...parentRules(spec.parentRefs ?? []),
    ...rules.flatMap((rule, index) => ruleRules(rule, `spec.rules[${String(index)}]`)),
    ...(matches.length > mostMatches
      ? [
          invalid(
            "spec.rules",
            matches.length,
            `While 16 rules and 64 matches per rule are allowed, the total number of matches across all rules in a route must be less than ${String(mostMatches)}`,
          ),
        ]
      : []),
  ];
};
