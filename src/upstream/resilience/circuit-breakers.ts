import type { Clock } from "../../lib/clock.js";
import { once } from "../../lib/once.js";

/** CLOSED: asked as always. OPEN: passed over. HALF_OPEN: one request goes through, and decides. */
export const CircuitState = { CLOSED: "CLOSED", OPEN: "OPEN", HALF_OPEN: "HALF_OPEN" } as const;
export type CircuitState = keyof typeof CircuitState;

/** What an attempt told of the model: nothing where it was cancelled, or where the request was to blame. */
export type Verdict = "well" | "unwell" | "nothing";

/** Leave to ask a model once. To be ended with what that told, whatever happens; ending it again changes nothing. */
export interface Permit {
  end(verdict: Verdict, retryAfterMs?: number): void;
}

export interface CircuitStatus {
  readonly model: string;
  readonly state: CircuitState;
  /** In a row. */
  readonly failures: number;
  /** When the next request may go through to find out; null while it is closed. */
  readonly probeAt: Date | null;
}

export interface CircuitOptions {
  /** So many failures in a row open the circuit. */
  readonly failuresToOpen: number;
  /** From a failure to the next probe, at least; longer where the upstream asked for it. */
  readonly openMs: number;
}

const DEFAULTS: CircuitOptions = { failuresToOpen: 5, openMs: 30_000 };

/** Kept only while a model fails: one that is well has none. */
interface Circuit {
  failures: number;
  probeAt: number | null;
  isProbing: boolean;
}

/**
 * A circuit breaker for each model, of this process. Failures in a row open it, and the model is passed over; from
 * `probeAt` on one request at a time goes through, and its outcome closes or keeps it. Nobody ever waits for a probe:
 * whoever else asks turns to the next model. The last candidate of a plan is always asked, since there is nothing
 * better to do; that it answers closes the circuit too.
 */
export class CircuitBreakers {
  private readonly circuits = new Map<string, Circuit>();

  constructor(
    private readonly clock: Clock,
    private readonly options: CircuitOptions = DEFAULTS,
  ) {}

  /** Leave to ask the model; null where the next candidate is to be asked instead. */
  ask(model: string, isLastCandidate: boolean): Permit | null {
    const circuit = this.circuits.get(model);
    const probeAt = circuit?.probeAt ?? null;
    const wasOpen = probeAt !== null;
    const isProbe = wasOpen && probeAt <= this.now();
    if (wasOpen && !isProbe && !isLastCandidate) return null;
    // Should the end of a probe never be told, the next one is due then.
    if (isProbe) Object.assign(circuit as Circuit, { isProbing: true, probeAt: this.now() + this.options.openMs });
    return {
      end: once((verdict: Verdict, retryAfterMs = 0) => {
        if (verdict === "well") this.wasWell(model, wasOpen);
        else if (verdict === "unwell") this.wasUnwell(model, retryAfterMs);
        else if (isProbe) this.probeToldNothing(model);
      }),
    };
  }

  /** The models that failed last, by name; all others are CLOSED. */
  list(): CircuitStatus[] {
    return [...this.circuits]
      .map(([model, circuit]) => ({
        model,
        state: this.stateOf(circuit),
        failures: circuit.failures,
        probeAt: circuit.probeAt === null ? null : new Date(circuit.probeAt),
      }))
      .sort((a, b) => (a.model < b.model ? -1 : 1));
  }

  private stateOf({ probeAt, isProbing }: Circuit): CircuitState {
    if (probeAt === null) return "CLOSED";
    return isProbing || probeAt <= this.now() ? "HALF_OPEN" : "OPEN";
  }

  private wasWell(model: string, wasOpen: boolean): void {
    const isClosed = (this.circuits.get(model)?.probeAt ?? null) === null;
    // Once it is open, an answer that was asked for before says nothing of the time since.
    if (isClosed || wasOpen) this.circuits.delete(model);
  }

  private wasUnwell(model: string, retryAfterMs: number): void {
    const failures = (this.circuits.get(model)?.failures ?? 0) + 1;
    const isOpen = failures >= this.options.failuresToOpen;
    const probeAt = isOpen ? this.now() + Math.max(this.options.openMs, retryAfterMs) : null;
    this.circuits.set(model, { failures, probeAt, isProbing: false });
  }

  private probeToldNothing(model: string): void {
    const circuit = this.circuits.get(model);
    if (circuit?.isProbing) Object.assign(circuit, { isProbing: false, probeAt: this.now() });
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
