/** What is measured is recorded once in each such part of the wall clock's time. */
export const STEP_MS = 10_000
