/** How long a tag may be; Datadog cuts off the rest. */
const longest = 200;

/**
 * A tag's value as Datadog keeps it: in lower case, with one underscore for whatever is neither a letter, a digit
 * nor one of `_:./-`, and none at either end. `POST /orders/{id}` is kept as `post_/orders/_id`.
 */
export const asTagValue = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\d:./-]+/gu, "_")
    .replace(/^_+/, "")
    .slice(0, longest)
    .replace(/_+$/, "");
