import { invalid } from "../../../input/validate.js";
import type { JsonObject } from "../../../lib/json/json.js";
import { isObject } from "../../../lib/json/unknown-json.js";
import type { ChatQuestion } from "../../../upstream/provider.js";
import type { LlmCallInput } from "./call.input.js";
import { toChatMessage } from "./chat-message.js";
import { requireWholeText } from "./whole-text.js";

/** Fields of the upstream's request that the gateway sets itself, or that would falsify its counting. */
const RESERVED = new Set(["model", "messages", "stream", "stream_options"]);

const ONE_ANSWER =
  "must be 1, because a call has one answer. Make several calls at once instead: in one job, each with an idempotency key of its own";

/** Makes the upstream's request from a call's input, without the model. Throws INVALID_INPUT if something does not fit. */
export function toChatRequest(input: LlmCallInput, stream: boolean): ChatQuestion {
  const { stop, tools } = input;
  const named = {
    temperature: input.temperature,
    max_tokens: input.maxTokens,
    top_p: input.topP,
    // An empty list says nothing, and some upstreams refuse it.
    stop: stop?.length ? stop : null,
    seed: input.seed,
    tools: tools?.length ? tools : null,
    tool_choice: input.toolChoice,
    response_format: input.responseFormat,
  };
  const options = givenOptions(input.providerOptions);
  for (const [name, value] of Object.entries(options)) {
    const field = `input.providerOptions.${name}`;
    if (name === "n") throw invalid(field, ONE_ANSWER, value);
    if (name in named || RESERVED.has(name))
      throw invalid(field, "must not set what the gateway sets or what has a field of its own", name);
  }
  requireWholeText(input, "input", ["messages", "stop", "tools", "toolChoice", "responseFormat", "providerOptions"]);
  const given = Object.entries(named).filter(([, value]) => value != null);
  const messages = input.messages.map((message, index) => toChatMessage(message, `input.messages[${index}]`));
  return { messages, options: { ...options, ...Object.fromEntries(given) }, stream };
}

/**
 * The provider options that say something. Null counts as absent, and so does the one answer that every call has. What is
 * in `extra_body` stands beside it, as OpenAI's SDKs and routers have it. It is judged and sent there.
 */
export function givenOptions(options: JsonObject | null | undefined): JsonObject {
  const { extra_body: extra = null, ...others } = options ?? {};
  const all = isObject(extra) ? { ...(extra as JsonObject), ...others } : { ...others, extra_body: extra };
  const given = Object.entries(all).filter(([name, value]) => value !== null && !(name === "n" && value === 1));
  return Object.fromEntries(given);
}
