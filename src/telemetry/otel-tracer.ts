import {
  type Context,
  context,
  createContextKey,
  type Link,
  type Tracer as Otel,
  type Span as OtelSpan,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import type { Events } from "../lib/observe/events.js";
import type { Attributes, Place, Span, SpanStart, Tracer } from "../lib/observe/tracing.js";

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL } as const;
/** The spans that the next span is linked to. */
const LINKS = createContextKey("tollgate.links");

/** Makes the gateway's spans with OpenTelemetry. */
export class OtelTracer implements Tracer {
  constructor(
    private readonly otel: Otel,
    readonly watch: (events: Events) => void,
    readonly flush: () => Promise<void>,
  ) {}

  start({ name, kind, attributes = {}, headers }: SpanStart): Span | undefined {
    const parent = headers ? propagation.extract(ROOT_CONTEXT, headers) : context.active();
    if (!headers && !trace.getSpan(parent)) return undefined;
    const links = parent.getValue(LINKS) as Link[] | undefined;
    const span = this.otel.startSpan(name, { kind: KINDS[kind], attributes, ...(links && { links }) }, parent);
    if (!span.isRecording()) return new UnsampledSpan(span.spanContext().traceId);
    return new SpanInContext(span, trace.setSpan(links ? parent.deleteValue(LINKS) : parent, span));
  }

  traceId(): string | null {
    return trace.getActiveSpan()?.spanContext().traceId ?? null;
  }

  headers(): Readonly<Record<string, string>> {
    const headers: Record<string, string> = {};
    propagation.inject(context.active(), headers);
    return headers;
  }

  place(): Place {
    return context.active();
  }

  inPlaces<Result>(places: readonly Place[], work: () => Result): Result {
    const [first, ...others] = (places as readonly Context[]).filter((place) => trace.getSpan(place));
    if (!first) return withoutContext(work);
    const links = others.flatMap((place) => {
      const span = trace.getSpanContext(place);
      return span ? [{ context: span }] : [];
    });
    return context.with(links.length > 0 ? first.setValue(LINKS, links) : first, work);
  }
}

/**
 * A request that the sampler leaves out. Nothing of it is part of a trace, so that it costs next to nothing: to carry a
 * context through all of its work takes longer than to make its spans.
 */
class UnsampledSpan implements Span {
  constructor(readonly traceId: string) {}

  rename(): void {}
  set(): void {}
  fail(): void {}
  end(): void {}

  within<Result>(work: () => Result): Result {
    return withoutContext(work);
  }
}

/** Where there is no context, none is set: the first that is set makes Node watch all promises from then on. */
const withoutContext = <Result>(work: () => Result): Result =>
  trace.getActiveSpan() ? context.with(ROOT_CONTEXT, work) : work();

class SpanInContext implements Span {
  constructor(
    private readonly span: OtelSpan,
    private readonly context: Context,
  ) {}

  get traceId(): string {
    return this.span.spanContext().traceId;
  }

  rename(name: string): void {
    this.span.updateName(name);
  }

  set(attributes: Attributes): void {
    this.span.setAttributes(attributes);
  }

  fail(type: string): void {
    this.span.setAttribute("error.type", type).setStatus({ code: SpanStatusCode.ERROR });
  }

  end(): void {
    this.span.end();
  }

  within<Result>(work: () => Result): Result {
    return context.with(this.context, work);
  }
}
