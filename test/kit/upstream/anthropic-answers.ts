// Answers in Anthropic's format, as its public documentation shows them.

type Event = Readonly<Record<string, unknown>> & { readonly type: string };

const MESSAGE = { id: "msg_1", type: "message", role: "assistant", model: "claude-opus-4-8", content: [] };
const USAGE = { input_tokens: 25, output_tokens: 1 };

/** A whole message. */
export const message = (content: readonly object[], more: object = {}): string =>
  JSON.stringify({
    ...MESSAGE,
    content,
    stop_reason: "end_turn",
    stop_sequence: null,
    usage: { input_tokens: 25, output_tokens: 15 },
    ...more,
  });

export const events = (...given: readonly Event[]): string =>
  given.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join("");

export const start = (usage: object = USAGE): Event => ({
  type: "message_start",
  message: { ...MESSAGE, stop_reason: null, stop_sequence: null, usage },
});

/** The events of one block: what it begins as, and its deltas. */
export const block = (index: number, content_block: object, ...deltas: readonly object[]): Event[] => [
  { type: "content_block_start", index, content_block },
  ...deltas.map((delta) => ({ type: "content_block_delta", index, delta })),
  { type: "content_block_stop", index },
];

export const text = (index: number, ...pieces: readonly string[]): Event[] =>
  block(index, { type: "text", text: "" }, ...pieces.map((piece) => ({ type: "text_delta", text: piece })));

export const stop = (stop_reason = "end_turn", usage: object = { output_tokens: 15 }, more: object = {}): Event[] => [
  { type: "message_delta", delta: { stop_reason, stop_sequence: null, ...more }, usage },
  { type: "message_stop" },
];
