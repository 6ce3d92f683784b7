/**
 * The contract between the call path and whatever answers as a model. A provider knows models and messages; it knows
 * nothing of teams, jobs or credits.
 */
export interface Provider {
  /** Shown as `LlmCall.provider`: "openai-compatible" or "simulated". */
  readonly name: string;
  /** One phrase for the start-up output. */
  readonly description: string;
  /**
   * Asks one model once. Yields parts as they arrive and ends with exactly one `finish` part; every failure is thrown
   * as an UpstreamError, an abort of `signal` as the signal's reason. Nothing is retried here. Leaving the loop early
   * closes the upstream connection.
   */
  stream(request: ChatRequest, signal: AbortSignal): AsyncIterable<Part>;
  /** Closes idle connections. Running requests are the caller's to abort first. */
  close(): Promise<void>;
}

export interface ChatRequest {
  readonly model: string;
  /** Messages in OpenAI's chat format. */
  readonly messages: readonly ChatMessage[];
  /** All other fields of OpenAI's chat format, by their names on the wire: temperature, max_tokens, tools ... */
  readonly options: Readonly<Record<string, unknown>>;
  /** Asks for the answer piece by piece, as the model makes it; else for one JSON answer. */
  readonly stream: boolean;
}

export interface ChatMessage {
  readonly role: "system" | "developer" | "user" | "assistant" | "tool";
  /** Text, or content parts as OpenAI defines them; null where an assistant message has tool calls only. */
  readonly content: string | readonly Readonly<Record<string, unknown>>[] | null;
  readonly name?: string;
  readonly tool_calls?: readonly Readonly<Record<string, unknown>>[];
  readonly tool_call_id?: string;
}

/** What a model's answer consists of, whether it arrived piece by piece or as one JSON answer. */
export type Part =
  | {
      readonly type: "text-delta";
      readonly content: string;
      /** The model says why it does not answer, instead of answering. */
      readonly isRefusal?: true;
    }
  | {
      readonly type: "tool-call-delta";
      /** From 0, without gaps, in the order in which the calls begin. */
      readonly index: number;
      readonly id?: string;
      readonly name?: string;
      readonly arguments?: string;
    }
  /** What the upstream sent beside that, under its names: logprobs of a choice, reasoning in a delta, a fingerprint ... */
  | { readonly type: "extension"; readonly at: "answer" | "choice" | "delta"; readonly fields: UnknownFields }
  | {
      readonly type: "finish";
      readonly finishReason: string;
      /** Undefined where the upstream reported none. */
      readonly usage?: ReportedUsage;
      /** What the upstream itself says this answer costs, in nano-dollars; undefined where it sent none, or 0. */
      readonly costNanoUsd?: bigint;
    };

export type UnknownFields = Readonly<Record<string, unknown>>;

/** Token counts as the upstream reported them: integers, 0 or more. Cached tokens are part of the prompt's. */
export interface ReportedUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly cachedPromptTokens?: number;
  readonly reasoningTokens?: number;
}
