import { days, type Duration } from "../definition/units.ts";
import { reasonToWait } from "../operator/automatic-rollback.ts";
import { looks, type Look } from "../operator/look.ts";
import { missingOrder } from "../operator/missing-order.ts";
import type { OperatedSystem } from "../operator/stack.ts";
import { durationOption } from "./duration-option.ts";
import { ExitStatus } from "./exit-status.ts";
import { operatedSystem, withSystem, type StackOptions } from "./operated-stack.ts";
import { rollbackText, rolledBack, type RollbackAnswer } from "./rollback.ts";
import { printResult, type Console, type Subcommand } from "./subcommand.ts";

interface WatchOptions extends StackOptions {
  readonly for?: string;
}

/** What `cutover watch` answers when it ends. */
interface WatchAnswer {
  readonly system: string;
  readonly stack: string;
  /** `quiet`: nothing to see at the end, and no order meanwhile. `disturbed`: people must look. */
  readonly outcome: "quiet" | "disturbed" | "rolled-back";
  readonly looks: number;
  /** Names of the thresholds whose alarms ordered the way back. */
  readonly orders: readonly string[];
  /** Why an order was not obeyed; null where none waits. */
  readonly waiting: string | null;
  /** What people must look into, as of the last look. */
  readonly concerns: readonly string[];
  readonly rollback: RollbackAnswer | null;
}

const where = "cutover watch";
/** As often as Datadog is asked for each alarm, wall milliseconds: far below what it allows. */
const everyMilliseconds = 10_000;
/** A line at least as often, so that a silent terminal is a broken one. */
const lineEveryMilliseconds = 60_000;

/**
 * `cutover watch SYSTEM`: watches the alarms, and takes traffic back when one orders it. Exit 3 then, and 0
 * when the span that was asked for is over, or somebody ended it, and nothing was to be seen.
 */
export const watch: Subcommand = {
  name: "watch",
  summary: "Watch a system's alarms, and roll back as soon as one orders it",
  examples: ["watch lms --stack prod", "watch lms --stack prod --for 30m"],
  declare: (command, run) => {
    withSystem(command)
      .option("--for <span>", "how long, for example 30m; until it is interrupted when left out")
      .action(async (system: string, options: WatchOptions) => {
        await run((console) => watchSystem(system, options, console));
      });
  },
};

const watchSystem = async (
  name: string,
  options: WatchOptions,
  console: Console,
): Promise<ExitStatus> => {
  const span =
    options.for === undefined ? undefined : durationOption(where, "--for", options.for, days(7));
  const operated = await operatedSystem(name, options, where, console);
  const answer = await watched(operated, span, console);
  printResult(console, options, answer, () => inText(answer));
  // Only now: no rollback waits for a signature.
  const missing = answer.outcome === "rolled-back" ? await missingOrder(operated) : undefined;
  if (missing !== undefined) console.log(missing);
  return exits[answer.outcome];
};

const exits: Readonly<Record<WatchAnswer["outcome"], ExitStatus>> = {
  quiet: ExitStatus.done,
  disturbed: ExitStatus.refused,
  "rolled-back": ExitStatus.rolledBack,
};

const watched = async (
  operated: OperatedSystem,
  span: Duration | undefined,
  console: Console,
): Promise<WatchAnswer> => {
  const { definition, workspace } = operated;
  const orders = new Set<string>();
  const tell = teller(console);
  let seen = 0;
  let last: Look | undefined;
  let waiting: string | undefined;
  let rollback: RollbackAnswer | undefined;
  try {
    for await (const look of looks(operated, {
      milliseconds: span?.milliseconds,
      everyMilliseconds,
    })) {
      seen += 1;
      last = look;
      waiting = undefined;
      for (const order of look.orders) orders.add(order);
      if (look.orders.length > 0) {
        waiting = await reasonToWait(operated, look);
        if (waiting === undefined) {
          console.log(`${look.orders.join(" and ")} orders the way back: rolling back.`);
          rollback = await rolledBack(operated);
          if (rollback.outcome === "back") break;
          waiting = rollbackText(rollback);
        }
      }
      tell(look, waiting);
    }
  } catch (error) {
    // Without a span, being interrupted is how a watch ends. One of a span was not quiet for all of it.
    if (span !== undefined || !console.signal.aborted || seen === 0) throw error;
  }
  const back = rollback?.outcome === "back";
  const concerns = last?.concerns ?? [];
  const quiet = orders.size === 0 && concerns.length === 0;
  return {
    system: definition.name,
    stack: workspace.stack,
    outcome: back ? "rolled-back" : quiet ? "quiet" : "disturbed",
    looks: seen,
    orders: [...orders],
    waiting: waiting ?? null,
    concerns,
    rollback: rollback ?? null,
  };
};

/** Says what a look found when it differs from the one before, and every minute. */
const teller = ({ log }: Console): ((look: Look, waiting: string | undefined) => void) => {
  let said = "";
  let saidAt = -Infinity;
  return ({ at, green, orders, concerns }, waiting) => {
    const share = green.known ? `green ${green.value} %` : "green unknown";
    const ordered = orders.map((name) => `${name} ORDERS THE WAY BACK`);
    const what = [...ordered, ...(waiting === undefined ? [] : [waiting]), ...concerns];
    const text = `${share}, ${what.length === 0 ? "all alarms quiet" : what.join("; ")}`;
    const now = performance.now();
    if (text === said && now - saidAt < lineEveryMilliseconds) return;
    [said, saidAt] = [text, now];
    log(`${Number.isFinite(at) ? new Date(at).toISOString() : "(time unknown)"}  ${text}`);
  };
};

const inText = (answer: WatchAnswer): string => {
  const { system, stack, outcome, looks: seen, orders, waiting, concerns, rollback } = answer;
  if (outcome === "rolled-back" && rollback !== null) {
    return `${orders.join(" and ")} ordered the way back. ${rollbackText(rollback)}`;
  }
  const about = `${system} on ${stack}, ${seen} looks`;
  if (outcome === "quiet") return `Quiet: ${about}; no alarm was raised that orders the way back.`;
  const what = [
    ...(orders.length === 0 ? [] : [`${orders.join(" and ")} ordered the way back`]),
    ...(waiting === null ? [] : [waiting]),
    ...concerns,
  ];
  return `Disturbed: ${about}. ${what.join("; ")}.`;
};
