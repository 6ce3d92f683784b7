/** The name of the upstream that answers for models whose names name none. */
export const DEFAULT_UPSTREAM = "default";

/** Servers that are asked over HTTP, by the format that they speak. */
export const HTTP_KINDS = ["openai", "anthropic", "azure-openai", "openai-compatible"] as const;
export type HttpKind = (typeof HTTP_KINDS)[number];

/** What an upstream of any kind has. */
export interface UpstreamLimits {
  /** Models are listed as `<name>/<model>`. It has no slash. */
  readonly name: string;
  /** How long an answer may take to begin, in milliseconds. Null means the limit of the gateway. */
  readonly firstTokenTimeoutMs: number | null;
  /** The longest pause inside a streamed answer, in milliseconds. Null means the limit of the gateway. */
  readonly idleTimeoutMs: number | null;
  /** How many requests this process may have at the upstream at the same time. Null means no limit. */
  readonly concurrencyMax: number | null;
}

export interface HttpUpstreamConfig extends UpstreamLimits {
  readonly kind: HttpKind;
  /** Whether OpenAI's responses are asked, where a request fits them. Only OpenAI's format has them. */
  readonly hasResponses?: true;
  readonly url: string;
  readonly apiKey: string | undefined;
  /** Headers of each request, with what their variables said. They may be secret. */
  readonly headers: Readonly<Record<string, string>>;
}

/** How a simulated upstream fails, so that a fallback can be tried without a key. */
export interface Failing {
  /** The share of its calls that fail, from 0 to 1. */
  readonly share: number;
  /** The HTTP status that it fails with. */
  readonly status: number;
}

interface SimulatedUpstreamConfig extends UpstreamLimits {
  readonly kind: "simulated";
  readonly tokenMs: number;
  /** Null means that it answers always. */
  readonly failing: Failing | null;
}

export type UpstreamConfig = HttpUpstreamConfig | SimulatedUpstreamConfig;
