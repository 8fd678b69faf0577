import { randomUUID } from "node:crypto";
import type { ExampleRequest, RehearsalExample } from "../../../definition/rehearsal-example.ts";
import { pathTemplate } from "./path-template.ts";

/** The part of the database that the application needs. */
export interface ApplicationDatabase {
  query(sql: string, parameters?: readonly unknown[]): Promise<readonly unknown[]>;
}

/** The part of a store of documents that the application needs instead. */
export interface ApplicationDocuments {
  ping(): Promise<void>;
  find(collection: string, person: number, most: number): Promise<readonly unknown[]>;
  add(collection: string, person: number, reference: string): Promise<void>;
}

/** Where the application of one side keeps its data. */
export type ApplicationStore = ApplicationDatabase | ApplicationDocuments;

/** What one call of the example comes to. */
export interface Answered {
  readonly rows: readonly unknown[];
  /** The unique text that the call wrote, where stores are held against each other by it. */
  readonly written?: string;
}

/** A call of the example, as somebody made it. */
export interface Call {
  readonly request: ExampleRequest;
  readonly writes: boolean;
  readonly answer: () => Promise<Answered>;
}

const EMPLOYEES = 100;

/** Whether the call changes data on a side that works on this store. */
const isWrite = ({ statement, document }: ExampleRequest, store: ApplicationStore): boolean =>
  "query" in store
    ? statement !== undefined && !/^\s*select\b/i.test(statement)
    : document?.does === "add";

const fromDatabase = async (
  database: ApplicationDatabase,
  statement: string,
  employee: number,
): Promise<Answered> => {
  if (!statement.includes("$2")) {
    return { rows: await database.query(statement, statement.includes("$1") ? [employee] : []) };
  }
  const written = randomUUID();
  return { rows: await database.query(statement, [employee, written]), written };
};

const fromDocuments = async (
  documents: ApplicationDocuments,
  { collection, does }: NonNullable<ExampleRequest["document"]>,
  person: number,
): Promise<Answered> => {
  if (does !== "add") return { rows: await documents.find(collection, person, does.find) };
  const written = randomUUID();
  await documents.add(collection, person, written);
  return { rows: [], written };
};

/**
 * Finds the call that a method and path make; undefined when the example has no such call.
 * @param onPerson hears of each person in whose name a call was made.
 */
export const exampleAnswers = (
  example: RehearsalExample,
  store: ApplicationStore,
  random: () => number,
  onPerson: (person: number) => void,
): ((method: string, path: string) => Call | undefined) => {
  const calls = example.requests.map((request) => ({ request, path: pathTemplate(request.path) }));
  const ask = async (
    { statement, document }: ExampleRequest,
    value: string | undefined,
  ): Promise<Answered> => {
    const named = Number(value);
    const employee = Number.isInteger(named) ? named : 1 + Math.floor(random() * EMPLOYEES);
    onPerson(employee);
    if ("query" in store) {
      return statement === undefined ? { rows: [] } : fromDatabase(store, statement, employee);
    }
    return document === undefined ? { rows: [] } : fromDocuments(store, document, employee);
  };
  return (method, path) => {
    for (const { request, path: template } of calls) {
      const values = request.method === method ? template.match(path) : undefined;
      if (values === undefined) continue;
      return {
        request,
        writes: isWrite(request, store),
        answer: () => ask(request, values[0]),
      };
    }
    return undefined;
  };
};
