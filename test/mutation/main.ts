/** `npm run mutate`: makes each gate wrong in each way, one at a time; some test must notice. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { allRules } from "../../policies/all-rules.ts";
import { mutations, mutationVariable, type Mutation } from "./mutations.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const vitest = fileURLToPath(new URL("../../node_modules/vitest/vitest.mjs", import.meta.url));
const config = fileURLToPath(new URL("vitest.config.ts", import.meta.url));

/** Whether the gates' tests notice. */
const isNoticed = (rule: string, mutation: Mutation): boolean =>
  spawnSync(process.execPath, [vitest, "run", "--config", config, "--root", root], {
    cwd: root,
    env: { ...process.env, [mutationVariable]: `${rule}:${mutation}` },
    stdio: "ignore",
  }).status !== 0;

const asked = process.argv.slice(2);
const wrong = allRules
  .filter(({ name }) => asked.length === 0 || asked.includes(name))
  .flatMap(({ name, needs }) =>
    (Object.keys(mutations) as Mutation[])
      // A rule that needs no fact cannot trust a missing one.
      .filter((mutation) => mutation !== "trusting" || needs.length > 0)
      .map((mutation) => ({ name, mutation })),
  );
const unnoticed = wrong.filter(({ name, mutation }) => {
  const noticed = isNoticed(name, mutation);
  process.stdout.write(`${noticed ? "noticed  " : "UNNOTICED"}  ${name} ${mutation}\n`);
  return !noticed;
});
process.stdout.write(`${wrong.length - unnoticed.length} of ${wrong.length} wrong gates noticed\n`);
process.exitCode = unnoticed.length === 0 ? 0 : 1;
