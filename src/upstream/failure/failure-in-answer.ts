import type { IncomingHttpHeaders } from "node:http";
import { stringifyExact } from "../../lib/exact-json.js";
import { isObject } from "../../lib/unknown-json.js";
import type { UnknownFields } from "../provider.js";
import { classifyHttpFailure } from "./http-failure.js";
import type { UpstreamError } from "./upstream-error.js";

export interface Answered {
  readonly model: string;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Finds the error inside an answer of status 200, which would otherwise be sold as a success. `object` is a chunk of a
 * stream or a whole answer, and `choice` its first choice:
 *
 * | what is sent | who does so |
 * |---|---|
 * | `error` as an object, with or without choices | OpenRouter, LiteLLM, vLLM, Azure |
 * | `error` as a text | Hugging Face's TGI, Ollama |
 * | `error` as a list, or a list around it | Gemini's compatible API |
 * | `object: "error"`, or `type: "error"` | vLLM, SGLang, Anthropic's format |
 * | `success: false` with `errors` | Cloudflare |
 * | `code` and `message`, without choices | DashScope, Zhipu, MiniMax |
 * | `error` in the choice, its delta or its message | OpenRouter |
 * | `finish_reason: "error"` | OpenRouter, LMDeploy, Mistral |
 *
 * Returns undefined if there is none.
 */
export function failureInAnswer(
  object: UnknownFields,
  choice: UnknownFields | undefined,
  answered: Answered,
): UpstreamError | undefined {
  const said = errorOf(object, choice);
  return said === undefined ? undefined : failureSaying(said, answered);
}

/** Makes the failure of what an error says: an object, a list of them, or a text. */
export function failureSaying(said: unknown, { model, headers }: Answered): UpstreamError {
  const error = Array.isArray(said) ? (said.find(isObject) ?? said[0]) : said;
  const inner = isObject(error) && isObject(error.error) ? error.error : error;
  return classifyHttpFailure({
    model,
    status: "meant",
    headers,
    body: typeof inner === "string" ? inner : stringifyExact({ error: inner }),
  });
}

function errorOf(object: UnknownFields, choice: UnknownFields | undefined): unknown {
  const parts = [object, choice, choice?.delta, choice?.message].filter(isObject);
  const named = parts.map(({ error }) => error).find(saysSomething);
  if (named !== undefined) return named;
  if (object.object === "error" || object.type === "error" || object.success === false)
    return saysSomething(object.errors) ? object.errors : object;
  const hasCode = typeof object.message === "string" && object.code != null;
  if (hasCode && !Array.isArray(object.choices)) return object;
  if (isErrorReason(choice?.finish_reason)) return { message: "finish_reason is error" };
  return undefined;
}

/** Whether a finish_reason says that the answer failed. */
const isErrorReason = (reason: unknown): boolean => typeof reason === "string" && reason.toLowerCase() === "error";

/** Some send `error: null`, "", {} or [] with each chunk. */
function saysSomething(error: unknown): boolean {
  if (typeof error === "object" && error !== null) return Object.keys(error).length > 0;
  return typeof error === "string" ? error !== "" : error === true || typeof error === "number";
}
