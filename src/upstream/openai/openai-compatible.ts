import { stringifyExact } from "../../lib/json/exact-json.js";
import type { AnswerSource } from "../answers/answer-reading.js";
import { JsonReader } from "../answers/json-reader.js";
import { HttpUpstream } from "../http/http-upstream.js";
import { orWithoutThoughts } from "../or-without-thoughts.js";
import type { ChatRequest, Provider } from "../provider.js";
import { AnswerReader } from "./answer-reader.js";
import { jsonRequest } from "./json-request.js";
import { inOpenAisWords, optionsInWords } from "./openai-words.js";
import { ResponseReader } from "./responses/response-reader.js";
import { fitsResponses, responsesRequest } from "./responses/responses-request.js";

export interface OpenAiCompatibleOptions {
  /** The address to which `/chat/completions` is added, such as http://localhost:8002/v1. A query in it is kept. */
  readonly url: string;
  readonly apiKey?: string | undefined;
  /** Headers of each request beside the key. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The header that carries the key: a bearer token, unless it is Azure's `api-key`. */
  readonly keyHeader?: "authorization" | "api-key";
  /** Whether it refuses names that are not OpenAI's, as OpenAI and Azure do. Routers and other servers read some of them. */
  readonly isStrict?: boolean;
  /** Whether it has OpenAI's responses too, which are asked unless a request says what only chat completions can. */
  readonly hasResponses?: boolean;
  /** Where an endpoint is below the address. Azure's older interface has the model in the path. */
  readonly pathOf?: (model: string, endpoint: string) => string;
}

/**
 * Opens a provider for a server of OpenAI's chat completions, embeddings and the like: OpenAI, LiteLLM, vLLM, OpenRouter ... HttpUpstream says what
 * happens on abort and failure.
 */
export function openAiCompatible(options: OpenAiCompatibleOptions): Provider {
  const { url, apiKey, headers, keyHeader = "authorization", pathOf = (_, endpoint) => `/${endpoint}` } = options;
  const credential = apiKey ? { [keyHeader]: keyHeader === "authorization" ? `Bearer ${apiKey}` : apiKey } : {};
  const upstream = new HttpUpstream({ url, headers: { ...headers, ...credential } });
  const askOnce = (request: ChatRequest, signal: AbortSignal, onSent: (() => void) | undefined) => {
    const { model } = request;
    const asked = { model, signal, onSent };
    if (options.hasResponses && fitsResponses(request)) {
      const body = stringifyExact(responsesRequest(options.isStrict ? optionsInWords(request) : request));
      const readingOf = (source: AnswerSource) => new ResponseReader(source);
      return upstream.ask({ ...asked, path: "/responses", body, readingOf });
    }
    const body = bodyOf(options.isStrict ? inOpenAisWords(request) : request);
    const readingOf = (source: AnswerSource) => new AnswerReader(source);
    return upstream.ask({ ...asked, path: pathOf(model, "chat/completions"), body, readingOf });
  };
  return {
    name: "openai-compatible",
    address: upstream.address,
    description: `OpenAI-compatible upstream at ${upstream.shownUrl}`,
    stream: (given, signal, onSent) => orWithoutThoughts(given, (request) => askOnce(request, signal, onSent)),
    askJson: (request, signal, onSent) =>
      upstream.ask({
        model: request.model,
        path: pathOf(request.model, request.endpoint),
        body: jsonRequest(request),
        signal,
        onSent,
        // The text of a streamed completion is read as that of a chat.
        readingOf: (source) => (request.stream ? new AnswerReader(source) : new JsonReader(request, source)),
        ...(!request.stream && { answerMaxBytes: JSON_ANSWER_MAX_BYTES }),
      }),
    close: () => upstream.close(),
  };
}

/** Enough for 2,048 vectors of 8,192 numbers in base64, which is the most that may be asked for, or of 2,048 in digits. */
const JSON_ANSWER_MAX_BYTES = 88 * 1024 * 1024;

/**
 * Options cannot override what the gateway decides. OpenAI refuses stream_options without a stream. What Anthropic's
 * output_config says is said in reasoning_effort and response_format too, and chats show no summary of thoughts.
 */
function bodyOf({ model, messages, options, stream }: ChatRequest): string {
  const { stream_options: _, output_config: _said, reasoning_summary: _shown, ...rest } = options;
  const delivery = stream ? { stream, stream_options: { include_usage: true } } : { stream };
  return stringifyExact({ ...rest, model, messages, ...delivery });
}
