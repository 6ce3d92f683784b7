import type { Clock } from "../../lib/clock.js";
import { once } from "../../lib/once.js";
import { Circuit, type CircuitOptions, type CircuitState } from "./circuit.js";

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
  /** Whether it holds for all teams. */
  readonly isForAllTeams: boolean;
  /** The teams that it is open for, if it does not hold for all. */
  readonly teamIds: readonly string[];
}

const DEFAULTS: CircuitOptions = { failuresToOpen: 5, openMs: 30_000 };
/** Failures of two teams within this time say that the model is unwell, and not the requests of one team. */
const CONFIRMED_WITHIN_MS = 60_000;
/** How many teams are remembered for a model. The one that failed longest ago is forgotten first. */
const TEAMS_MAX = 1_000;

/** Kept only while a model fails. A model that is well has none. */
interface ModelCircuits {
  readonly ofAll: Circuit;
  readonly ofTeams: Map<string, Circuit>;
}

/**
 * The circuit breakers of each model, in this process. Failures in a row open the circuit for the team whose requests
 * failed, because one team can send requests that every model answers with 500. If a second team fails soon before or
 * after, it opens for all teams. Then the model is passed over. From `probeAt` on, one request at a time goes through,
 * and its outcome closes the circuit or keeps it open. Nobody waits for a probe: other callers turn to the next model.
 * The last candidate of a plan is always asked, because no better model is left. If it answers, its circuit closes too.
 */
export class CircuitBreakers {
  private readonly models = new Map<string, ModelCircuits>();

  constructor(
    private readonly clock: Clock,
    private readonly options: CircuitOptions = DEFAULTS,
  ) {}

  /** Returns permission to ask the model for a team, or null if the caller should turn to the next candidate. */
  ask(model: string, teamId: string, isLastCandidate: boolean): Permit | null {
    const circuits = this.models.get(model);
    const circuit = circuits?.ofAll.isOpen ? circuits.ofAll : circuits?.ofTeams.get(teamId);
    const wasOpen = circuit?.isOpen ?? false;
    const isProbe = circuit?.takeProbe(this.now()) ?? false;
    if (wasOpen && !isProbe && !isLastCandidate) return null;
    return {
      end: once((verdict: Verdict, retryAfterMs = 0) => {
        if (verdict === "well") this.wasWell(model, teamId, circuit);
        else if (verdict === "unwell") this.wasUnwell(model, teamId, retryAfterMs);
        else if (isProbe) circuit?.probeToldNothing(this.now());
      }),
    };
  }

  /** Returns the models that failed last, by name. All others are CLOSED. */
  list(): CircuitStatus[] {
    return [...this.models]
      .map(([model, circuits]) => ({ model, ...this.statusOf(circuits) }))
      .sort((a, b) => (a.model < b.model ? -1 : 1));
  }

  /** `asked` is the circuit that held when the model was asked, if there was one. */
  private wasWell(model: string, teamId: string, asked: Circuit | undefined): void {
    const circuits = this.models.get(model);
    if (!circuits) return;
    // An answer that was asked for before a circuit opened tells nothing about the time since.
    const isNews = (circuit: Circuit | undefined) => circuit && (!circuit.isOpen || circuit === asked);
    if (isNews(circuits.ofTeams.get(teamId))) circuits.ofTeams.delete(teamId);
    if (!isNews(circuits.ofAll)) return;
    // If the model was unwell for all, it is now well for all.
    if (circuits.ofAll.isOpen || circuits.ofTeams.size === 0) this.models.delete(model);
    else this.models.set(model, { ...circuits, ofAll: new Circuit(this.options) });
  }

  private wasUnwell(model: string, teamId: string, retryAfterMs: number): void {
    const { ofAll, ofTeams } = this.models.get(model) ?? this.add(model);
    const ofTeam = ofTeams.get(teamId) ?? new Circuit(this.options);
    ofTeam.fail(this.now(), retryAfterMs, true);
    ofTeams.delete(teamId);
    ofTeams.set(teamId, ofTeam);
    for (const oldest of ofTeams.keys()) {
      if (ofTeams.size <= TEAMS_MAX) break;
      ofTeams.delete(oldest);
    }
    ofAll.fail(this.now(), retryAfterMs, this.failTogether(ofTeams));
  }

  private failTogether(ofTeams: ReadonlyMap<string, Circuit>): boolean {
    const since = this.now() - CONFIRMED_WITHIN_MS;
    return [...ofTeams.values()].filter(({ failedLastAtMs }) => failedLastAtMs >= since).length >= 2;
  }

  private add(model: string): ModelCircuits {
    const circuits = { ofAll: new Circuit(this.options), ofTeams: new Map<string, Circuit>() };
    this.models.set(model, circuits);
    return circuits;
  }

  private statusOf({ ofAll, ofTeams }: ModelCircuits): Omit<CircuitStatus, "model"> {
    const open = [...ofTeams].filter(([, circuit]) => circuit.isOpen);
    const teamIds = ofAll.isOpen ? [] : open.map(([teamId]) => teamId).sort();
    const candidates = ofAll.isOpen
      ? [ofAll]
      : open.length > 0
        ? open.map(([, circuit]) => circuit)
        : [...ofTeams.values()];
    // Of several teams, the one whose probe is due first is shown.
    const [shown = ofAll] = [...candidates].sort(
      (a, b) => (a.probeAtMs ?? 0) - (b.probeAtMs ?? 0) || b.failures - a.failures,
    );
    return {
      state: shown.state(this.now()),
      failures: shown.failures,
      probeAt: shown.probeAtMs === null ? null : this.dateOf(shown.probeAtMs),
      isForAllTeams: ofAll.isOpen,
      teamIds,
    };
  }

  private now(): number {
    return this.clock.elapsedMs();
  }

  private dateOf(elapsedMs: number): Date {
    return new Date(this.clock.now().getTime() + elapsedMs - this.now());
  }
}
