import { randomUUID } from "node:crypto";
import type { ExampleRequest, RehearsalExample } from "../../../definition/rehearsal-example.ts";
import { pathTemplate } from "./path-template.ts";

/** The part of the database that the application needs. */
export interface ApplicationDatabase {
  query(sql: string, parameters?: readonly unknown[]): Promise<readonly unknown[]>;
}

/** A call of the example, as somebody made it. */
export interface Call {
  readonly request: ExampleRequest;
  /** The rows of its statement. */
  readonly answer: () => Promise<readonly unknown[]>;
}

const EMPLOYEES = 100;

const parametersOf = (statement: string, employee: number): readonly unknown[] => {
  if (statement.includes("$2")) return [employee, randomUUID()];
  return statement.includes("$1") ? [employee] : [];
};

/**
 * Finds the call that a method and path make; undefined when the example has no such call.
 * @param onPerson hears of each person in whose name a call was made.
 */
export const exampleAnswers = (
  example: RehearsalExample,
  database: ApplicationDatabase,
  random: () => number,
  onPerson: (person: number) => void,
): ((method: string, path: string) => Call | undefined) => {
  const calls = example.requests.map((request) => ({ request, path: pathTemplate(request.path) }));
  const rows = async ({ statement }: ExampleRequest, value: string | undefined) => {
    if (statement === undefined) return [];
    const named = Number(value);
    const employee = Number.isInteger(named) ? named : 1 + Math.floor(random() * EMPLOYEES);
    onPerson(employee);
    return database.query(statement, parametersOf(statement, employee));
  };
  return (method, path) => {
    for (const { request, path: template } of calls) {
      const values = request.method === method ? template.match(path) : undefined;
      if (values !== undefined) return { request, answer: () => rows(request, values[0]) };
    }
    return undefined;
  };
};
