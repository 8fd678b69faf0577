import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // The second one ends the output with a line of figures that a build server can read.
    reporters: ["default", "./test/closing-line-reporter.ts"],
    // Whole cutovers start real processes: on two cores they may wait for one another.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    pool: "forks",
    maxWorkers: 2,
  },
});
