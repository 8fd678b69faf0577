import { randomUUID } from "node:crypto";
import type { ExampleRequest, RehearsalExample } from "../../../definition/rehearsal-example.ts";
import { pathTemplate } from "./path-template.ts";

/** The part of the database that the application needs. */
export interface ApplicationDatabase {
  query(sql: string, parameters?: readonly unknown[]): Promise<readonly unknown[]>;
}

/** Answers one call of the example: the rows of its statement. */
export type Answer = () => Promise<readonly unknown[]>;

const EMPLOYEES = 100;

const parametersOf = (statement: string, employee: number): readonly unknown[] => {
  if (statement.includes("$2")) return [employee, randomUUID()];
  return statement.includes("$1") ? [employee] : [];
};

/** Finds who answers a method and path; undefined when the example has no such call. */
export const exampleAnswers = (
  example: RehearsalExample,
  database: ApplicationDatabase,
  random: () => number,
): ((method: string, path: string) => Answer | undefined) => {
  const calls = example.requests.map((request) => ({ request, path: pathTemplate(request.path) }));
  const rows = async ({ statement }: ExampleRequest, value: string | undefined) => {
    if (statement === undefined) return [];
    const named = Number(value);
    const employee = Number.isInteger(named) ? named : 1 + Math.floor(random() * EMPLOYEES);
    return database.query(statement, parametersOf(statement, employee));
  };
  return (method, path) => {
    for (const call of calls) {
      const values = call.request.method === method ? call.path.match(path) : undefined;
      if (values !== undefined) return () => rows(call.request, values[0]);
    }
    return undefined;
  };
};
