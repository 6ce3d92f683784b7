import type { IncomingHttpHeaders } from "node:http";
import { isObject, parseJson } from "../../lib/json/unknown-json.js";
import { meantStatus } from "./meant-status.js";
import { publicName, publicText } from "./public-text.js";
import { retryAfterMs } from "./retry-after.js";
import { UpstreamError, type UpstreamErrorKind } from "./upstream-error.js";

export interface HttpFailure {
  readonly model: string;
  /** "meant": the answer had a status of success, so what the error in it says decides. */
  readonly status: number | "meant";
  readonly headers: IncomingHttpHeaders;
  /** The part of the body that was read. It may be JSON of OpenAI, LiteLLM or FastAPI, plain text, HTML or nothing. */
  readonly body: string;
  /** The gateway's own key at the upstream, and the like. They have any form, so no pattern finds them in what it repeats. */
  readonly secrets?: readonly string[];
}

/**
 * Makes the UpstreamError for an answer that is an error. The status decides its kind. But some proxies answer 400 for
 * an unknown model, a wrong key or a spent budget; if the body names such a failure, the body decides. Never throws,
 * whatever the body contains.
 */
export function classifyHttpFailure({ model, status, headers, body, secrets = [] }: HttpFailure): UpstreamError {
  const said = readBody(body);
  const statusMeant = status === "meant" ? (meantStatus(said.codes) ?? 502) : status;
  const kind = kindOf(statusMeant, said);
  const hide = (text: string) => secrets.reduce((shown, secret) => shown.replaceAll(secret, "[hidden]"), text);
  const nameOf = (given: unknown) => (hide(String(given)) === given ? publicName(given) : undefined);
  return new UpstreamError(kind, model, {
    status: statusMeant,
    retryAfterMs: retryAfterMs(headers),
    text: publicText(hide(said.message)),
    code: CODES[kind] ?? nameOf(said.code),
    param: nameOf(said.param),
  });
}

/** Agents act on these two codes of OpenAI's, whatever an upstream calls them. */
const CODES: Partial<Record<UpstreamErrorKind, string>> = {
  "context-length": "context_length_exceeded",
  "content-filter": "content_filter",
};

interface Said {
  /** The text for people. It is empty if the body is HTML or nothing. */
  readonly message: string;
  /** The codes, types and statuses of the error, and those of an inner error. */
  readonly codes: readonly string[];
  readonly code?: unknown;
  /** The field of the request that is at fault. */
  readonly param?: unknown;
}

function kindOf(status: number, said: Said): UpstreamErrorKind {
  if (status === 429) return "rate-limited";
  if (status === 408 || status === 504 || status === 522 || status === 524) return "timeout";
  if (status === 503 || status === 529) return "overloaded";
  // Groq calls a request that is too large a rate limit, but waiting does not make it smaller.
  if (status === 413) return "context-length";
  // LiteLLM answers some refusals of a provider with 500, so an error that the body names counts there too.
  const named = NAMED.find(
    ({ codes, phrases }) => said.codes.some((code) => codes.test(code)) || phrases.test(said.message),
  );
  if (named && status >= 400) return named.kind;
  if (status === 401 || status === 403) return "authentication";
  if (status >= 400 && status < 500 && !NOT_ABOUT_THE_REQUEST.has(status)) return "invalid-request";
  return "unavailable";
}

/** These statuses are about payment, route, method, conflict, gone or too early. They do not blame the request. */
const NOT_ABOUT_THE_REQUEST = new Set([402, 404, 405, 407, 409, 410, 421, 425]);

/** The words in which servers say that a request is too long. Agents shorten it then, so no spelling may be missed. */
const TOO_LONG = new RegExp(
  [
    "ContextWindowExceededError|maximum context length|context window|exceeds? (the )?(available )?context", // OpenAI, Azure, LiteLLM, MiniMax, llama.cpp, Ollama, Anthropic
    "prompt is too long|input is too long|too many (input )?tokens(?!, please wait| per )", // Anthropic, Bedrock, Cohere
    "(input|prompt) token count .{0,100} exceeds|maximum prompt length|exceeded model token limit", // Google, Copilot, xAI, Moonshot
    "(longer|greater) than the (model's |maximum )?(context|model) length|loaded with context length", // SGLang, vLLM, LM Studio
    "tokens \\+ .max_new_tokens. must be|range of input length should be", // TGI, DashScope
  ].join("|"),
  "i",
);

