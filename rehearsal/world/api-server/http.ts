import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { ApiError, type KubernetesObject, type ObjectStore } from "../kubernetes-object.ts";
import { discovery } from "./discovery.ts";
import { resourceName, type Kind } from "./kinds.ts";
import { objectFrom, parsed, patched } from "./request-object.ts";
import { resourcePath, type ResourcePath } from "./resource-path.ts";

interface Answer {
  readonly code: number;
  readonly body: object;
}

interface Question {
  readonly method: string;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly body: string;
}

const failure = ({ status, reason, message }: ApiError): Answer => ({
  code: status,
  body: {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message,
    reason,
    code: status,
  },
});

const matching = (selector: string | null, { metadata }: KubernetesObject): boolean =>
  (selector ?? "")
    .split(",")
    .filter((term) => term !== "")
    .every((term) => {
      const [key = "", value] = term.split(/==?/);
      const found = metadata.labels?.[key];
      return value === undefined ? found !== undefined : found === value;
    });

const collection = (
  store: ObjectStore,
  path: ResourcePath,
  { method, query, body }: Question,
): Answer => {
  const { kind, namespace } = path;
  if (method === "POST") {
    const object = objectFrom(parsed(body), path);
    if (query.get("dryRun") !== "All") return { code: 201, body: store.create(object) };
    store.dryRun(object);
    return { code: 201, body: object };
  }
  if (method !== "GET" || query.get("watch") === "true") throw notAllowed(kind);
  const items = store
    .list(kind.apiVersion, kind.kind, namespace)
    .filter((object) => matching(query.get("labelSelector"), object));
  const newest = Math.max(0, ...items.map(({ metadata }) => Number(metadata.resourceVersion)));
  const metadata = { resourceVersion: String(newest) };
  return {
    code: 200,
    body: { kind: `${kind.kind}List`, apiVersion: kind.apiVersion, metadata, items },
  };
};

const notAllowed = (kind: Kind): ApiError =>
  new ApiError(
    405,
    "MethodNotAllowed",
    `the server does not allow this method on the requested resource (${kind.plural})`,
  );

const item = (store: ObjectStore, path: ResourcePath, name: string, question: Question): Answer => {
  const { kind, namespace = "", subresource } = path;
  const reference = { apiVersion: kind.apiVersion, kind: kind.kind, namespace, name };
  const live = store.get(reference);
  if (live === undefined) {
    throw new ApiError(404, "NotFound", `${resourceName(kind, name)} not found`);
  }
  const { method, query, body } = question;
  if (method === "GET" && (subresource ?? "status") === "status") return { code: 200, body: live };
  if (subresource !== undefined) throw notAllowed(kind);
  if (method === "DELETE") {
    store.delete(reference);
    return {
      code: 200,
      body: { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success" },
    };
  }
  if (method !== "PUT" && method !== "PATCH") throw notAllowed(kind);
  const object = objectFrom(
    method === "PUT" ? parsed(body) : patched(live, question.contentType, body),
    path,
  );
  if (query.get("dryRun") !== "All") return { code: 200, body: store.replace(object) };
  store.dryRun(object);
  return { code: 200, body: object };
};

const answer = (store: ObjectStore, pathname: string, question: Question): Answer => {
  const found = discovery(pathname);
  if (found !== undefined && question.method === "GET") return { code: 200, body: found };
  const path = resourcePath(pathname);
  if (path === undefined) {
    throw new ApiError(
      404,
      "NotFound",
      `the server could not find the requested resource (${pathname})`,
    );
  }
  return path.name === undefined
    ? collection(store, path, question)
    : item(store, path, path.name, question);
};

/**
 * Answers the REST paths of a Kubernetes API server: `/api`, `/apis` and `/version` with what is below.
 * The listener says `false` to a path that is none of these and leaves the response alone.
 */
export const apiServer =
  (store: ObjectStore) =>
  async (req: IncomingMessage, res: ServerResponse, pathAfterPrefix: string): Promise<boolean> => {
    const { pathname, searchParams } = new URL(pathAfterPrefix, "http://localhost");
    if (!/^\/(api|apis|version)(\/|$)/.test(pathname)) return false;
    const { search } = new URL(req.url ?? "/", "http://localhost");
    const query = searchParams.size > 0 ? searchParams : new URLSearchParams(search);
    const contentType = (req.headers["content-type"] ?? "application/json").split(";")[0] ?? "";
    const question = { method: req.method ?? "GET", query, contentType, body: await text(req) };
    let given: Answer;
    try {
      given = answer(store, pathname, question);
    } catch (error) {
      const internal = new ApiError(
        500,
        "InternalError",
        `Internal error occurred: ${String(error)}`,
      );
      given = failure(error instanceof ApiError ? error : internal);
    }
    res.writeHead(given.code, { "content-type": "application/json" });
    res.end(JSON.stringify(given.body));
    return true;
  };
