import type { ExampleDatabase, RehearsalExample } from "../../../definition/rehearsal-example.ts";

/** What the clock shows when a test of the world begins. */
export const smallStart = Date.parse("2026-01-03T22:00:00Z");

/** Its database. */
export const smallData: ExampleDatabase = {
  schema: [
    "CREATE TABLE employees (id int PRIMARY KEY, name text NOT NULL)",
    "INSERT INTO employees SELECT n, 'Employee ' || n FROM generate_series(1, 100) n",
    "CREATE TABLE leaves (id serial PRIMARY KEY, employee int NOT NULL, reason text NOT NULL)",
  ],
  migrations: [
    { revision: "a1", statements: ["ALTER TABLE leaves ADD COLUMN state text"] },
    {
      revision: "b2",
      statements: [
        "CREATE TABLE approvals (id serial PRIMARY KEY)",
        "CREATE TABLE audits (id int)",
      ],
    },
  ],
};

/** A leave management system of two tables, fast enough for tests. */
export const smallExample: RehearsalExample = {
  requestsPerSecond: 200,
  data: smallData,
  requests: [
    {
      name: "employee",
      method: "GET",
      path: "/api/v1/employees/{employee}",
      share: 8,
      statement: "SELECT name FROM employees WHERE id = $1",
    },
    {
      name: "request leave",
      method: "POST",
      path: "/api/v1/leaves",
      share: 2,
      statement: "INSERT INTO leaves (employee, reason) VALUES ($1, $2) RETURNING id",
    },
    { name: "holidays", method: "GET", path: "/api/v1/holidays", share: 0 },
  ],
  blue: {
    version: "2.4.1",
    medianMilliseconds: 8,
    p95Milliseconds: 20,
    cpuPercentAtFullLoad: 50,
    memoryPercent: 40,
  },
  green: {
    version: "3.0.0",
    medianMilliseconds: 6,
    p95Milliseconds: 15,
    cpuPercentAtFullLoad: 40,
    memoryPercent: 35,
  },
};
