import type { FastifyRequest } from "fastify";
import { LlmCallInput } from "../../../../features/calls/question/call.input.js";
import { MessageRole } from "../../../../features/calls/question/message.input.js";
import { invalid } from "../../../../input/validate.js";
import { DomainError } from "../../../../lib/errors.js";
import type { Json, JsonObject } from "../../../../lib/json/json.js";
import { isObject } from "../../../../lib/json/unknown-json.js";
import { placeOf } from "../../../chat/place-of-request.js";
import { type MessagePlace, MessageReader } from "./input-messages.js";
import type { ResponseBody } from "./response-body.js";
import { chatFormat, chatTool, chatToolChoice } from "./response-tools.js";

/** Fields that are translated, or that only the gateway acts on. All others are passed on under their names. */
const READ: ReadonlySet<string> = new Set(
  [
    "model input instructions tools tool_choice parallel_tool_calls text reasoning max_output_tokens temperature top_p",
    "top_logprobs include truncation previous_response_id store stream stream_options background conversation prompt",
    "max_tool_calls",
  ].flatMap((names) => names.split(" ")),
);

const INSTRUCTIONS = "instructions";
const LOGPROBS = "message.output_text.logprobs";

/** An item of a conversation, and its place in the request. */
export interface PlacedItem {
  readonly item: JsonObject;
  readonly field: string;
}

/** A call's input, and where its messages come from, so that errors can name the client's own fields. */
export interface Question {
  readonly input: LlmCallInput;
  readonly places: readonly MessagePlace[];
}

/** The items of a request's own input. A text is a message of the user. */
export function itemsOf({ input }: ResponseBody): JsonObject[] {
  if (typeof input !== "string") return input;
  return [{ type: "message", role: "user", content: [{ type: "input_text", text: input }] }];
}

/** Makes the service's input from a body and the items of its conversation, and from the job and the key in the headers. */
export function toQuestion(body: ResponseBody, items: readonly PlacedItem[], request: FastifyRequest): Question {
  const reader = new MessageReader();
  if (typeof body.instructions === "string")
    reader.say(MessageRole.SYSTEM, { content: body.instructions }, INSTRUCTIONS);
  for (const { item, field } of items) reader.add(item, field);
  reader.end();
  if (reader.messages.length === 0) throw invalid("items", "must have something for the model to answer", body.input);
  const input = Object.assign(new LlmCallInput(), {
    modelGroup: body.model,
    messages: reader.messages,
    temperature: body.temperature ?? null,
    topP: body.top_p ?? null,
    maxTokens: body.max_output_tokens ?? null,
    tools: (body.tools as JsonObject[] | null | undefined)?.map(chatTool) ?? null,
    toolChoice: chatToolChoice(body.tool_choice ?? null),
    responseFormat: chatFormat(body.text as JsonObject | null | undefined),
    providerOptions: optionsOf(body),
    leavesOutBookkeeping: true,
    ...placeOf(request, body.metadata),
    idempotencyKey: request.headers["idempotency-key"] ?? null,
  });
  return { input, places: reader.places };
}

function optionsOf(body: ResponseBody): JsonObject {
  const others = Object.entries(body).filter(([name, value]) => value !== null && !READ.has(name));
  const { effort, summary } = objectOf(body.reasoning);
  const { verbosity } = objectOf(body.text);
  const hasTools = Array.isArray(body.tools) && body.tools.length > 0;
  const wantsLogprobs = Array.isArray(body.include) && body.include.includes(LOGPROBS);
  const topLogprobs = typeof body.top_logprobs === "number" && body.top_logprobs > 0 ? body.top_logprobs : undefined;
  return {
    ...Object.fromEntries(others),
    ...(effort != null && { reasoning_effort: effort }),
    ...(summary != null && { reasoning_summary: summary }),
    ...(verbosity != null && { verbosity }),
    // OpenAI's chat completions refuse it beside no tools.
    ...(hasTools && body.parallel_tool_calls != null && { parallel_tool_calls: body.parallel_tool_calls }),
    ...((wantsLogprobs || topLogprobs !== undefined) && { logprobs: true }),
    ...(topLogprobs !== undefined && { top_logprobs: topLogprobs }),
  };
}

const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? (value as JsonObject) : {});

const MESSAGE = /^input\.messages\[(\d+)\](.*)$/;

/** Lets an error of the service name the place in the request that its message comes from. */
export function placed(error: unknown, places: readonly MessagePlace[]): unknown {
  if (!(error instanceof DomainError) || error.code !== "INVALID_INPUT") return error;
  const fields = (error.data.fields as { field: string; message: string }[] | undefined)?.map(({ field, message }) => {
    const named = field.replace(MESSAGE, (whole, index, inside) => namedPlace(places[Number(index)], inside) ?? whole);
    return { field: named, message: message.replace(field, () => named) };
  });
  return fields ? new DomainError(error.code, error.message, { ...error.data, fields }) : error;
}

/** The item's own name of what is inside its message. What has none is the item itself. */
function namedPlace(place: MessagePlace | undefined, inside: string): string | undefined {
  if (!place || place.at === INSTRUCTIONS) return place?.at;
  const { at, calls } = place;
  const [, call] = /^\.toolCalls\[(\d+)\]/.exec(inside) ?? [];
  if (call !== undefined) return calls[Number(call)] ?? at;
  if (inside === ".toolCallId") return `${at}.call_id`;
  return /^\.(parts|content)\b/.test(inside) ? at + inside.replace(/^\.parts/, ".content") : at;
}
