import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { stringifyExact } from "../../lib/json/exact-json.js";
import { isObject } from "../../lib/json/unknown-json.js";
import type { ChatRequest, Part, Provider } from "../provider.js";
import { tokensIn } from "../texts-of-question.js";
import { countPromptTokens, countTextTokens, tokenPieces } from "../tokens.js";
import { composeAnswer } from "./simulated-answer.js";
import { valueForSchema } from "./simulated-json.js";
import { completionOf, simulatedResult } from "./simulated-results.js";
import { calledTool } from "./simulated-tools.js";

export interface SimulatedOptions {
  /** The time that a token takes on average, in milliseconds. 0 means that there is no wait. */
  readonly tokenMs: number;
}

/**
 * A simulated model, for tests and for gateways without an upstream. The same request gets the same answer, in words
 * that fit the question. It comes token by token, as a real tokenizer cuts it, and its usage is the real count. It
 * respects max_tokens, stop and response_format, and calls a tool if tool_choice demands one or if the user's words name
 * one. It embeds texts, completes prompts and moderates, too. An abort ends it at once with the signal's reason.
 */
export function simulated({ tokenMs }: SimulatedOptions): Provider {
  return {
    name: "simulated",
    description: "simulated model: its answers are made up, and no upstream is asked",
    stream: (request, signal, onSent) => {
      const promptTokens = () => countPromptTokens(request.messages);
      return answer({ ...scriptOf(request), promptTokens }, tokenMs, signal, onSent);
    },
    askJson: (request, signal, onSent) => {
      if (!request.stream) return simulatedResult(request, signal, onSent);
      const promptTokens = () => tokensIn(request);
      return answer({ ...completionOf(request.body), call: undefined, promptTokens }, tokenMs, signal, onSent);
    },
    close: () => Promise.resolve(),
  };
}

async function* answer(
  { call, text: whole, tokensMax, promptTokens }: Script & { readonly promptTokens: () => Promise<number> },
  tokenMs: number,
  signal: AbortSignal,
  onSent?: () => void,
): AsyncGenerator<readonly Part[], void, undefined> {
  signal.throwIfAborted();
  onSent?.();
  let completionTokens = 0;
  let isCut = false;
  if (call) yield [{ type: "tool-call-delta", index: 0, ...call, arguments: "" }];
  const pace = paceOf(tokenMs, signal);
  for await (const { text, tokens } of tokenPieces(whole)) {
    isCut = completionTokens + tokens > tokensMax;
    if (isCut) break;
    if (tokenMs > 0) await pace(tokens);
    signal.throwIfAborted();
    completionTokens += tokens;
    yield [call ? { type: "tool-call-delta", index: 0, arguments: text } : { type: "text-delta", content: text }];
  }
  if (call) completionTokens += await countTextTokens(call.name);
  yield [
    { type: "usage", usage: { promptTokens: await promptTokens(), completionTokens } },
    { type: "finish", finishReason: isCut ? "length" : call ? "tool_calls" : "stop" },
  ];
}

/**
 * Returns a function that waits until so many more tokens are due. It keeps to a schedule from the start. Each timer is
 * about a millisecond late, and these delays would add up.
 */
function paceOf(tokenMs: number, signal: AbortSignal): (tokens: number) => Promise<void> {
  let dueMs = performance.now();
  return async (tokens) => {
    dueMs += tokens * tokenMs;
    const waitMs = dueMs - performance.now();
    if (waitMs < 1) return;
    await sleep(waitMs, undefined, { signal }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw error;
    });
  };
}

interface Script {
  /** The tool call that is the answer. Undefined if the answer is text. */
  readonly call: { readonly id: string; readonly name: string } | undefined;
  /** The answer, or the arguments of the call. */
  readonly text: string;
  /** How many tokens of the text may be said. */
  readonly tokensMax: number;
}

function scriptOf(request: ChatRequest): Script {
  const { options } = request;
  const tool = calledTool(request);
  const said = composeAnswer(request.messages);
  const text = tool
    ? stringifyExact(valueForSchema(tool.parameters, said))
    : stopped(formatted(said, options), options);
  const limit = [options.max_completion_tokens, options.max_tokens].find((value) => typeof value === "number");
  const call = tool && { id: `call_${fingerprint(request)}`, name: tool.name };
  return { call, text, tokensMax: limit ?? Number.POSITIVE_INFINITY };
}

function formatted(said: string, { response_format: format }: ChatRequest["options"]): string {
  if (!isObject(format)) return said;
  if (format.type === "json_object") return JSON.stringify({ answer: said });
  if (format.type !== "json_schema") return said;
  const schema = isObject(format.json_schema) ? format.json_schema.schema : undefined;
  return stringifyExact(valueForSchema(schema ?? { type: "object" }, said));
}

/** Cuts a text before the first of the stop strings. OpenAI leaves them out too. */
function stopped(text: string, { stop }: ChatRequest["options"]): string {
  const strings = (Array.isArray(stop) ? stop : [stop]).filter((each) => typeof each === "string" && each !== "");
  const ends = strings.map((each) => text.indexOf(each)).filter((at) => at >= 0);
  return text.slice(0, Math.min(text.length, ...ends));
}

/** Returns the same text for the same request, so that the ids of its tool calls repeat too. */
function fingerprint({ model, messages, options }: ChatRequest): string {
  return createHash("sha256")
    .update(stringifyExact([model, messages, options]))
    .digest("hex")
    .slice(0, 24);
}
