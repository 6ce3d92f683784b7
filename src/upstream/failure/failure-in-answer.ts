import type { IncomingHttpHeaders } from "node:http";
import { stringifyExact } from "../../lib/json/exact-json.js";
import { isObject } from "../../lib/json/unknown-json.js";
import type { UnknownFields } from "../provider.js";
import { classifyHttpFailure } from "./http-failure.js";
import type { UpstreamError } from "./upstream-error.js";

export interface Answered {
  readonly model: string;
  readonly headers: IncomingHttpHeaders;
  /** What no client may see: the key of the gateway, and the values of its other headers. */
  readonly secrets?: readonly string[];
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
 * | `code` and `message`, without choices; a code of 0 or 200 is none | DashScope, Zhipu; Spark sends 0 with each event |
 * | `base_resp` with a status that is not 0 | MiniMax, also beside a choice that has finished |
 * | `error` in the choice, its delta or its message | OpenRouter |
 * | `finish_reason: "error"` | OpenRouter, LMDeploy, Mistral |
 *
 * Returns undefined if there is none. See `failureByItself` for objects that are no part of an answer.
 */
export function failureInAnswer(
  object: UnknownFields,
  choice: UnknownFields | undefined,
  answered: Answered,
): UpstreamError | undefined {
  const said = errorOf(object, choice);
  return said === undefined ? undefined : failureSaying(said, answered);
}

/**
 * Finds the error in an object that is no part of an answer. It says so as an answer does, or by nothing but its names:
 *
 * | what is sent | who does so |
 * |---|---|
 * | `error_code`, `error_msg`, `errorMessage` ... | Baidu, AWS Lambda |
 * | `detail` | FastAPI |
 * | `errors` | Cloudflare |
 * | `...Exception` | Bedrock |
 * | `status: "error"`, `type: "response.failed"` | proxies of other interfaces |
 * | `message` and nothing else | AWS's gateways in front of a model |
 *
 * Other objects are events of a proxy's own, such as pings, and no errors. Then this returns undefined.
 */
export function failureByItself(object: UnknownFields, answered: Answered): UpstreamError | undefined {
  const said = errorOf(object, undefined);
  if (said !== undefined) return failureSaying(said, answered);
  const names = Object.keys(object).filter((name) => saysSomething(object[name]));
  const isNamed = names.some((name) => /^(error_?(code|msg|message|type)|errors|detail|\w+Exception)$/i.test(name));
  const isFailed = [object.status, object.type].some((text) => /^(.*\.)?(error|failed)$/i.test(String(text)));
  const isMessage = names.includes("message") && names.every((name) => /^(message|request_?id)$/i.test(name));
  return isNamed || isFailed || isMessage ? failureSaying(errorByItself(object), answered) : undefined;
}

function errorByItself(object: UnknownFields): unknown {
  const inner = Object.entries(object).find(([name, value]) => /exception$/i.test(name) && isObject(value))?.[1];
  if (isObject(object.response) && isObject(object.response.error)) return object.response.error;
  const message = object.message ?? object.error_msg ?? object.error_message ?? object.errorMessage ?? object.detail;
  return inner ?? (saysSomething(object.errors) ? object.errors : { ...object, message });
}

/** Makes the failure of what an error says: an object, a list of them, or a text. */
export function failureSaying(said: unknown, { model, headers, secrets = [] }: Answered): UpstreamError {
  const error = Array.isArray(said) ? (said.find(isObject) ?? said[0]) : said;
  const inner = isObject(error) && isObject(error.error) ? error.error : error;
  return classifyHttpFailure({
    model,
    status: "meant",
    headers,
    secrets,
    body: typeof inner === "string" ? inner : stringifyExact({ error: inner }),
  });
}

function errorOf(object: UnknownFields, choice: UnknownFields | undefined): unknown {
  const parts = [object, choice, choice?.delta, choice?.message].filter(isObject);
  const named = parts.map(({ error }) => error).find(saysSomething);
  if (named !== undefined) return named;
  if (object.object === "error" || object.type === "error" || object.success === false)
    return saysSomething(object.errors) ? object.errors : object;
  const { base_resp: minimax } = object;
  if (isObject(minimax) && saysSomething(minimax.status_code))
    return { message: minimax.status_msg, code: minimax.status_code };
  const hasCode = typeof object.message === "string" && object.code != null && !SUCCESSES.has(String(object.code));
  if (hasCode && !Array.isArray(object.choices)) return object;
  if (isErrorReason(choice?.finish_reason)) return { message: "finish_reason is error" };
  return undefined;
}

/** Whether a finish_reason says that the answer failed. */
const isErrorReason = (reason: unknown): boolean => typeof reason === "string" && reason.toLowerCase() === "error";

const SUCCESSES: ReadonlySet<string> = new Set(["0", "200", "success", "Success", "ok", "OK"]);

/** Some send `error: null`, "", 0, {} or [] with each chunk, or an object of such values, as programs in Go do. */
function saysSomething(error: unknown): boolean {
  return isObject(error) || Array.isArray(error) ? Object.values(error).some(saysSomething) : Boolean(error);
}
