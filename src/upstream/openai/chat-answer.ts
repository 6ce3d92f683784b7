import type { IncomingHttpHeaders } from "node:http";
import { isObject, parseJson } from "../../lib/unknown-json.js";
import { classifyHttpFailure } from "../failure/http-failure.js";
import { UpstreamError } from "../failure/upstream-error.js";
import type { Part } from "../provider.js";
import { extensionOf } from "./extensions.js";
import { reportedCostNanoUsd, reportedUsage } from "./reported.js";

export interface ChatAnswer {
  readonly model: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * Turns one whole JSON answer in OpenAI's format into parts: its text, its tool calls, then `finish` with usage and
 * cost. Reads only the first choice. Throws UpstreamError: `malformed` if the body is not such an answer, or the kind
 * that the error means if a proxy wrapped one in a status of 200.
 */
export function partsOfAnswer({ model, status, headers, body }: ChatAnswer): Part[] {
  const malformed = (why: string) => new UpstreamError("malformed", model, { status, cause: new Error(why) });
  const answer = parseJson(body);
  if (!isObject(answer)) throw malformed("The body is not a JSON object.");
  if (isObject(answer.error) && !Array.isArray(answer.choices)) {
    throw classifyHttpFailure({ model, status: statusOf(answer.error.code), headers, body });
  }
  const choice: unknown = Array.isArray(answer.choices) ? answer.choices[0] : undefined;
  if (!isObject(choice)) throw malformed("There is no choice.");
  if (!isObject(choice.message)) throw malformed("The choice has no message.");

  const said = textOf(choice.message.content);
  const text = said ?? textOf(choice.message.refusal) ?? "";
  const calls = toolCallsOf(choice.message.tool_calls);
  if (!calls) throw malformed("A tool call has no name.");
  const finishReason = choice.finish_reason ?? (text === "" ? undefined : "stop");
  if (typeof finishReason !== "string") throw malformed("There is neither a finish_reason nor any content.");
  const usage = reportedUsage(answer.usage);
  const costNanoUsd = reportedCostNanoUsd(
    headers["x-litellm-response-cost"],
    isObject(answer.usage) ? answer.usage.cost : undefined,
  );
  return [
    ...extensionOf("answer", answer),
    ...extensionOf("delta", choice.message),
    ...(text === "" ? [] : [textDelta(text, said === undefined)]),
    ...calls,
    ...extensionOf("choice", choice),
    {
      type: "finish",
      finishReason,
      ...(usage && { usage }),
      ...(costNanoUsd !== undefined && { costNanoUsd }),
    },
  ];
}

export const textDelta = (content: string, isRefusal: boolean): Part => ({
  type: "text-delta",
  content,
  ...(isRefusal && { isRefusal }),
});

/**
 * Returns the text of a content. Some providers send it in parts. Parts that are not text, such as an echoed image or a
 * thought, are left out.
 */
function textOf(content: unknown): string | undefined {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return undefined;
  return content.map((part) => (isObject(part) && typeof part.text === "string" ? part.text : "")).join("");
}

/** Returns undefined if one of the calls has no name, because such a call cannot be made. */
function toolCallsOf(calls: unknown): Part[] | undefined {
  if (!Array.isArray(calls)) return [];
  const parts: Part[] = [];
  for (const [index, call] of calls.entries()) {
    const target: unknown = isObject(call) ? call.function : undefined;
    if (!isObject(call) || !isObject(target) || typeof target.name !== "string" || target.name === "") return undefined;
    parts.push({
      type: "tool-call-delta",
      index,
      ...(typeof call.id === "string" && { id: call.id }),
      name: target.name,
      // Ollama and some vLLM parsers send the arguments as an object instead of as its JSON text.
      arguments: typeof target.arguments === "string" ? target.arguments : JSON.stringify(target.arguments ?? {}),
    });
  }
  return parts;
}

/** OpenRouter answers 200 and puts the status that it means into the body. */
function statusOf(code: unknown): number {
  const status = Number(code);
  return Number.isInteger(status) && status >= 400 && status <= 599 ? status : 502;
}
