/** What a rehearsal shows its Cloudflare: the provider takes no token of fewer than 40 characters. */
export const rehearsalToken = "rehearsal".padEnd(40, "-");
