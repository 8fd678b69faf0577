import type {
  DowntimeResult,
  FreezeResult,
  RehearsalRecord,
  RequestTotals,
} from "../../rehearsal-record.ts";
import type { DataAccount } from "../../world/data/data-account.ts";
import { count, plural, span } from "../figures.ts";
import { html, type Markup } from "../markup.ts";

/** The first thing that is read: how it ended, how fast the way back was, what became of the requests. */
export const verdict = (record: RehearsalRecord): Markup =>
  html`<section
    id="verdict"
    aria-labelledby="verdict-heading"
    class="verdict ${record.expectation.met ? "good" : "bad"}"
  >
    <h2 id="verdict-heading">
      <span class="chip">${record.expectation.met ? "✓ As expected" : "✕ Not as expected"}</span>
      <span class="sentence">${outcomeSentence(record)}</span>
    </h2>
    ${expectation(record)}
    <div class="tiles">
      ${rollbackTile(record)} ${requestsTile(record.requests)}
      ${record.data !== null && dataTile(record.data)}
      ${record.freeze !== null && freezeTile(record.freeze)}
      ${(record.downtime.milliseconds > 0 || record.downtime.budgetMilliseconds !== null) && downtimeTile(record.downtime)}
    </div>
  </section>`;

/** The outcome in one sentence that needs no knowledge of the machinery. */
export const outcomeSentence = (record: RehearsalRecord): string => {
  const { outcome, rollback, versions, stages } = record;
  if (outcome === "completed")
    return `The cutover went through: all requests are answered by version ${versions.green}.`;
  if (outcome === "rolled-back")
    return rollback === null
      ? `The cutover was rolled back to version ${versions.blue}.`
      : `The cutover was rolled back: ${span(rollback.restoredMilliseconds)} after ${orderedBy(rollback.trigger, record.thresholds)}, version ${versions.blue} answered every request well again.`;
  const last = stages.at(-1)?.stage;
  const refused = record.gates.findLast(({ verdicts }) =>
    verdicts.some((one) => one.outcome === "refused"),
  );
  const held = last === undefined ? "Nothing was moved" : `The traffic stayed at ${last}`;
  return `The cutover was stopped before ${refused?.to ?? "its next stage"}: the gates refused the move. ${held}.`;
};

const orderedBy = (trigger: string, thresholds: RehearsalRecord["thresholds"]): string =>
  trigger === "commander"
    ? "the commander’s order"
    : `the alarm “${thresholds.find(({ name }) => name === trigger)?.title ?? trigger}”`;

const outcomeWords = {
  completed: "completed",
  "rolled-back": "rolled back",
  refused: "refused",
} as const;

const expectation = ({ expectation: expected, outcome, faults }: RehearsalRecord): Markup => {
  const because =
    faults.length === 0 ? "without a fault" : `with ${plural(faults.length, "injected fault")}`;
  if (expected.met)
    return html`<p class="expectation">
      Expected to end <strong>${outcomeWords[expected.outcome]}</strong> ${because}, and it did.
    </p>`;
  return html`<p class="expectation">
      Expected to end <strong>${outcomeWords[expected.outcome]}</strong> ${because}; it ended
      <strong>${outcomeWords[outcome]}</strong>. What differed:
    </p>
    <ul class="differences">
      ${expected.differences.map((difference) => html`<li>${difference}</li>`)}
    </ul>`;
};

const rollbackTile = ({ rollback }: RehearsalRecord): Markup => {
  if (rollback === null)
    return html`<div class="tile">
      <h3>Way back</h3>
      <p class="figure">not needed</p>
      <p class="note">No rollback took place in this rehearsal.</p>
    </div>`;
  const {
    restoredMilliseconds: taken,
    budgetMilliseconds: budget,
    detectedMilliseconds,
  } = rollback;
  const full = Math.max(taken, budget, 1);
  const within = taken <= budget;
  const words = `${span(taken)} of the ${span(budget)} allowed`;
  return html`<div class="tile">
    <h3>Way back</h3>
    <p class="figure">${span(taken)} <small>of ${span(budget)} allowed</small></p>
    <div class="budget ${within ? "within" : "over"}" role="img" aria-label="${words}">
      <span class="taken" style="width:${percentOf(taken, full)}%"></span>
      <span class="edge" style="left:${percentOf(budget, full)}%"></span>
    </div>
    <p class="note">
      ${within ? `✓ Within the budget, ${span(budget - taken)} to spare.` : `✕ Over the budget by ${span(taken - budget)}.`}
      Noticed ${span(detectedMilliseconds)} after the first bad request.
    </p>
  </div>`;
};

