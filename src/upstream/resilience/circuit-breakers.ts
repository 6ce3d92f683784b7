import type { Clock } from "../../lib/clock.js";
import { once } from "../../lib/once.js";

/** CLOSED: the model is asked as usual. OPEN: it is passed over. HALF_OPEN: one request goes through, and decides. */
export const CircuitState = { CLOSED: "CLOSED", OPEN: "OPEN", HALF_OPEN: "HALF_OPEN" } as const;
export type CircuitState = keyof typeof CircuitState;

/** What an attempt tells about the model. It tells nothing if it was cancelled, or if the request was to blame. */
export type Verdict = "well" | "unwell" | "nothing";

/**
 * Permission to ask a model once. Its holder must end it with the verdict, whatever happens. Ending it again changes
 * nothing.
 */
export interface Permit {
  end(verdict: Verdict, retryAfterMs?: number): void;
}

export interface CircuitStatus {
  readonly model: string;
  readonly state: CircuitState;
  /** Number of failures in a row. */
  readonly failures: number;
  /** When the next request may go through to test the model. Null while the circuit is closed. */
  readonly probeAt: Date | null;
}

export interface CircuitOptions {
  /** This many failures in a row open the circuit. */
  readonly failuresToOpen: number;
  /** The least time from a failure to the next probe, in milliseconds. The upstream may ask for more. */
  readonly openMs: number;
}

const DEFAULTS: CircuitOptions = { failuresToOpen: 5, openMs: 30_000 };

/** Kept only while a model fails. A model that is well has no circuit. */
interface Circuit {
  failures: number;
  probeAt: number | null;
  isProbing: boolean;
}

/**
 * A circuit breaker for each model, in this process. Failures in a row open it, and the model is passed over. From
 * `probeAt` on, one request at a time goes through, and its outcome closes the circuit or keeps it open. Nobody waits
 * for a probe: other callers turn to the next model. The last candidate of a plan is always asked, because no better
 * model is left. If it answers, its circuit closes too.
 */
export class CircuitBreakers {
  private readonly circuits = new Map<string, Circuit>();

  constructor(
    private readonly clock: Clock,
    private readonly options: CircuitOptions = DEFAULTS,
  ) {}

  /** Returns permission to ask the model, or null if the caller should turn to the next candidate. */
  ask(model: string, isLastCandidate: boolean): Permit | null {
    const circuit = this.circuits.get(model);
    const probeAt = circuit?.probeAt ?? null;
    const wasOpen = probeAt !== null;
    const isProbe = wasOpen && probeAt <= this.now();
    if (wasOpen && !isProbe && !isLastCandidate) return null;
    // If the end of this probe is never told, the next one is due at that time.
    if (isProbe) Object.assign(circuit as Circuit, { isProbing: true, probeAt: this.now() + this.options.openMs });
    return {
      end: once((verdict: Verdict, retryAfterMs = 0) => {
        if (verdict === "well") this.wasWell(model, wasOpen);
        else if (verdict === "unwell") this.wasUnwell(model, retryAfterMs);
        else if (isProbe) this.probeToldNothing(model);
      }),
    };
  }

  /** Returns the models that failed last, by name. All others are CLOSED. */
  list(): CircuitStatus[] {
    return [...this.circuits]
      .map(([model, circuit]) => ({
        model,
        state: this.stateOf(circuit),
        failures: circuit.failures,
        probeAt: circuit.probeAt === null ? null : this.dateOf(circuit.probeAt),
      }))
      .sort((a, b) => (a.model < b.model ? -1 : 1));
  }

  private stateOf({ probeAt, isProbing }: Circuit): CircuitState {
    if (probeAt === null) return "CLOSED";
    return isProbing || probeAt <= this.now() ? "HALF_OPEN" : "OPEN";
  }

  private wasWell(model: string, wasOpen: boolean): void {
    const isClosed = (this.circuits.get(model)?.probeAt ?? null) === null;
    // An answer that was asked for before the circuit opened tells nothing about the time since.
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
    return this.clock.elapsedMs();
  }

  private dateOf(elapsedMs: number): Date {
    return new Date(this.clock.now().getTime() + elapsedMs - this.now());
  }
}
