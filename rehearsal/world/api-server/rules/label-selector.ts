import type { ILabelSelector } from "@kubernetes-models/apimachinery/apis/meta/v1/LabelSelector";
import { forbidden, required, unsupported, type FieldError } from "../field-error.ts";
import { labels, qualifiedName } from "../syntax.ts";

type Labels = Readonly<Record<string, string>>;
type Expression = NonNullable<ILabelSelector["matchExpressions"]>[number];

const operators = ["In", "NotIn", "Exists", "DoesNotExist"];

const holds = ({ key, operator, values = [] }: Expression, given: Labels): boolean => {
  const value = given[key];
  if (operator === "Exists") return value !== undefined;
  if (operator === "DoesNotExist") return value === undefined;
  const listed = value !== undefined && values.includes(value);
  return operator === "In" ? listed : !listed;
};

/** Whether an object with these labels is selected. */
export const selects = (selector: ILabelSelector, given: Labels = {}): boolean =>
  Object.entries(selector.matchLabels ?? {}).every(([key, value]) => given[key] === value) &&
  (selector.matchExpressions ?? []).every((expression) => holds(expression, given));

/** Whether a selector names nothing, and so would take every object. */
export const selectsAll = ({ matchLabels = {}, matchExpressions = [] }: ILabelSelector): boolean =>
  Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;

/** The syntax of a selector. */
export const labelSelectorRules = (
  selector: ILabelSelector | undefined,
  path: string,
): readonly FieldError[] => [
  ...labels(`${path}.matchLabels`, selector?.matchLabels),
  ...(selector?.matchExpressions ?? []).flatMap(({ key, operator, values = [] }, index) => {
    const at = `${path}.matchExpressions[${String(index)}]`;
    const listed = operator === "In" || operator === "NotIn";
    return [
      ...qualifiedName(`${at}.key`, key),
      ...(operators.includes(operator) ? [] : [unsupported(`${at}.operator`, operator, operators)]),
      ...(listed && values.length === 0
        ? [required(`${at}.values`, "must be specified when `operator` is 'In' or 'NotIn'")]
        : []),
      ...(!listed && values.length > 0
        ? [
            forbidden(
              `${at}.values`,
              "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
            ),
          ]
        : []),
    ];
  }),
];
