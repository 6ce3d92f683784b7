/** CLOSED: the model is asked as usual. OPEN: it is passed over. HALF_OPEN: one request goes through, and decides. */
export const CircuitState = { CLOSED: "CLOSED", OPEN: "OPEN", HALF_OPEN: "HALF_OPEN" } as const;
export type CircuitState = keyof typeof CircuitState;

export interface CircuitOptions {
  /** This many failures in a row open a circuit. */
  readonly failuresToOpen: number;
  /** The least time from a failure to the next probe, in milliseconds. The upstream may ask for more. */
  readonly openMs: number;
}

/**
 * One circuit: of a model for a team, or for all teams. It knows no clock: `nowMs` is the time of the monotonic clock.
 * From `probeAtMs` on, one request at a time may go through.
 */
export class Circuit {
  failures = 0;
  failedLastAtMs = 0;
  /** When the next probe may go through. Null while the circuit is closed. */
  probeAtMs: number | null = null;
  private isProbing = false;

  constructor(private readonly options: CircuitOptions) {}

  get isOpen(): boolean {
    return this.probeAtMs !== null;
  }

  state(nowMs: number): CircuitState {
    if (this.probeAtMs === null) return "CLOSED";
    return this.isProbing || this.probeAtMs <= nowMs ? "HALF_OPEN" : "OPEN";
  }

  /** Takes the turn to probe, if one is due. If the end of the probe is never told, the next one is due later. */
  takeProbe(nowMs: number): boolean {
    if (this.probeAtMs === null || this.probeAtMs > nowMs) return false;
    this.isProbing = true;
    this.probeAtMs = nowMs + this.options.openMs;
    return true;
  }

  /** Counts a failure. Opens the circuit at enough of them, if `mayOpen`. */
  fail(nowMs: number, retryAfterMs: number, mayOpen: boolean): void {
    this.failures += 1;
    this.failedLastAtMs = nowMs;
    this.isProbing = false;
    const opens = this.isOpen || (mayOpen && this.failures >= this.options.failuresToOpen);
    if (opens) this.probeAtMs = nowMs + Math.max(this.options.openMs, retryAfterMs);
  }

  /** A probe told nothing, so the next one is due at once. */
  probeToldNothing(nowMs: number): void {
    if (!this.isProbing) return;
    this.isProbing = false;
    this.probeAtMs = nowMs;
  }
}
