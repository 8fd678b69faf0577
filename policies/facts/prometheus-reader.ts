import { z } from "zod";
import type { PrometheusQuery } from "../../definition/figure.ts";
import { bounded, NoAnswer } from "./bounded.ts";
import type { Newest } from "./facts.ts";
import { getJson, WrongStatus } from "./http-json.ts";
import type { Reading } from "./reading.ts";
import type { Span } from "./watched-window.ts";

/** Where Prometheus answers. */
export interface PrometheusConnection {
  /** Address before `/api/v1`. */
  readonly url: string;
  /** Bearer token; undefined where none is asked for. */
  readonly token: string | undefined;
  readonly timeoutMilliseconds?: number;
}

/**
 * What an expression gives at the end of a span, from samples of that span. Prometheus itself would take samples of
 * five minutes ago for those of now.
 */
export const readPrometheus = (
  { url, token, timeoutMilliseconds }: PrometheusConnection,
  { expression }: PrometheusQuery,
  { from, to }: Span,
): Promise<Reading<Newest>> =>
  bounded(
    "Prometheus",
    async (signal) => {
      const parameters = new URLSearchParams({
        query: expression,
        time: String(to / 1_000),
        lookback_delta: `${to - from}ms`,
      });
      const headers = {
        accept: "application/json",
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      };
      const {
        status,
        data,
        warnings = [],
      } = answer.parse(
        await refusalInWords(
          getJson(`${url}/api/v1/query?${parameters.toString()}`, { headers, signal }),
        ),
      );
      if (status !== "success") throw new NoAnswer("Prometheus answered without success");
      // Remarks on style are none on the data; with anything else a part of it may be missing.
      const [warning] = warnings.filter((each) => !each.startsWith("PromQL info:"));
      if (warning !== undefined) {
        throw new NoAnswer(`Prometheus warns: ${warning.slice(0, 120)}`);
      }
      const [at, value] = sampleOf(data);
      const number = Number(value);
      if (value.trim() === "" || !Number.isFinite(number)) {
        throw new NoAnswer(`Prometheus gave ${value.slice(0, 20)}, which is no number`);
      }
      return { value: number, at: at * 1_000 };
    },
    timeoutMilliseconds,
  );

/** What its API says of an expression that cannot be evaluated is in a body that no error carries. */
const refusalInWords = async (asked: Promise<unknown>): Promise<unknown> => {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof WrongStatus) || ![400, 422].includes(error.code)) throw error;
    throw new NoAnswer(`Prometheus refused the expression with ${error.code}: try it there`);
  }
};

const sample = z.tuple([z.number(), z.string()]);

const answer = z.object({
  status: z.string(),
  warnings: z.array(z.string()).optional(),
  data: z.discriminatedUnion("resultType", [
    z.object({ resultType: z.literal("scalar"), result: sample }),
    z.object({
      resultType: z.literal("vector"),
      result: z.array(z.object({ value: sample.optional() })),
    }),
    z.object({ resultType: z.enum(["matrix", "string"]) }),
  ]),
});

/** The one sample of an answer. @throws NoAnswer where it has none, or more than one */
const sampleOf = (data: z.infer<typeof answer>["data"]): z.infer<typeof sample> => {
  if (data.resultType === "scalar") return data.result;
  if (data.resultType !== "vector") {
    throw new NoAnswer(`Prometheus gave a ${data.resultType}, not one number`);
  }
  const [only, ...others] = data.result;
  if (only === undefined) throw new NoAnswer("Prometheus has no value for it");
  if (others.length > 0) {
    throw new NoAnswer(`Prometheus gave ${data.result.length} series, not one`);
  }
  if (only.value === undefined) throw new NoAnswer("Prometheus gave a histogram, not one number");
  return only.value;
};