const percentOf = (part: number, whole: number): string => ((part / whole) * 100).toFixed(2);

/** What became of every request, as a sum that adds up or says that it does not. */
export const requestsTile = ({ sent, ok, failed, lost, maintenance }: RequestTotals): Markup => {
  const gap = sent - ok - failed - lost - maintenance;
  const term = (sign: string, amount: number, name: string, title: string): Markup =>
    html`<div class="term ${amount > 0 && (name === "failed" || name === "lost") ? "some" : ""}">
      <dt>
        ${sign !== "" && html`<span aria-hidden="true" class="sign">${sign}</span>`}<abbr
          title="${title}"
          >${name}</abbr
        >
      </dt>
      <dd data-figure="${name}" data-value="${amount}">${count(amount)}</dd>
    </div>`;
  return html`<div class="tile">
    <h3>Every request accounted for</h3>
    <dl class="sum">
      ${term("", sent, "sent", "requests that the load sent")}
      ${term("=", ok, "ok", "answered well")}
      ${term("+", failed, "failed", "answered with an error")}
      ${term("+", lost, "lost", "never answered: reset, refused or timed out")}
      ${term("+", maintenance, "maintenance", "answered by the maintenance page or a declared write freeze")}
    </dl>
    <p class="note">
      ${
        gap === 0
          ? "✓ The figures add up."
          : html`<strong class="wrong"
              >✕ The figures do not add up: ${plural(Math.abs(gap), "request")}
              ${gap > 0 ? "unaccounted for" : "counted twice"}.</strong
            >`
      }
      ${sent > 0 && (ok === sent ? "All were answered well." : `${(Math.floor((ok / sent) * 100_000) / 1000).toFixed(3)} % were answered well.`)}
    </p>
  </div>`;
};

/** What became of every write that a user was told of. */
const dataTile = ({
  acknowledged,
  missing,
  doubled,
  differing,
  reconciled,
}: DataAccount): Markup => {
  const whole = missing + doubled + differing === 0;
  return html`<div class="tile">
    <h3>Every write accounted for</h3>
    <p class="figure">${count(acknowledged)} <small>writes acknowledged</small></p>
    <p class="note">
      ${
        whole
          ? "✓ Each is in both stores once, and all copied rows are equal."
          : html`<strong class="wrong"
              >✕ ${count(missing)} missing, ${count(doubled)} doubled; ${plural(differing, "row")}
              not equal in both stores.</strong
            >`
      }
      ${reconciled > 0 && `The copying never heard of ${count(reconciled)} of them: they were found by comparing both stores.`}
    </p>
  </div>`;
};

/** How long users could change nothing. */
const freezeTile = ({ milliseconds, budgetMilliseconds }: FreezeResult): Markup =>
  html`<div class="tile">
    <h3>Writes frozen</h3>
    <p class="figure">
      ${span(milliseconds)} <small>of ${span(budgetMilliseconds)} allowed</small>
    </p>
    <p class="note">
      ${
        milliseconds < budgetMilliseconds
          ? "✓ For the final sync alone; reads went on."
          : html`<strong class="wrong">✕ Longer than the plan allows.</strong>`
      }
    </p>
  </div>`;

/** How long users had nothing at all. */
const downtimeTile = ({ milliseconds, budgetMilliseconds }: DowntimeResult): Markup =>
  html`<div class="tile">
    <h3>Downtime</h3>
    <p class="figure">
      ${span(milliseconds)}
      ${budgetMilliseconds !== null && html`<small>of ${span(budgetMilliseconds)} allowed</small>`}
    </p>
    <p class="note">
      ${
        milliseconds < (budgetMilliseconds ?? Number.POSITIVE_INFINITY)
          ? milliseconds === 0
            ? "✓ Somebody was answered well in every second."
            : "Nobody was answered well meanwhile."
          : html`<strong class="wrong">✕ Longer than the plan allows.</strong>`
      }
    </p>
  </div>`;
