/** What can be wrong with a gate without anybody noticing. */
export const mutations = {
  removed: "it says nothing about any move",
  inverted: "it passes what it should refuse, and refuses what it should pass",
  trusting: "it passes while a fact that it needs is unknown",
} as const;

export type Mutation = keyof typeof mutations;

/** Variable that names the rule to mutate and how, `RULE:MUTATION`. */
export const mutationVariable = "CUTOVER_MUTATION";
