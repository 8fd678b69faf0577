import { defineConfig } from "vitest/config";

/** Whole cutovers under load measure what users see: nothing else may take the machine from them. */
const nights = ["test/e2e/**/*rehearsal.test.ts"];

export default defineConfig({
  test: {
    // The second one ends the output with a line of figures that a build server can read.
    reporters: ["default", "./test/closing-line-reporter.ts"],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    pool: "forks",
    projects: [
      {
        extends: true,
        test: {
          name: "parts",
          include: ["test/**/*.test.ts"],
          exclude: ["test/e2e/**"],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "moves",
          include: ["test/e2e/**/*.test.ts"],
          exclude: nights,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: "nights",
          include: nights,
          maxWorkers: 1,
          // A machine that stands still for seconds shows users waiting, as it must: that a night may show once.
          retry: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
