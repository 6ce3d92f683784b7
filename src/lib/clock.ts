/** The source of every timestamp that this process makes. A test puts its own clock in its place to move time. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
