/** A sweep that a worker could not finish; the error that caused it is in the middle of the line. */
export const SWEEP_FAILED = /"task":"sweep".*"background task failed"/;
