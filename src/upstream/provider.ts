/**
 * The contract between the call path and an upstream, which answers as a model. A provider knows models and messages.
 * It knows nothing about teams, jobs or credits.
 */
export interface Provider {
  /** Shown as `LlmCall.provider`: "openai-compatible" or "simulated". */
  readonly name: string;
  /** Shown at start-up, in a few words. */
  readonly description: string;
  /**
   * Asks one model once. Yields parts as they arrive and ends with exactly one `finish` part. Throws an UpstreamError
   * for every failure, and the signal's reason if `signal` aborts. It retries nothing. A caller that leaves the loop
   * early closes the connection to the upstream.
   */
  stream(request: ChatRequest, signal: AbortSignal): AsyncIterable<Part>;
  /** Closes idle connections. The caller must abort running requests first. Closing again changes nothing. */
  close(): Promise<void>;
}

export interface ChatRequest {
  readonly model: string;
  /** Messages in OpenAI's chat format. */
  readonly messages: readonly ChatMessage[];
  /** All other fields of OpenAI's chat format, under their names there: temperature, max_tokens, tools ... */
  readonly options: Readonly<Record<string, unknown>>;
  /** Whether the answer comes in pieces, as the model makes it, or as one JSON answer. */
  readonly stream: boolean;
}

export interface ChatMessage {
  readonly role: "system" | "developer" | "user" | "assistant" | "tool" | "function";
  /** Text, or content parts as OpenAI defines them. Null if an assistant message has only other fields, such as tool calls. */
  readonly content: string | readonly Readonly<Record<string, unknown>>[] | null;
  readonly name?: string;
  readonly tool_calls?: readonly Readonly<Record<string, unknown>>[];
  readonly tool_call_id?: string;
}

/** The parts of a model's answer, whether it arrived piece by piece or as one JSON answer. */
export type Part =
  | {
      readonly type: "text-delta";
      readonly content: string;
      /** The text says why the model does not answer. */
      readonly isRefusal?: true;
    }
  | {
      readonly type: "tool-call-delta";
      /** The calls count from 0, without gaps, in the order in which they begin. */
      readonly index: number;
      readonly id?: string;
      readonly name?: string;
      readonly arguments?: string;
    }
  /**
   * Other fields that the upstream sent, under its names: logprobs of a choice, reasoning in a delta, a fingerprint ...
   */
  | { readonly type: "extension"; readonly at: "answer" | "choice" | "delta"; readonly fields: UnknownFields }
  | {
      readonly type: "finish";
      readonly finishReason: string;
      /** Undefined if the upstream reported none. */
      readonly usage?: ReportedUsage;
      /** The cost of this answer in nano-dollars, as the upstream reported it. Undefined if it reported none, or 0. */
      readonly costNanoUsd?: bigint;
    };

export type UnknownFields = Readonly<Record<string, unknown>>;

/** Token counts as the upstream reported them: integers of 0 or more. Prompt tokens include the cached ones. */
export interface ReportedUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly cachedPromptTokens?: number;
  readonly reasoningTokens?: number;
}
