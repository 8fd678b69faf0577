/** What decides whether the clock of a standing world may run fast. */
export interface Situation {
  /** Whether an engine holds the stack's lock. */
  readonly updating: boolean;
  /** Whether an alarm that orders the way back is raised. */
  readonly alarmed: boolean;
  /** Until when the stage carries its traffic before it may be left, cutover milliseconds; undefined before the first. */
  readonly carriesUntil: number | undefined;
}

/**
 * Whether time alone must pass: a stage soaks, and nothing is at work. Once it has soaked, people decide,
 * and while they think the night must not run away from them.
 */
export const timeAloneMustPass = (
  { updating, alarmed, carriesUntil }: Situation,
  now: number,
): boolean => !updating && !alarmed && carriesUntil !== undefined && now < carriesUntil;
