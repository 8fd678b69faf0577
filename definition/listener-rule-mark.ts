/**
 * How a listener rule says that it was written over: see definition/written-over.ts. Neither does a rule have a
 * field for a remark, nor does the provider write a rule again because a tag of it differs. What differs is the
 * `order` of its action, which means nothing where there is only one: it begins at 1, and counts up for as long as
 * the rule lives.
 */
export const listenerRuleMark = {
  /** The order of the action. */
  order: (mark: string | undefined): number => Number(mark ?? first),
  /** The mark that an action's order is; undefined where it has none. */
  read: (order: number): string | undefined => (order === first ? undefined : String(order)),
  /** The mark after an action's order. */
  next: (order: number): string => String(order >= last ? first + 1 : order + 1),
};

const first = 1;
/** The most that the API takes. */
const last = 50_000;
