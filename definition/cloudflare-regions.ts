/** Where Cloudflare can look from whether something is healthy. */
export const cloudflareRegions = [
  ...(["WNAM", "ENAM", "WEU", "EEU", "NSAM", "SSAM", "OC"] as const),
  ...(["ME", "NAF", "SAF", "SAS", "SEAS", "NEAS"] as const),
] as const;
