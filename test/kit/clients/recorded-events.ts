// The events of Anthropic's streams, as its public documentation shows them.

/** One event, without `ping`, which may come at any time. */
// biome-ignore lint/suspicious/noExplicitAny: a test says itself what it expects in there.
export type Event = any;

const start = {
  type: "message_start",
  message: { type: "message", role: "assistant", content: [], stop_reason: null },
};
const block = (index: number, content_block: object): Event => ({ type: "content_block_start", index, content_block });
const delta = (index: number, given: object): Event => ({ type: "content_block_delta", index, delta: given });
const texts = (index: number, ...pieces: string[]) => pieces.map((text) => delta(index, { type: "text_delta", text }));
const stop = (index: number): Event => ({ type: "content_block_stop", index });
const end = (stop_reason: string, output_tokens: number): Event[] => [
  { type: "message_delta", delta: { stop_reason, stop_sequence: null }, usage: { output_tokens } },
  { type: "message_stop" },
];

export const BASIC: readonly Event[] = [
  start,
  block(0, { type: "text", text: "" }),
  ...texts(0, "Hello", "!"),
  stop(0),
  ...end("end_turn", 15),
];

const INPUT = ['{"location":', ' "San', " Francisc", "o,", ' CA"', ", ", '"unit": "fah', 'renheit"}'];
const TOOL_ID = "toolu_01T1x1fJ34qAmk2tNTrN7Up6";
const WORDS = ["Okay", ",", " let", "'s", " check", " the", " weather", " for", " San", " Francisco", ",", " CA", ":"];

export const TOOL_USE: readonly Event[] = [
  start,
  block(0, { type: "text", text: "" }),
  ...texts(0, ...WORDS),
  stop(0),
  block(1, { type: "tool_use", id: TOOL_ID, name: "get_weather", input: {} }),
  ...["", ...INPUT].map((partial_json) => delta(1, { type: "input_json_delta", partial_json })),
  stop(1),
  ...end("tool_use", 89),
];

const THOUGHTS = [
  "I need to find the GCD of 1071 and 462 using the Euclidean algorithm.\n\n1071 = 2 × 462 + 147",
  "\n462 = 3 × 147 + 21",
  "\n147 = 7 × 21 + 0",
  "\nThe remainder is 0, so GCD(1071, 462) = 21.",
];
const SIGNATURE = "EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdjrkzLoky3dl1pkiMOYds";
const GCD = "The greatest common divisor of 1071 and 462 is **21**.";

export const THINKING: readonly Event[] = [
  start,
  block(0, { type: "thinking", thinking: "", signature: "" }),
  ...THOUGHTS.map((thinking) => delta(0, { type: "thinking_delta", thinking })),
  delta(0, { type: "signature_delta", signature: SIGNATURE }),
  stop(0),
  block(1, { type: "text", text: "" }),
  ...texts(1, GCD),
  stop(1),
  ...end("end_turn", 89),
];

const usage = (completion_tokens: number) => ({ prompt_tokens: 25, completion_tokens });

/** What an upstream of OpenAI's format sends for the same answers: its deltas, and its end. */
export const SENT = {
  basic: { deltas: [{ content: "Hello" }, { content: "!" }], end: { reason: "stop", usage: usage(15) } },
  toolUse: {
    deltas: [
      ...WORDS.map((content) => ({ content })),
      { tool_calls: [{ index: 0, id: TOOL_ID, function: { name: "get_weather", arguments: "" } }] },
      ...INPUT.map((text) => ({ tool_calls: [{ index: 0, function: { arguments: text } }] })),
    ],
    end: { reason: "tool_calls", usage: usage(89) },
  },
  /** As an upstream of Anthropic's own kind is read: the block as a whole, at its end. */
  thinking: {
    deltas: [
      ...THOUGHTS.map((reasoning_content) => ({ reasoning_content })),
      { thinking_blocks: [{ type: "thinking", thinking: THOUGHTS.join(""), signature: SIGNATURE }] },
      { content: GCD },
    ],
    end: { reason: "stop", usage: usage(89) },
  },
  /** As LiteLLM sends it: pieces of the block beside the same pieces of reasoning, then the signature. */
  thinkingInPieces: {
    deltas: [
      ...THOUGHTS.map((thinking) => ({
        reasoning_content: thinking,
        thinking_blocks: [{ type: "thinking", thinking, signature: null }],
      })),
      { reasoning_content: "", thinking_blocks: [{ type: "thinking", thinking: "", signature: SIGNATURE }] },
      { content: GCD },
    ],
    end: { reason: "stop", usage: usage(89) },
  },
} as const;

/** Events without pings, and with neighbouring deltas of a block as one: how an answer is cut is nobody's promise. */
export function folded(events: readonly Event[]): Event[] {
  const all: Event[] = [];
  for (const event of events) {
    const last = all.at(-1);
    const isMore = last?.type === "content_block_delta" && event.delta?.type === last.delta.type;
    if (event.type === "ping") continue;
    if (!isMore || last.index !== event.index) all.push(structuredClone(event));
    else
      for (const name of ["text", "thinking", "partial_json"])
        if (name in last.delta) last.delta[name] += event.delta[name];
  }
  return all;
}
