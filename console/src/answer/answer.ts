import type { CallEventsSubscription } from "../api/graphql";

export type CallEvent = CallEventsSubscription["llmCallEvents"];

/** What a call has said so far. */
export interface Answer {
  /** The number of the last event, after which a reader goes on. */
  readonly sequence: number;
  readonly text: string;
  readonly reasoning: string;
  /** Calls of tools, by their index. Their arguments are text that grows. */
  readonly toolCalls: readonly { readonly name: string; readonly arguments: string }[];
  /** The model that answers. Null until one is asked. */
  readonly model: string | null;
  /** The models that were given up, with why. */
  readonly switches: readonly { readonly from: string; readonly to: string; readonly reason: string }[];
  /** The call as it was settled. Null while it runs. */
  readonly finished: Extract<CallEvent, { __typename: "LlmCallFinished" }>["call"] | null;
}

export const NO_ANSWER: Answer = {
  sequence: 0,
  text: "",
  reasoning: "",
  toolCalls: [],
  model: null,
  switches: [],
  finished: null,
};

/** Returns the answer after one more event. */
export function addEvent(answer: Answer, event: CallEvent): Answer {
  const next = { ...answer, sequence: event.sequence };
  switch (event.__typename) {
    case "LlmCallStarted":
      return { ...NO_ANSWER, sequence: event.sequence, model: event.model };
    case "LlmCallDelta":
      return { ...next, text: answer.text + event.content };
    case "LlmCallReasoningDelta":
      return { ...next, reasoning: answer.reasoning + event.content };
    case "LlmToolCallDelta":
      return { ...next, toolCalls: withToolCall(answer.toolCalls, event) };
    case "LlmCallModelSwitched": {
      const { fromModel: from, toModel: to, reason } = event;
      const switched = { ...next, model: to, switches: [...answer.switches, { from, to, reason }] };
      return event.discard ? { ...switched, text: "", reasoning: "", toolCalls: [] } : switched;
    }
    case "LlmCallSnapshot":
      return { ...next, text: event.content, reasoning: event.reasoning, toolCalls: event.toolCalls };
    case "LlmCallFinished":
      return { ...next, finished: event.call };
  }
}

type ToolCallDelta = Extract<CallEvent, { __typename: "LlmToolCallDelta" }>;

function withToolCall(toolCalls: Answer["toolCalls"], { index, name, arguments: more }: ToolCallDelta) {
  const all = [...toolCalls];
  const before = all[index] ?? { name: "", arguments: "" };
  all[index] = { name: before.name || (name ?? ""), arguments: before.arguments + (more ?? "") };
  return all;
}
