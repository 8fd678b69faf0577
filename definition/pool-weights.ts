/** A weight in percent as Cloudflare has it: 0 to 1, relative to the other pools. */
export const poolWeight = (percent: number): number => percent / 100;

/** Such a weight, or a share of 1, in percent; 0.07 would else be 7.000000000000001. */
export const inPercent = (share: number): number => Math.round(share * 1e8) / 1e6;
