import type { Settled } from "./tbd.ts";
import type { Route53Weighted } from "./traffic.ts";

/**
 * How a pair of weighted records says that it was written over: see definition/written-over.ts. A record has
 * no field for a remark, so the mark, a number that counts up from 0, stands in a TXT record beside the pair.
 * The records themselves only take turns in an option that means nothing to a record that exists: the provider
 * writes a record whole as soon as anything of it differs.
 */
export const dnsMark = {
  /** Name of the TXT record. */
  nameOf: ({ name }: Pick<Route53Weighted, "name">): string => `_cutover.${name}`,
  /** The TXT record, without its TTL. */
  record: (
    route: Settled<Pick<Route53Weighted, "zoneId" | "name">>,
    mark: string | undefined,
  ): {
    readonly zoneId: string;
    readonly name: string;
    readonly type: "TXT";
    readonly records: string[];
  } => ({
    zoneId: route.zoneId,
    name: dnsMark.nameOf(route),
    type: "TXT",
    records: [`${prefix}${mark ?? none}`],
  }),
  /** The mark that a TXT record holds; undefined when nothing was written over yet. */
  read: (text: string): string | undefined => {
    const mark = new RegExp(`^"?${prefix}(\\d+)"?$`).exec(text)?.[1];
    return mark === none ? undefined : mark;
  },
  /** What of a weighted record differs from one mark to the next. */
  onRecord: (mark: string | undefined): { readonly allowOverwrite?: boolean } =>
    mark === undefined ? {} : { allowOverwrite: Number(mark) % 2 === 1 },
  /** The mark after another. */
  next: (mark: string | undefined): string => String(Number(mark ?? none) + 1),
};

const prefix = "cutover/written-over=";
const none = "0";
