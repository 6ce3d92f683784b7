import { formatDuration } from "../../../format/time";

/** A time in which something ran, in milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

interface Tick {
  /** Where it stands, in per cent of the axis. */
  readonly at: number;
  readonly words: string;
}

/** The axis of time that all bars of a job share. */
export interface Scale {
  /** Returns where a moment stands, in per cent of the axis. */
  at(ms: number): number;
  readonly ticks: readonly Tick[];
  /** Where pauses were made short, in per cent of the axis. */
  readonly pauses: readonly Span[];
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const STEPS_MS: readonly number[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 20, 30].map((seconds) => seconds * SECOND_MS),
  ...[1, 2, 5, 10, 20, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 6, 12].map((hours) => hours * HOUR_MS),
  DAY_MS,
];
const TICKS_MAX = 6;
/** Pauses that were made short take this part of the axis at most, in per cent, and one of them so much. */
const PAUSES_MAX = 30;
const PAUSE_MAX = 3;
/** Two ticks nearer than this could not be read, in per cent of the axis. */
const TICKS_APART = 11;

/**
 * Returns the axis on which these spans are drawn. A job may wait for hours between two calls of a second. If it waited
 * longer than it ran, its long pauses are made short, so that the calls can be seen.
 */
export function scaleOf(spans: readonly Span[]): Scale {
  const blocks = blocksOf(spans);
  const [first] = blocks;
  if (!first) return { at: () => 0, ticks: [], pauses: [] };
  const busyMs = blocks.reduce((sum, { from, to }) => sum + to - from, 0);
  const end = blocks.at(-1)?.to ?? first.to;
  const waitedMs = end - first.from - busyMs;
  const isShortened = (pauseMs: number) => waitedMs > busyMs && pauseMs > Math.max(busyMs / 10, SECOND_MS);
  const parts = joined(blocks, isShortened);
  return parts.length === 1 ? plainScale(first.from, end) : shortenedScale(parts);
}

/** Returns the times in which anything ran, in order. */
function blocksOf(spans: readonly Span[]): Span[] {
  return joined(
    [...spans].sort((one, other) => one.from - other.from),
    (pauseMs) => pauseMs > 0,
  );
}

/** Puts neighbours together, unless what is between them is a pause. */
function joined(spans: readonly Span[], isPause: (ms: number) => boolean): Span[] {
  const parts: Span[] = [];
  for (const span of spans) {
    const last = parts.at(-1);
    if (last && !isPause(span.from - last.to))
      parts[parts.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else parts.push(span);
  }
  return parts;
}

function plainScale(from: number, to: number): Scale {
  const lengthMs = Math.max(1, to - from);
  const step = STEPS_MS.find((ms) => lengthMs / ms <= TICKS_MAX) ?? Math.ceil(lengthMs / TICKS_MAX / DAY_MS) * DAY_MS;
  const ticks: Tick[] = [];
  for (let ms = 0; ms <= lengthMs; ms += step) ticks.push({ at: (ms / lengthMs) * 100, words: elapsed(ms) });
  return { at: (ms) => within(((ms - from) / lengthMs) * 100), ticks, pauses: [] };
}

function shortenedScale(parts: readonly Span[]): Scale {
  const start = parts[0]?.from ?? 0;
  const pausePercent = Math.min(PAUSE_MAX, PAUSES_MAX / (parts.length - 1));
  const busyMs = Math.max(
    1,
    parts.reduce((sum, { from, to }) => sum + to - from, 0),
  );
  const percentPerMs = (100 - pausePercent * (parts.length - 1)) / busyMs;
  const places: { part: Span; at: number; end: number }[] = [];
  const pauses: Span[] = [];
  const ticks: Tick[] = [];
  for (const part of parts) {
    const before = places.at(-1);
    const at = before ? before.end + pausePercent : 0;
    if (before) pauses.push({ from: before.end, to: at });
    places.push({ part, at, end: at + (part.to - part.from) * percentPerMs });
    if (at - (ticks.at(-1)?.at ?? -TICKS_APART) >= TICKS_APART) ticks.push({ at, words: elapsed(part.from - start) });
  }
  const at = (ms: number) => {
    const place = places.findLast(({ part }) => part.from <= ms) ?? places[0];
    return place ? within(Math.min(place.at + (ms - place.part.from) * percentPerMs, place.end)) : 0;
  };
  return { at, ticks, pauses };
}

const within = (percent: number): number => Math.min(100, Math.max(0, percent));

/** Returns a time since the start: 200 ms, 4 s, 3 min, 2 h 5 min. */
function elapsed(ms: number): string {
  if (ms === 0) return "0 s";
  return ms >= SECOND_MS && ms < MINUTE_MS ? `${Number((ms / SECOND_MS).toFixed(1))} s` : formatDuration(ms);
}
