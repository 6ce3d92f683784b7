// Answers in the format of OpenAI's responses, as its public documentation shows them.

type Event = Readonly<Record<string, unknown>> & { readonly type: string };

const RESPONSE = { id: "resp_1", object: "response", created_at: 1741476777, model: "gpt-5.2", error: null };
const USAGE = {
  input_tokens: 36,
  input_tokens_details: { cached_tokens: 4 },
  output_tokens: 87,
  output_tokens_details: { reasoning_tokens: 10 },
  total_tokens: 123,
};

/** A whole response. */
export const response = (output: readonly object[], more: object = {}): string =>
  JSON.stringify({ ...RESPONSE, status: "completed", incomplete_details: null, output, usage: USAGE, ...more });

export const messageItem = (...content: readonly object[]) => ({
  type: "message",
  id: "msg_1",
  status: "completed",
  role: "assistant",
  content,
});
export const outputText = (text: string, annotations: readonly object[] = []) => ({
  type: "output_text",
  text,
  annotations,
});

/** The events of a stream, numbered, between the beginning of the response and its end. */
export function responseEvents(between: readonly Event[], end: Event = ended("completed")): string {
  const begun = ["response.created", "response.in_progress"].map((type) => ({
    type,
    response: { ...RESPONSE, status: "in_progress", output: [], usage: null },
  }));
  return [...begun, ...between, end]
    .map((event, sequence_number) => `event: ${event.type}\ndata: ${JSON.stringify({ ...event, sequence_number })}\n\n`)
    .join("");
}

export const ended = (status: "completed" | "incomplete" | "failed", more: object = {}): Event => ({
  type: `response.${status}`,
  response: { ...RESPONSE, status, output: [], usage: USAGE, ...more },
});

/** The events of one item: how it begins, what comes of it, and how it ends. */
export const itemEvents = (output_index: number, begun: object, done: object, ...deltas: readonly Event[]): Event[] => [
  { type: "response.output_item.added", output_index, item: begun },
  ...deltas.map((event) => ({ output_index, ...event })),
  { type: "response.output_item.done", output_index, item: done },
];

export const textEvents = (output_index: number, ...pieces: readonly string[]): Event[] => {
  const of = { item_id: "msg_1", content_index: 0 };
  const part = outputText(pieces.join(""));
  return itemEvents(
    output_index,
    { ...messageItem(), status: "in_progress" },
    messageItem(part),
    { type: "response.content_part.added", ...of, part: outputText("") },
    ...pieces.map((delta) => ({ type: "response.output_text.delta", ...of, delta })),
    { type: "response.output_text.done", ...of, text: part.text },
    { type: "response.content_part.done", ...of, part },
  );
};
