/**
 * What `ignoreChanges` of a `Cutover` holds when the ledger has its transition already. It names no input:
 * an input that said so would make the update after each move show a change.
 */
export const recordedMark = "recorded";
