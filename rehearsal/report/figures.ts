/** `22:41:05`, UTC. */
export const clockTime = (instant: number): string => new Date(instant).toISOString().slice(11, 19);

/** `22:41:05 UTC`. */
export const utcTime = (instant: number): string => `${clockTime(instant)} UTC`;

/** `10 January 2026`, UTC. */
export const utcDate = (instant: number): string =>
  new Date(instant).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });

/** A whole number with thin spaces between its thousands. */
export const count = (value: number): string =>
  Math.round(value).toLocaleString("en-US").replaceAll(",", "\u202f");

/** A number with as many decimals as asked, thousands apart. */
export const decimal = (value: number, places: number): string => {
  const [whole = "0", fraction] = value.toFixed(places).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, "\u202f");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
};

/** A part of a whole (0–1) in percent; small parts never round to nothing. */
export const percent = (part: number): string => {
  if (Number.isNaN(part)) return "–";
  const value = part * 100;
  if (value !== 0 && Math.abs(value) < 0.01) return "< 0.01 %";
  return `${decimal(value, Math.abs(value) < 1 && value !== 0 ? 2 : 1)} %`;
};

/** A span of milliseconds in the units a person would say: `640 ms`, `8.42 s`, `3 min 20 s`, `1 h 5 min`. */
export const span = (milliseconds: number): string => {
  if (milliseconds < 1000) return `${String(Math.round(milliseconds))} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 120) return `${decimal(seconds, seconds < 10 ? 2 : 1).replace(/\.0+$/, "")} s`;
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [
    Math.floor(whole / 3600),
    Math.floor(whole / 60) % 60,
    whole % 60,
  ];
  if (hours > 0) return `${String(hours)} h${minutes > 0 ? ` ${String(minutes)} min` : ""}`;
  return `${String(minutes)} min${rest > 0 ? ` ${String(rest)} s` : ""}`;
};

/** `1 request`, `2 requests`. */
export const plural = (amount: number, one: string, several = `${one}s`): string =>
  `${count(amount)} ${amount === 1 ? one : several}`;
