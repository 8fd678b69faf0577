import type { SettledSystem } from "../../definition/system.ts";
import { bounded } from "./bounded.ts";
import type { SideAnswer, SideAnswers } from "./facts.ts";
import { getJson, WrongStatus } from "./http-json.ts";
import type { Reading } from "./reading.ts";

/** Where sides are asked: at the addresses of their definition, or in a rehearsal's world. */
export type SideConnection = { readonly timeoutMilliseconds?: number } & (
  { readonly by: "address" } | { readonly by: "world"; readonly url: string }
);

/** Reads what a side says of itself, past whatever splits the traffic. */
export interface SideReader {
  answers(system: SettledSystem, side: "blue" | "green"): Promise<Reading<SideAnswers>>;
}

/** Address at which one side answers. */
export const addressOf = (
  connection: SideConnection,
  { environments }: Pick<SettledSystem, "environments">,
  side: "blue" | "green",
): string => {
  const { name, address } = environments[side];
  return connection.by === "world" ? `${connection.url}/${name}` : address;
};

/** A reader that asks each side's health endpoints on its own address. */
export const sideReader = (connection: SideConnection): SideReader => ({
  answers: (system, side) => {
    const { name } = system.environments[side];
    const { path, statusPath } = system.workload.health;
    const address = addressOf(connection, system, side);
    return bounded(
      name,
      async (signal) => {
        const [health, status] = await Promise.all([
          answered(`${address}${path}`, signal),
          answered(`${address}${statusPath}`, signal),
        ]);
        return { health, status };
      },
      connection.timeoutMilliseconds,
    );
  },
});

/** Also a bad status is an answer; no answer is none. */
const answered = async (url: string, signal: AbortSignal): Promise<SideAnswer> => {
  try {
    return { code: 200, fields: fieldsOf(await getJson(url, { signal })) };
  } catch (error) {
    if (error instanceof WrongStatus) return { code: error.code, fields: {} };
    // It answered well, and in another form.
    if (error instanceof SyntaxError) return { code: 200, fields: {} };
    throw error;
  }
};

/** Fields of a JSON object; none of anything else. */
export const fieldsOf = (body: unknown): SideAnswer["fields"] =>
  typeof body === "object" && body !== null && !Array.isArray(body)
    ? (body as SideAnswer["fields"])
    : {};
