/** A span of time. Written with its unit (`minutes(15)`), so that no bare number can be one. */
export interface Duration {
  readonly milliseconds: number;
}

export const milliseconds = (value: number): Duration => ({ milliseconds: value });
export const seconds = (value: number): Duration => milliseconds(value * 1_000);
export const minutes = (value: number): Duration => seconds(value * 60);
export const hours = (value: number): Duration => minutes(value * 60);
export const days = (value: number): Duration => hours(value * 24);

/** A part of a hundred. */
export interface Percentage {
  readonly percent: number;
}

export const percent = (value: number): Percentage => ({ percent: value });

/** A number of things: messages, rows, failures. */
export interface Count {
  readonly count: number;
}

export const count = (value: number): Count => ({ count: value });

/** How often something happens, per second. */
export interface Rate {
  readonly perSecond: number;
}

export const perSecond = (value: number): Rate => ({ perSecond: value });

/** A span in words an operator reads at a glance: `15 min`, `1 h 30 min`, `2 d`, `45 s`, `500 ms`. */
export const inWords = ({ milliseconds: total }: Duration): string => {
  if (total < 1_000) return `${Math.round(total)} ms`;
  const units = [
    ["d", 86_400_000],
    ["h", 3_600_000],
    ["min", 60_000],
    ["s", 1_000],
  ] as const;
  let left = Math.round(total / 1_000) * 1_000;
  const parts: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.join(" ");
};
