import type { MetricStore } from "../metric-store.ts";
import { evaluateMetric } from "./evaluate-metric.ts";
import type { Grid } from "./grid.ts";
import { QueryError } from "./query-error.ts";
import type { ResultSeries } from "./result-series.ts";
import type { Expression } from "./syntax.ts";

type Values = ResultSeries["values"];

/** A constant, or series that stand for groups. */
type Operand = number | readonly ResultSeries[];

/**
 * Answers an expression over the intervals of a grid. Where one side of an operation has no value, or the
 * divisor is zero, there is no value. @throws QueryError when sides are grouped differently.
 */
export const evaluate = (
  expression: Expression,
  store: MetricStore,
  grid: Grid,
): readonly ResultSeries[] => {
  const answer = operandOf(expression, store, grid);
  if (typeof answer === "number") throw new QueryError("expected at least one metric");
  return answer;
};

const operandOf = (expression: Expression, store: MetricStore, grid: Grid): Operand => {
  switch (expression.is) {
    case "number":
      return expression.value;
    case "metric":
      return evaluateMetric(expression, store, grid);
    case "negative":
      return mapped(operandOf(expression.of, store, grid), (value) => value && -value);
    case "function":
      return mapped(operandOf(expression.of, store, grid), functionOf(expression));
    case "arithmetic": {
      const left = operandOf(expression.left, store, grid);
      const right = operandOf(expression.right, store, grid);
      return combined(left, right, operatorOf(expression.operator));
    }
  }
};

type Operator = (left: number, right: number) => number | undefined;

const operatorOf = (operator: "+" | "-" | "*" | "/"): Operator => {
  switch (operator) {
    case "+":
      return (left, right) => left + right;
    case "-":
      return (left, right) => left - right;
    case "*":
      return (left, right) => left * right;
    case "/":
      return (left, right) => (right === 0 ? undefined : left / right);
  }
};

type Change = (value: number | undefined) => number | undefined;

const functionOf = ({ name, limit }: Extract<Expression, { is: "function" }>): Change => {
  switch (name) {
    case "default_zero":
      return (value) => value ?? 0;
    case "abs":
      return (value) => value && Math.abs(value);
    case "cutoff_min":
      return (value) => (value !== undefined && value < limit ? undefined : value);
    case "cutoff_max":
      return (value) => (value !== undefined && value > limit ? undefined : value);
  }
};

const mapped = (operand: Operand, change: Change): Operand =>
  typeof operand === "number"
    ? (change(operand) ?? NaN)
    : operand.map(({ group, values }) => ({ group, values: values.map(change) }));

const combined = (left: Operand, right: Operand, operator: Operator): Operand => {
  const apply: (one: number | undefined, other: number | undefined) => number | undefined = (
    one,
    other,
  ) => (one === undefined || other === undefined ? undefined : operator(one, other));
  if (typeof left === "number" && typeof right === "number") return operator(left, right) ?? NaN;
  if (typeof left === "number") return mapped(right, (value) => apply(left, value));
  if (typeof right === "number") return mapped(left, (value) => apply(value, right));
  refuseDifferentGroups(left, right);
  const byGroup = new Map(right.map(({ group, values }) => [JSON.stringify(group), values]));
  return left.flatMap(({ group, values }) => {
    const others: Values | undefined = byGroup.get(JSON.stringify(group));
    if (others === undefined) return [];
    return [{ group, values: values.map((value, index) => apply(value, others[index])) }];
  });
};

const refuseDifferentGroups = (
  left: readonly ResultSeries[],
  right: readonly ResultSeries[],
): void => {
  const [one, other] = [left, right].map((side) => side[0] && Object.keys(side[0].group).join(","));
  if (one !== undefined && other !== undefined && one !== other) {
    throw new QueryError(`arithmetic over different groups: {${one}} and {${other}}`);
  }
};
