import type { RehearsalRecord } from "../../rehearsal-record.ts";
import { clockTime, span } from "../figures.ts";
import { html, type Markup } from "../markup.ts";
import { numberedEvents, type NumberedEvent } from "../numbered-events.ts";
import type { StageSpan } from "../stage-spans.ts";
import { ticksOf, type TimeAxis } from "../time-axis.ts";
import { timelineEntries } from "./timeline-entries.ts";

/** The night as a drawing to scale, and entry by entry as a table. */
export const timeline = (
  record: RehearsalRecord,
  axis: TimeAxis,
  spans: readonly StageSpan[],
): Markup =>
  html`<section id="timeline" aria-labelledby="timeline-heading">
    <h2 id="timeline-heading">Timeline of the night</h2>
    <p class="lead">${scaleNote(record)}</p>
    <div class="night" role="img" aria-label="${inOneSentence(record, spans)}">
      <div class="lanes" aria-hidden="true">
        ${fastBands(record, axis)}
        <div class="lane hours">
          ${ticksOf(axis, 8).map(
            (tick, index) =>
              html`<span
                class="tick ${index % 2 === 1 ? "spare" : ""}"
                style="left:${place(axis, tick)}%"
                >${clockTime(tick)}</span
              >`,
          )}
        </div>
        <div class="lane stages">
          <b>Stage</b
          >${spans.map((one, index) => bar(axis, `stage ${index % 2 === 0 ? "even" : "odd"}`, one.stage, one.from, one.to))}
        </div>
        <div class="lane work">
          <b>Work</b>${record.timeline
            .filter(({ kind }) => kind === "update" || kind === "soak")
            .map(({ kind, title, at, until }) => bar(axis, kind, title, at, until ?? at))}
        </div>
        ${eventLanes(numberedEvents(record), axis)}
      </div>
    </div>
    <details class="entries" open>
      <summary>Entry by entry (${record.timeline.length})</summary>
      ${timelineEntries(record)}
    </details>
  </section>`;

const scaleNote = ({
  fast,
  beganAt,
  endedAt,
  wallMilliseconds,
}: RehearsalRecord): Markup | string => {
  const fastMilliseconds = fast.reduce((sum, { from, to }) => sum + to - from, 0);
  const whole = `${span(endedAt - beganAt)} of cutover time, all instants in UTC, rehearsed in ${span(wallMilliseconds)}.`;
  if (fastMilliseconds === 0) return whole;
  const rates = [...new Set(fast.map(({ rate }) => rate))].sort((one, other) => one - other);
  return html`${whole} Where time alone had to pass (<span class="swatch fast"></span> hatched,
    ${span(fastMilliseconds)} in all) the clock ran
    ${rates.map((rate) => String(rate)).join(" or ")} times faster than the wall; everywhere else it
    kept wall time, so updates and the way back took what they really take. The drawing follows the
    wall: hatched spans are drawn that much shorter.`;
};

const place = (axis: TimeAxis, at: number): string => axis.percentAt(at).toFixed(2);

const bar = (axis: TimeAxis, kind: string, title: string, from: number, to: number): Markup => {
  const width = Math.max(0, axis.percentAt(to) - axis.percentAt(from)).toFixed(2);
  return html`<span
    class="bar ${kind}"
    title="${title}"
    style="left:${place(axis, from)}%;width:${width}%"
    ><span>${title}</span></span
  >`;
};

/** Width of a fast span, in percent of the axis, that has room for its rate on a narrow screen. */
const rateLabelPercent = 10;

const fastBands = ({ fast }: RehearsalRecord, axis: TimeAxis): readonly Markup[] =>
  fast.map(
    ({ from, to, rate }) =>
      html`<span
        class="fast"
        style="left:calc(var(--gutter) + (100% - var(--gutter) - var(--margin)) * ${(axis.percentAt(from) / 100).toFixed(4)});width:calc((100% - var(--gutter) - var(--margin)) * ${((axis.percentAt(to) - axis.percentAt(from)) / 100).toFixed(4)})"
        >${axis.percentAt(to) - axis.percentAt(from) > rateLabelPercent && html`<span>${rate}×</span>`}</span
      >`,
  );

/** Width of a marker in percent of a narrow screen: markers closer than this get a lane each. */
const markerPercent = 7.5;

const eventLanes = (events: readonly NumberedEvent[], axis: TimeAxis): readonly Markup[] => {
  const lanes: NumberedEvent[][] = [];
  const ends: number[] = [];
  for (const event of events) {
    const at = axis.percentAt(event.entry.at);
    const free = ends.findIndex((end) => at - end >= markerPercent);
    const lane = free === -1 ? lanes.length : free;
    (lanes[lane] ??= []).push(event);
    ends[lane] = at;
  }
  return lanes.map(
    (lane, index) =>
      html`<div class="lane events">
        ${index === 0 && html`<b>Events</b>`}${lane.map(
          ({ number, entry }) =>
            html`<span
              class="event is-${entry.kind}"
              title="${entry.title}"
              style="left:${place(axis, entry.at)}%"
              >${number}</span
            >`,
        )}
      </div>`,
  );
};

const inOneSentence = (record: RehearsalRecord, spans: readonly StageSpan[]): string => {
  const stages = spans.map(({ stage, from }) => `${stage} from ${clockTime(from)}`).join(", ");
  const events = numberedEvents(record).length;
  return `Stages: ${stages === "" ? "none" : stages}, in UTC. ${String(events)} numbered events; the table below lists everything.`;
};
