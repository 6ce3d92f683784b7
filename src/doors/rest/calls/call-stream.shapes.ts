import { Type } from "typebox";
import { EXAMPLE } from "../example.js";
import { answer, freeObject, integer, listOf, oneOf, orNull, record, ref, text } from "../schemas.js";

// What the event stream of a call consists of. doors/chat writes it.

const tokens = (description: string) => integer(`The tokens of ${description}.`);

const CHUNK_EXAMPLE = {
  id: `chatcmpl-${EXAMPLE.callId}`,
  object: "chat.completion.chunk",
  created: 1_772_443_801,
  model: "gpt-3.5-turbo",
  choices: [{ index: 0, delta: { content: "To reset" }, finish_reason: null }],
};

/** The upstream may add fields to a chunk, its choice and its delta. They are passed on. */
const OPEN = { additionalProperties: true };

export const ChatChunk = answer(
  "ChatChunk",
  {
    id: text('"chatcmpl-" and the id of the call.'),
    object: oneOf(["chat.completion.chunk"], "What it is."),
    created: integer("When the call was made, in seconds since 1970."),
    model: text("The model that answers."),
    choices: listOf(
      record(
        {
          index: integer("Always 0."),
          delta: record(
            {
              role: Type.Optional(oneOf(["assistant"], "Who speaks. The first chunk has it.")),
              content: Type.Optional(text("The next part of the text.")),
              refusal: Type.Optional(text("The next part of a refusal.")),
              tool_calls: Type.Optional(listOf(freeObject("A part of a tool call."), "Parts of tool calls.")),
            },
            { ...OPEN, description: "What this chunk adds to the answer." },
          ),
          finish_reason: orNull(text("Why the model stopped. Null until the last chunk of the answer.")),
        },
        OPEN,
      ),
      "One choice. The chunk that tells the usage has none.",
    ),
    usage: Type.Optional(
      record({
        prompt_tokens: tokens("the prompt"),
        completion_tokens: tokens("the answer"),
        total_tokens: tokens("both"),
        prompt_tokens_details: Type.Optional(record({ cached_tokens: tokens("the prompt that came from a cache") })),
        completion_tokens_details: Type.Optional(record({ reasoning_tokens: tokens("the answer's reasoning") })),
      }),
    ),
    replaces: Type.Optional(
      Type.Literal(true, { description: "If it is true, this chunk replaces all chunks before it." }),
    ),
  },
  CHUNK_EXAMPLE,
  OPEN,
);

export const ChatError = answer(
  "ChatError",
  {
    error: record({
      message: text("One sentence that says what went wrong."),
      type: text('"server_error", "invalid_request_error", "rate_limit_error" or "insufficient_quota".'),
      param: orNull(text("Always null here.")),
      code: orNull(text("The code of the error table, in lower case.")),
    }),
  },
  {
    error: {
      message: "The model's provider failed.",
      type: "server_error",
      param: null,
      code: "upstream_failed",
    },
  },
);

const chunk = (id: number, change: object): string =>
  `id: ${id}\ndata: ${JSON.stringify({ ...CHUNK_EXAMPLE, ...change })}\n\n`;
const delta = (id: number, part: object, finishReason: string | null = null): string =>
  chunk(id, { choices: [{ index: 0, delta: part, finish_reason: finishReason }] });
const usage = { prompt_tokens: 17, completion_tokens: 9, total_tokens: 26 };

const EVENT_STREAM_EXAMPLE = [
  delta(1, { role: "assistant", content: "" }),
  delta(2, { content: "To reset" }),
  delta(3, { content: " your password" }),
  delta(4, {}, "stop"),
  chunk(4, { choices: [], usage }),
  "data: [DONE]\n\n",
].join("");

/** The text of an event stream, and what the data of its events is, in order. */
export const EventStream = Type.Unsafe<void>({
  $id: "EventStream",
  type: "string",
  description: `Server-sent events. The data of each event is JSON, except for the last one.

1. A chunk with the role of the speaker.
2. Chunks with parts of the text or of tool calls, as the model sends them.
3. A chunk with the finish_reason.
4. A chunk without choices that tells the usage.
5. \`[DONE]\`, which is not JSON.

If the call fails before a part of its answer has come, the answer is that of a plain call: a status and JSON. If it fails later, the last event is an error instead, and there is no \`[DONE]\`. The headers come with the first part of the answer, and at the latest after 15 seconds.
Each chunk has an \`id:\`. A client that lost its connection follows the call again and sends the last id in the header Last-Event-ID, and gets the events after it.
A chunk with \`"replaces": true\` replaces everything before it. It comes if another model starts the answer over, or if the events that a reader missed are no longer kept one by one.
Lines that begin with a colon keep the connection alive. Readers of server-sent events ignore them.`,
  contentMediaType: "text/event-stream",
  contentSchema: Type.Array(Type.Union([ref(ChatChunk), ref(ChatError), Type.Literal("[DONE]")])),
  examples: [EVENT_STREAM_EXAMPLE],
});
