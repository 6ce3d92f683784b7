import type { ModelCircuitsQuery, ModelFiguresQuery } from "../../api/graphql";
import type { Tone } from "../../ui/chip";

export type Circuit = NonNullable<ModelCircuitsQuery["modelCircuits"]>[number];
export type FiguresRow = NonNullable<ModelFiguresQuery["usage"]>["rows"][number];

/** What a model did in a group, as far as something is known. */
export interface ModelState {
  /** The share of the group's attempts that it got. Null if the group had none. */
  readonly share: number | null;
  /** The share of its attempts that failed. Null if it had none. */
  readonly errorRate: number | null;
  readonly p95Ms: number | null;
  readonly costUsd: string | null;
}

export function stateOf(group: string, model: string, rows: readonly FiguresRow[]): ModelState {
  const ofGroup = rows.filter(({ modelGroup }) => modelGroup === group);
  const attempts = ofGroup.reduce((sum, { figures }) => sum + figures.attempts, 0);
  const figures = ofGroup.find((row) => row.model === model)?.figures;
  return {
    share: attempts === 0 ? null : (figures?.attempts ?? 0) / attempts,
    errorRate: figures && figures.attempts > 0 ? figures.failedAttempts / figures.attempts : null,
    p95Ms: figures?.timeToFirstTokenMs?.p95 ?? null,
    costUsd: figures?.costUsd ?? null,
  };
}

/** Returns what to say of a model's circuit. */
export function circuitWords(circuit: Circuit | undefined): { readonly words: string; readonly tone: Tone } {
  if (!circuit || circuit.state === "CLOSED") {
    const failures = circuit?.failures ?? 0;
    return failures > 0 ? { words: `${failures} failed in a row`, tone: "warn" } : { words: "asked", tone: "good" };
  }
  const who = circuit.isForAllTeams ? "all teams" : circuit.teamIds.join(", ");
  return circuit.state === "OPEN"
    ? { words: `not asked for ${who}`, tone: "bad" }
    : { words: `being tried for ${who}`, tone: "warn" };
}
