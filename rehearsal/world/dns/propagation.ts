/** How long a change usually takes to reach every name server of Route 53, cutover milliseconds. */
export const usualPropagation = 10_000;
