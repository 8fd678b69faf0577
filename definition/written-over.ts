/**
 * Mark that names the version of the route which a write replaced. An engine compares with its state and
 * not with what is live: where the route stands elsewhere than the state believes, only an input that
 * differs makes it write.
 */
export const writtenOver = "cutover/written-over";
