import type { Reporter, TestModule } from "vitest/node";

/** What became of every test. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The line that ends a run: `412 passed, 0 failed, 3 skipped`. */
export const closingLine = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;

const ended: ReadonlySet<string> = new Set(["passed", "skipped"]);

/**
 * Counts tests, and whatever else failed: a file that cannot be loaded, a suite whose hook threw, an error
 * that nobody caught. A run that fails thus never closes with `0 failed`.
 */
export const countsOf = (
  modules: readonly Pick<TestModule, "children" | "errors" | "state">[],
  unhandledErrors: readonly unknown[],
): Counts => {
  let passed = 0;
  let failed = unhandledErrors.length;
  let skipped = 0;
  for (const module of modules) {
    const before = failed;
    failed += module.errors().length;
    for (const suite of module.children.allSuites()) failed += suite.errors().length;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === "passed") passed += 1;
      else if (state === "skipped") skipped += 1;
      // Failed, or begun and never ended.
      else failed += 1;
    }
    if (failed === before && !ended.has(module.state())) failed += 1;
  }
  return { passed, failed, skipped };
};

/** Ends the output with one line of figures, after vitest's own summary. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const line = closingLine(countsOf(modules, unhandledErrors));
    // The default reporter prints its summary in the same event; this goes out behind it.
    process.once("exit", () => {
      process.stdout.write(`${line}\n`);
    });
  }
}