/** The first match decides. The phrases are those of OpenAI, Azure, Anthropic, Google, vLLM and LiteLLM. */
const NAMED: readonly { kind: UpstreamErrorKind; codes: RegExp; phrases: RegExp }[] = [
  {
    kind: "authentication",
    codes: /^(invalid_api_key|authentication_error|API_KEY_INVALID|token_not_found_in_db)$/,
    // The last two are those of Anthropic and OpenAI, whose accounts lack something under a status that blames the request.
    phrases:
      /api key (not valid|expired)|(invalid|incorrect) api key|litellm\.AuthenticationError|organization has been disabled|organization must be verified/i,
  },
  {
    kind: "context-length",
    // llama.cpp and Copilot have codes of their own.
    codes: /^(context_length_exceeded|request_too_large|exceed_context_size_error|model_max_prompt_tokens_exceeded)$/,
    phrases: TOO_LONG,
  },
  {
    kind: "content-filter",
    // The last three codes are those of DashScope, OpenAI's images and Zhipu.
    codes:
      /^(content_filter|content_policy_violation|ResponsibleAIPolicyViolation|invalid_prompt|data_?inspection_?failed|moderation_blocked|1301)$/i,
    // The last three are those of DeepSeek, DashScope and Gemini.
    phrases:
      /ContentPolicyViolationError|content management policy|content filtering policy|flagged as potentially violating|Content Exists Risk|contain inappropriate content|PROHIBITED_CONTENT/i,
  },
  {
    kind: "rate-limited",
    codes: /^(rate_limit_exceeded|rate_limit_error|insufficient_quota|budget_exceeded|billing_hard_limit_reached)$/,
    phrases:
      /litellm\.RateLimitError|rate limit|too many requests|quota exceeded|reached your specified API usage limits|credit balance is too low|budget has been exceeded/i,
  },
  {
    kind: "unavailable",
    codes: /^(model_not_found|DeploymentNotFound)$/,
    phrases: /Invalid model name passed in|is not a valid model ID|model .{0,200} (does not exist|not found)/i,
  },
  { kind: "overloaded", codes: /^(overloaded_error|engine_overloaded)$/, phrases: /litellm\.ServiceUnavailableError/ },
  { kind: "timeout", codes: /^timeout_error$/, phrases: /litellm\.Timeout/ },
];

function readBody(body: string): Said {
  // Gemini puts its error into a list.
  const json = [parseJson(body)].flat()[0];
  if (!isObject(json)) return { message: /^\s*</.test(body) ? "" : body, codes: [] };
  const outer = json.error ?? json;
  const error = innermost(outer);
  if (!isObject(error)) return { message: String(error), codes: [] };
  const inner = [
    error,
    error.innererror,
    isObject(error.provider_specific_fields) && error.provider_specific_fields.innererror,
  ];
  const codes = inner.filter(isObject).flatMap((each) => [each.code, each.status, each.status_code, each.type]);
  const { code, param } = error;
  return { message: messageOf(error), codes: codes.filter((each) => each != null).map(String), code, param };
}

/** Proxies wrap the error of the server behind them. OpenRouter keeps it as a text: `metadata: { raw }`. */
function innermost(error: unknown): unknown {
  if (!isObject(error)) return error;
  if (isObject(error.error)) return error.error;
  const raw = isObject(error.metadata) && typeof error.metadata.raw === "string" ? parseJson(error.metadata.raw) : null;
  return isObject(raw) && isObject(raw.error) ? { ...raw.error, status_code: error.code } : error;
}

function messageOf(error: Record<string, unknown>): string {
  const said = error.message ?? error.detail ?? error.msg ?? "";
  if (Array.isArray(said)) return said.map(complaintOf).join("; ");
  return isObject(said) ? messageOf({ message: "", ...said }) : String(said);
}

/** Reads one entry of FastAPI's list of faults: `{ loc: ["body", "messages"], msg: "field required" }`. */
function complaintOf(entry: unknown): string {
  if (!isObject(entry)) return String(entry);
  return `${Array.isArray(entry.loc) ? `${entry.loc.join(".")}: ` : ""}${String(entry.msg ?? "")}`;
}
