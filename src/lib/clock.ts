/** Time as this process knows it. A test puts its own clock in its place to move time. */
export interface Clock {
  /**
   * What time it is, for timestamps. Nothing that processes share is decided by it, such as whether a lease has run out:
   * statements ask the database's clock, `tollgate_now()`.
   */
  now(): Date;
  /** Milliseconds that pass evenly, whatever happens to the wall clock: for durations and waits inside this process. */
  elapsedMs(): number;
}
