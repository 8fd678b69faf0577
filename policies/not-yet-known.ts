/**
 * Whether the policy SDK threw because a value is only known once the update has created what gives it. The
 * SDK's own class is not imported for this: whoever reads facts would load all of Pulumi.
 */
export const isNotYetKnown = (error: unknown): boolean =>
  error instanceof Error && "unknownTypeSentinel" in error;
