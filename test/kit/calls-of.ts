import type OpenAI from "openai";
import { openAiOf } from "./clients/openai.js";
import type { Gateway } from "./gateway/gateway.js";
import type { Behaviour } from "./upstream/upstream-behaviours.js";
import { name } from "./world.js";

const CALL = `id status content reasoning extensions finishReason model toolCalls { id name arguments }
  error { code message upstreamCode upstreamParam retryAfterMs } costUsd
  usage { promptTokens completionTokens totalTokens cachedPromptTokens reasoningTokens source }
  attempts { model status errorKind usage { completionTokens source } } job { status }`;
const RUN = `mutation ($input: LlmCallInput!) { runLlmCall(input: $input) { ${CALL} } }`;
const STREAM = `subscription ($input: LlmCallInput!) { event: streamLlmCall(input: $input) { __typename
  ... on LlmCallDelta { content } ... on LlmCallReasoningDelta { content }
  ... on LlmToolCallDelta { index id name arguments } ... on LlmCallModelSwitched { discard }
  ... on LlmCallFinished { call { ${CALL} } } } }`;

// biome-ignore lint/suspicious/noExplicitAny: a test states itself what it expects in there.
type Any = any;

/** The same question asked through each door, with a job of its own, of models that answer like this. */
export async function callsOf(gateway: Gateway, ...behaviours: readonly Behaviour[]) {
  const models = behaviours.map(() => name("model"));
  for (const [index, behaviour] of behaviours.entries()) gateway.upstream.on(models[index] as string, behaviour);
  const team = await gateway.world.team({ models });
  const openai = openAiOf(gateway).clientOf(team.secret);
  const input = { modelGroup: team.modelGroup, messages: [{ role: "USER", content: "What is a tollgate?" }] };
  const chat: OpenAI.ChatCompletionCreateParamsNonStreaming = {
    model: team.modelGroup,
    messages: [{ role: "user", content: "What is a tollgate?" }],
  };
  return {
    team,
    models,
    /** GraphQL, as one answer. */
    run: async (): Promise<Any> => (await team.client.data(RUN, { input })).runLlmCall,
    /** GraphQL, as a stream: its events, and the call that the last one has. */
    stream: async (): Promise<{ events: Any[]; call: Any }> => {
      const events = await gateway.socket(team.secret).events(STREAM, { input }).rest();
      return { events, call: events.at(-1)?.call };
    },
    /** /v1, as one answer: OpenAI's own client. */
    complete: async (): Promise<Any> => openai.chat.completions.create(chat),
    /** /v1, as a stream: the chunks, and the error that ended them. */
    chunks: async (): Promise<{ chunks: Any[]; error: Any }> => {
      const chunks: Any[] = [];
      try {
        const stream = await openai.chat.completions.create({
          ...chat,
          stream: true,
          stream_options: { include_usage: true },
        });
        for await (const piece of stream) chunks.push(piece);
        return { chunks, error: null };
      } catch (error) {
        return { chunks, error };
      }
    },
  };
}

/** What the deltas of /v1's chunks add up to, as OpenAI's documentation says. */
export function addedUp(chunks: readonly Any[]) {
  const sum = { content: "", reasoning: "", refusal: "", finishReason: null as string | null, tools: [] as Any[] };
  for (const { choices } of chunks) {
    const [choice] = choices;
    if (!choice) continue;
    sum.content += choice.delta.content ?? "";
    sum.reasoning += choice.delta.reasoning_content ?? choice.delta.reasoning ?? "";
    sum.refusal += choice.delta.refusal ?? "";
    sum.finishReason = choice.finish_reason ?? sum.finishReason;
    for (const { index, id, function: target } of choice.delta.tool_calls ?? []) {
      sum.tools[index] ??= { id, name: "", arguments: "" };
      sum.tools[index].name += target.name ?? "";
      sum.tools[index].arguments += target.arguments ?? "";
    }
  }
  return sum;
}

/** The text and the tool calls that GraphQL's events add up to. */
export function addedUpEvents(events: readonly Any[]) {
  const sum = { content: "", reasoning: "", tools: [] as Any[] };
  for (const event of events) {
    if (event.__typename === "LlmCallDelta") sum.content += event.content;
    else if (event.__typename === "LlmCallReasoningDelta") sum.reasoning += event.content;
    else if (event.__typename === "LlmCallModelSwitched" && event.discard)
      Object.assign(sum, { content: "", reasoning: "", tools: [] });
    else if (event.__typename === "LlmToolCallDelta") {
      sum.tools[event.index] ??= { id: event.id, name: "", arguments: "" };
      sum.tools[event.index].name += event.name ?? "";
      sum.tools[event.index].arguments += event.arguments ?? "";
    }
  }
  return sum;
}

/** All that the doors show of the same answer. */
export async function shownOf(gateway: Gateway, behaviour: Behaviour) {
  const calls = await callsOf(gateway, behaviour);
  const { events, call } = await calls.stream();
  const { chunks } = await calls.chunks();
  return {
    call,
    events: addedUpEvents(events),
    chunks,
    sum: addedUp(chunks),
    complete: await calls.complete(),
    run: await calls.run(),
  };
}
