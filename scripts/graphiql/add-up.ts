/** A call that is followed, as its events add up. */
export interface Answer {
  /** What happens, in a few words. */
  readonly state: string;
  readonly text: string;
  readonly reasoning: string;
  readonly toolCalls: readonly ToolCall[];
  /** What happened on the way, a sentence each. */
  readonly notes: readonly string[];
}

interface ToolCall {
  readonly name: string;
  readonly arguments: string;
}

/** An event of a call as GraphQL sends it: only the fields that were selected are there. */
type Event = Readonly<Record<string, unknown>>;

const BEGUN: Answer = { state: "The call runs.", text: "", reasoning: "", toolCalls: [], notes: [] };

/** Returns the event of a call in the data of a result, or null if there is none. */
export function eventIn(data: unknown): Event | null {
  const [event] = isObject(data) ? Object.values(data) : [];
  return isObject(event) && String(event.__typename) in STEPS ? event : null;
}

/** Returns the answer after one more event. Null stands for the answer before the first. */
export function addUp(answer: Answer | null, event: Event): Answer {
  const step = STEPS[String(event.__typename)];
  return step ? step(answer ?? BEGUN, event) : (answer ?? BEGUN);
}

const STEPS: Readonly<Record<string, (answer: Answer, event: Event) => Answer>> = {
  LlmCallStarted: (_answer, { model }) => ({ ...BEGUN, state: `${textOf(model) || "A model"} is asked.` }),
  LlmCallSnapshot: (answer, event) => ({
    ...answer,
    text: textOf(event.content),
    reasoning: textOf(event.reasoning),
    toolCalls: toolCallsOf(event.toolCalls),
  }),
  LlmCallDelta: (answer, { content }) => ({ ...answer, text: answer.text + textOf(content) }),
  LlmCallReasoningDelta: (answer, { content }) => ({ ...answer, reasoning: answer.reasoning + textOf(content) }),
  LlmToolCallDelta: (answer, event) => ({ ...answer, toolCalls: withPart(answer.toolCalls, event) }),
  LlmCallModelSwitched: (answer, { fromModel, toModel, reason, discard }) => {
    const to = textOf(toModel) || "Another model";
    const note = `${textOf(fromModel) || "A model"} failed, and ${to} is asked. ${textOf(reason)}`.trim();
    const kept = discard === true ? BEGUN : answer;
    return { ...kept, state: `${to} is asked.`, notes: [...answer.notes, note] };
  },
  LlmCallFinished: (answer, { call }) => ({ ...answer, state: endOf(isObject(call) ? call : {}) }),
};

function withPart(toolCalls: readonly ToolCall[], event: Event): readonly ToolCall[] {
  const index = typeof event.index === "number" ? event.index : Math.max(0, toolCalls.length - 1);
  const all = Array.from({ length: Math.max(toolCalls.length, index + 1) }, (_, at) => toolCalls[at] ?? NO_CALL);
  return all.map((call, at) =>
    at === index ? { name: call.name + textOf(event.name), arguments: call.arguments + textOf(event.arguments) } : call,
  );
}

const NO_CALL: ToolCall = { name: "", arguments: "" };

const toolCallsOf = (given: unknown): readonly ToolCall[] =>
  Array.isArray(given)
    ? given.filter(isObject).map((call) => ({ name: textOf(call.name), arguments: textOf(call.arguments) }))
    : [];

function endOf({ status, costUsd }: Event): string {
  const cost = typeof costUsd === "string" ? ` It cost ${costUsd} USD.` : "";
  return `The call ended${typeof status === "string" ? `: ${status}` : ""}.${cost}`;
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
