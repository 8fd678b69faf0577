import type { Plan } from "../../definition/plan.ts";
import { code, text } from "../markdown.ts";
import { chapter, list, rows, seat, shownOpen } from "./words.ts";

/** Who decides what, where their numbers are, and where they talk. */
export const people = (plan: Plan): readonly string[] => {
  const { roles, contacts, warRoom } = plan;
  const secretOf = (role: string): string =>
    contacts.find((contact) => contact.role === role)?.secret ?? "";
  return [
    ...chapter(
      "Who",
      rows(
        ["Role", "Also called", "Decides", "Name and number"],
        Object.entries(roles).map(([name, { title, alsoCalled = [], decides }]) => [
          text(title),
          text(alsoCalled.join(", ")),
          text(decides),
          secretOf(name) === "" ? "" : code(`pulumi config get ${secretOf(name)}`),
        ]),
      ),
    ),
    ...chapter(
      "Where people talk",
      list([
        `War room: ${code(warRoom.chat)}, incidents: ${code(warRoom.incidents)}`,
        ...(warRoom.pager === undefined
          ? []
          : [`Paged by alarms that order the way back: ${shownOpen(warRoom.pager)}`]),
        `Bridge: ${shownOpen(warRoom.bridge)}`,
        `Status page: ${shownOpen(warRoom.statusPage)}`,
        ...warRoom.protocol.map(text),
      ]),
    ),
    ...chapter(
      "Messages",
      rows(
        ["Message", "Sender", "To", "When"],
        plan.communications.map(({ title, sender, audience, due }) => [
          text(title),
          seat(plan, sender),
          text(audience),
          text(due),
        ]),
      ),
    ),
  ];
};
