import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import protobuf from "protobufjs";

export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Undefined of a root. */
  readonly parentId: string | undefined;
  readonly name: string;
  /** 1 is internal, 2 server, 3 client. */
  readonly kind: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly links: readonly string[];
  readonly hasFailed: boolean;
}

export interface ReceivedMetric {
  readonly name: string;
  readonly unit: string;
  readonly points: readonly {
    readonly count: number;
    readonly sum: number;
    readonly attributes: Readonly<Record<string, unknown>>;
  }[];
}

// biome-ignore lint/suspicious/noExplicitAny: decoded messages, in the shape of otlp.proto.
type Message = any;

const { root } = protobuf.parse(readFileSync(new URL("./otlp.proto", import.meta.url), "utf8"), { keepCase: false });

/** A collector of OpenTelemetry's, which keeps what it gets. */
export class OtlpReceiver {
  readonly spans: ReceivedSpan[] = [];
  readonly metrics: ReceivedMetric[] = [];
  /** The resource of the last spans. */
  resource: Readonly<Record<string, unknown>> = {};

  private constructor(
    readonly url: string,
    readonly close: () => Promise<void>,
  ) {}

  static async start(): Promise<OtlpReceiver> {
    const server = createServer((request, response) => {
      void bodyOf(request).then((body) => {
        receiver.take(request.url ?? "", body);
        response.writeHead(200, { "content-type": "application/x-protobuf" }).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const close = () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    const receiver = new OtlpReceiver(`http://127.0.0.1:${port}`, close);
    return receiver;
  }

  /** The spans of a trace with this name. */
  named(name: string, traceId?: string): ReceivedSpan[] {
    return this.spans.filter((span) => span.name === name && (traceId === undefined || span.traceId === traceId));
  }

  private take(path: string, body: Buffer): void {
    if (path === "/v1/traces") {
      for (const { resource, scopeSpans } of decode("TracesRequest", body).resourceSpans ?? []) {
        this.resource = attributesOf(resource.attributes);
        for (const { spans } of scopeSpans) this.spans.push(...spans.map(spanOf));
      }
    } else if (path === "/v1/metrics")
      for (const { scopeMetrics } of decode("MetricsRequest", body).resourceMetrics ?? [])
        for (const { metrics } of scopeMetrics) this.metrics.push(...metrics.map(metricOf));
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function decode(type: string, body: Buffer): Message {
  const message = root.lookupType(type);
  return message.toObject(message.decode(body), { longs: Number, arrays: true });
}

const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString("hex");

const spanOf = (span: Message): ReceivedSpan => ({
  traceId: hex(span.traceId),
  spanId: hex(span.spanId),
  parentId: hex(span.parentSpanId) || undefined,
  name: span.name,
  kind: span.kind,
  attributes: attributesOf(span.attributes),
  links: span.links.map((link: Message) => hex(link.spanId)),
  hasFailed: span.status?.code === 2,
});

const metricOf = ({ name, unit, histogram }: Message): ReceivedMetric => ({
  name,
  unit,
  points: (histogram?.dataPoints ?? []).map(({ count, sum, attributes }: Message) => ({
    count: Number(count),
    sum,
    attributes: attributesOf(attributes),
  })),
});

const attributesOf = (pairs: readonly Message[] = []): Record<string, unknown> =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, readValue(value)]));

const readValue = (value: Message): unknown =>
  value.arrayValue ? value.arrayValue.values.map(readValue) : Object.values(value ?? {})[0];
