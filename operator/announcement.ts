import { directionOf } from "../definition/direction.ts";
import { greenWeightAt, rung } from "../definition/ladder.ts";
import type { MessageField } from "../definition/message.ts";
import { openKeys } from "../definition/tbd.ts";
import { firstOpening } from "../policies/rules/calendar/first-opening.ts";
import { wallTimeAt } from "../policies/rules/calendar/zone-time.ts";
import { ledgerIn, timeNow, type OperatedSystem } from "./stack.ts";

type Told = Partial<Record<MessageField, string>>;

/**
 * What messages can tell now, from the definition and the stack's history: no source that may be down during an
 * incident is asked. What nobody knows, or is still open in the definition, is left out.
 */
export const toldNow = async (operated: OperatedSystem): Promise<Told> => {
  const { system, engine, workspace } = operated;
  const { entries } = ledgerIn(await engine.outputs(workspace), operated);
  const last = entries.at(-1);
  const { title, ladder, calendar } = system;
  const back = entries.filter((entry) => directionOf(system, entry) === "back");
  const stage = ladder.find(({ name }) => name === last?.to);
  return {
    title,
    rollbacks: String(back.length),
    ...windowOf(operated, await timeNow(operated)),
    ...warRoomOf(operated),
    ...(stage !== undefined &&
      last !== undefined && {
        stage: stage.title,
        since: instantIn(Date.parse(last.at), calendar.zone),
        green: String(greenWeightAt(system, stage.name)),
        next: ladder[rung(system, stage.name) + 1]?.title ?? "none",
      }),
  };
};

/** Whether a part of the definition is settled: an example of the rehearsal's is told in rehearsals only. */
const isSettled = ({ environment }: OperatedSystem, part: unknown): boolean =>
  environment === "rehearsal" || openKeys({ part }).length === 0;

const windowOf = (operated: OperatedSystem, now: number): Told => {
  const { definition, system } = operated;
  const { zone, windows } = system.calendar;
  const [first] = windows;
  if (first === undefined || !isSettled(operated, definition.calendar.windows[0])) return {};
  // A window without a date is the next one, which nobody knows who does not know the time.
  if (first.date === undefined && !Number.isFinite(now)) return {};
  const opens = firstOpening(system.calendar, now);
  return {
    window: `${instantIn(opens, zone)} to ${instantIn(opens + first.lasts.milliseconds, zone)}`,
  };
};

const warRoomOf = (operated: OperatedSystem): Told => {
  const { chat, incidents, bridge, statusPage } = operated.system.warRoom;
  const open = operated.definition.warRoom;
  return {
    chat,
    incidents,
    ...(isSettled(operated, open.bridge) && { bridge }),
    ...(isSettled(operated, open.statusPage) && { statusPage }),
  };
};

/** An instant to the minute by a zone's clocks. Milliseconds since the epoch. */
const instantIn = (instant: number, zone: string): string => {
  const shown = new Date(wallTimeAt(instant, zone)).toISOString();
  return `${shown.slice(0, 10)} ${shown.slice(11, 16)} ${zone}`;
};
