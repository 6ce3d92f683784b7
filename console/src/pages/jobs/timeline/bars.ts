import type { CallFactsFragment } from "../../../api/graphql";
import { COLOURS, OTHER_COLOUR } from "../../../charts/series";
import type { Scale, Span } from "./scale";

/** A part of a bar: where it begins and ends, in per cent of the axis, and what happened in it. */
export interface Part extends Span {
  readonly kind: "waiting" | "answering" | "failed" | "cancelled";
  readonly model: string;
}

export interface Bar extends Span {
  readonly parts: readonly Part[];
  /** Where first tokens came, in per cent of the axis. */
  readonly firstTokens: readonly number[];
}

/** Returns when a call ran. One that runs goes up to now. */
export function spanOf({ createdAt, finishedAt }: CallFactsFragment, now: number): Span {
  const from = Date.parse(createdAt);
  return { from, to: Math.max(from, finishedAt === null ? now : Date.parse(finishedAt)) };
}

/** Returns how a call is drawn: each attempt is a part that waits, and a part that answers or has failed. */
export function barOf(call: CallFactsFragment, scale: Scale, now: number): Bar {
  const span = spanOf(call, now);
  const whole = { from: scale.at(span.from), to: scale.at(span.to) };
  // The attempts of a call are known when it has ended.
  if (call.status === "RUNNING")
    return { ...whole, parts: [{ ...whole, kind: "waiting", model: call.model ?? call.modelGroup }], firstTokens: [] };
  const parts: Part[] = [];
  const firstTokens: number[] = [];
  for (const { status, model, startedAt, firstTokenAt, endedAt } of call.attempts) {
    const [from, to] = [scale.at(Date.parse(startedAt)), scale.at(Date.parse(endedAt))];
    const first = firstTokenAt === null ? null : scale.at(Date.parse(firstTokenAt));
    if (first !== null) firstTokens.push(first);
    if (status === "FAILED") parts.push({ from, to, kind: "failed", model });
    else {
      parts.push({ from, to: first ?? to, kind: "waiting", model });
      if (first !== null)
        parts.push({ from: first, to, kind: status === "CANCELLED" ? "cancelled" : "answering", model });
    }
  }
  return { ...whole, parts, firstTokens };
}

/** Returns the colour of each model, in the order in which they were first asked. */
export function coloursOf(calls: readonly CallFactsFragment[]): ReadonlyMap<string, string> {
  const colours = new Map<string, string>();
  const add = (model: string) => colours.has(model) || colours.set(model, COLOURS[colours.size] ?? OTHER_COLOUR);
  for (const { model, attempts } of calls) {
    for (const attempt of attempts) add(attempt.model);
    if (model !== null) add(model);
  }
  return colours;
}

/** Says how a call got its answer, if not from the first model at once. Null otherwise. */
export function detourOf({ attempts }: CallFactsFragment): string | null {
  const models = [...new Set(attempts.map(({ model }) => model))];
  const last = models.at(-1);
  if (models.length > 1) return `${last} · fell back from ${models.slice(0, -1).join(", ")}`;
  return attempts.length > 1 ? `${last} · ${attempts.length} tries` : null;
}
