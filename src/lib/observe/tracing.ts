import type { IncomingHttpHeaders } from "node:http";
import type { Events } from "./events.js";

/**
 * The way from the gateway's work to a system of traces. There is none unless `setTracer` was called before the gateway
 * was built, and then everything here does nothing. Only src/telemetry knows OpenTelemetry.
 */
export interface Tracer {
  /** Starts a span under the one that is under way. Undefined if there is none, and it is not a request. */
  start(span: SpanStart): Span | undefined;
  /** The id of the trace that is under way. */
  traceId(): string | null;
  /** The headers from which the next server learns of the trace. */
  headers(): Readonly<Record<string, string>>;
  /** Where in a trace the work is, to go on from there elsewhere. */
  place(): Place;
  /** Runs work in the first of these places, or in none. Its spans are linked to the others. */
  inPlaces<Result>(places: readonly Place[], work: () => Result): Result;
  /** Records metrics of the gateway's work. */
  watch(events: Events): void;
  /** Sends what has not been sent. Never rejects. */
  flush(): Promise<void>;
}

/** A piece of work, from its start to its end, and the piece that it is part of. */
export interface Span {
  readonly traceId: string;
  rename(name: string): void;
  set(attributes: Attributes): void;
  /** The work has failed. `type` is a name of a fixed list, such as an error code. */
  fail(type: string): void;
  end(): void;
  /** Runs work as a part of this span. */
  within<Result>(work: () => Result): Result;
}

export interface SpanStart {
  readonly name: string;
  /** "server" answers a request, "client" asks another server, and "internal" is neither. */
  readonly kind: "server" | "client" | "internal";
  readonly attributes?: Attributes;
  /** The headers of a request, which may name the trace that it belongs to. Only a span with headers begins a trace. */
  readonly headers?: IncomingHttpHeaders;
}

export type Attributes = Readonly<Record<string, string | number | boolean | string[] | undefined>>;
/** What `place` gave. Undefined if there is no tracer. */
export type Place = object | undefined;

let tracer: Tracer | undefined;

/** To be called once, before the gateway is built. */
export function setTracer(made: Tracer): void {
  tracer = made;
}

const NO_SPAN: Span = {
  traceId: "",
  rename: () => undefined,
  set: () => undefined,
  fail: () => undefined,
  end: () => undefined,
  within: (work) => work(),
};

export const isTracing = (): boolean => tracer !== undefined;
export const startSpan = (start: SpanStart): Span => tracer?.start(start) ?? NO_SPAN;
export const currentTraceId = (): string | null => tracer?.traceId() ?? null;
export const traceHeaders = (): Readonly<Record<string, string>> => tracer?.headers() ?? {};
export const placeInTrace = (): Place => tracer?.place();
export const watchByTracer = (events: Events): void => tracer?.watch(events);
export const flushTraces = async (): Promise<void> => tracer?.flush();

export const inPlaces = <Result>(places: readonly Place[], work: () => Result): Result =>
  tracer ? tracer.inPlaces(places, work) : work();

/** Runs work that is done for many requests, and is a part of none. */
export const outsideTraces = <Result>(work: () => Result): Result => inPlaces([], work);

/** Runs work as a span of its own, which ends with it. */
export async function traced<Result>(start: SpanStart, work: (span: Span) => Promise<Result>): Promise<Result> {
  if (!tracer) return work(NO_SPAN);
  const span = startSpan(start);
  try {
    return await span.within(() => work(span));
  } catch (error) {
    span.fail(error instanceof Error ? error.name : "unknown");
    throw error;
  } finally {
    span.end();
  }
}
