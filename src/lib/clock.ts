/** Where every timestamp of ours comes from, so that a test can move time. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
