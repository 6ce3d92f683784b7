/**
 * The contract between the call path and an upstream, which answers as a model. A provider knows models and messages.
 * It knows nothing about teams, jobs or credits.
 */
export interface Provider {
  /** Shown as `LlmCall.provider`: "openai-compatible" or "simulated". */
  readonly name: string;
  /** Where it is asked; undefined if it is in this process. */
  readonly address?: { readonly host: string; readonly port: number };
  /** Shown at start-up, in a few words. */
  readonly description: string;
  /**
   * Asks one model once. Yields the parts that arrived together, as they arrive. An empty list shows that the upstream
   * works: it has sent something that is no part of the answer, such as a comment. The last part is the only `finish`,
   * which says that the answer is whole. Throws an UpstreamError for every failure, and the signal's reason if `signal` aborts before the answer is
   * whole. It retries nothing but what costs nothing: see
   * `orWithoutThoughts`. A caller that leaves the loop early closes the connection to the upstream. It calls
   * `onSent` once the request has been sent: from then on the upstream may bill it.
   */
  stream(request: ChatRequest, signal: AbortSignal, onSent?: () => void): AsyncIterable<readonly Part[]>;
  /**
   * Asks one model one question that is no chat, in the same manner. The answer is one `result`, or text in pieces if it is
   * streamed, then `finish`. Undefined if an upstream of this kind answers chats only.
   */
  askJson?(request: JsonRequest, signal: AbortSignal, onSent?: () => void): AsyncIterable<readonly Part[]>;
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

/** The questions that are no chats, by the last part of their address at OpenAI. */
export type JsonEndpoint = "embeddings" | "completions" | "moderations";

/** A question that is one JSON object, with one JSON object as its answer. Only completions can be streamed. */
export interface JsonRequest {
  readonly model: string;
  readonly endpoint: JsonEndpoint;
  /** All fields of OpenAI's request but the model, and but those that say how the answer is to come. */
  readonly body: UnknownFields;
  readonly stream: boolean;
}

/** A question before it is known which model is asked. */
export type ChatQuestion = Omit<ChatRequest, "model">;
export type JsonQuestion = Omit<JsonRequest, "model">;
export type Question = ChatQuestion | JsonQuestion;

/** Whether a question is no chat. */
export const isJsonQuestion = (question: Question): question is JsonQuestion => "endpoint" in question;

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
      readonly type: "reasoning-delta";
      readonly content: string;
      /** The name under which the upstream sends its reasoning, and under which clients of its format look for it. */
      readonly field: ReasoningField;
    }
  | {
      readonly type: "tool-call-delta";
      /** The calls count from 0, without gaps, in the order in which they begin. */
      readonly index: number;
      /** Comes once, with the name. */
      readonly id?: string;
      /** Comes with the first piece of a call. A further piece is to be appended. */
      readonly name?: string;
      readonly arguments?: string;
      /** The model uses OpenAI's older interface, `function_call`, which has one call and no id. */
      readonly isFunctionCall?: true;
      /** Its other fields, such as Gemini's signature, which has to be sent back, or the type if it is no function. */
      readonly extra?: UnknownFields;
    }
  /**
   * Other fields that the upstream sent, under its names: citations of the answer, logprobs of a choice, audio in a
   * delta, details of the usage ... A field of the answer or its usage replaces an earlier one of that name.
   */
  | { readonly type: "extension"; readonly at: ExtensionPlace; readonly fields: UnknownFields }
  /** What the answer cost so far. The last one counts, also if the answer then fails. */
  | {
      readonly type: "usage";
      /** "unusable" if the upstream sent figures that cannot be counts. Undefined if it sent none. */
      readonly usage?: ReportedUsage | "unusable";
      /** The cost of this answer in nano-dollars, as the upstream reported it. Undefined if it reported none, or 0. */
      readonly costNanoUsd?: bigint;
    }
  /** The whole answer to a question that is no chat, as the upstream sent it. */
  | { readonly type: "result"; readonly fields: UnknownFields }
  | { readonly type: "finish"; readonly finishReason: string };

/** The parts that followers of a call see as they arrive. */
export type ShownPart = Exclude<Part, { type: "finish" | "usage" | "result" }>;

/** OpenAI has no name for reasoning. DeepSeek, vLLM and LiteLLM use the first, Ollama, Groq and OpenRouter the second. */
export type ReasoningField = "reasoning_content" | "reasoning";

export type ExtensionPlace = "answer" | "choice" | "delta" | "usage";

export type UnknownFields = Readonly<Record<string, unknown>>;

/**
 * Whether a part is something of an answer: text, reasoning, a piece of a tool call, sound or an image. The first such
 * part is the first token of the answer. A role, a fingerprint or a comment is nothing of it.
 */
export function isOfAnswer(part: Part): boolean {
  if (part.type === "extension") return part.at === "delta" && MEDIA.some((name) => name in part.fields);
  return ["text-delta", "reasoning-delta", "tool-call-delta", "result"].includes(part.type);
}

/** Sound (OpenAI), images (OpenRouter), and parts of a content that are no text (Mistral). */
const MEDIA = ["audio", "images", "content_parts"];

/**
 * Token counts as the upstream reported them: integers of 0 or more. All but the first two are parts of one of these. A part
 * is left out if the upstream did not tell it, or told more than its whole.
 */
export interface ReportedUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Of the prompt: what the upstream's cache read. */
  readonly cachedPromptTokens?: number;
  /** Of the prompt: what was written to the upstream's cache. */
  readonly cacheWritePromptTokens?: number;
  /** Of what was written to the cache: what stays there for an hour. The rest stays for 5 minutes. */
  readonly oneHourCacheWritePromptTokens?: number;
  readonly audioPromptTokens?: number;
  readonly imagePromptTokens?: number;
  readonly reasoningTokens?: number;
  readonly audioCompletionTokens?: number;
  readonly imageCompletionTokens?: number;
  /** Searches of the web that the upstream made for the answer. They are paid for one by one, and not in tokens. */
  readonly webSearches?: number;
  /** How the upstream served the answer, if it did so at another price than that of its list, such as "flex". */
  readonly otherTier?: string;
}
