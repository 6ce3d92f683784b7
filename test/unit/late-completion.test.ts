import { expect, it } from "vitest";
import { completionShape } from "../../src/doors/openai/openai-shapes.js";
import type { LlmCallRow } from "../../src/features/calls/call.service.js";

const call = {
  id: "1",
  createdAt: new Date(0),
  model: "gpt-4",
  content: null,
  finishReason: "function_call",
  toolCalls: [{ id: "call_a", name: "look", arguments: "{}", isFunctionCall: true }],
  extensions: { citations: ["a"], choice: { logprobs: { content: [] } }, message: { annotations: ["b"] } },
  promptTokens: 12,
  completionTokens: 6,
  cachedPromptTokens: null,
  reasoningTokens: null,
} as unknown as LlmCallRow;

it("an answer that is read from its row, such as a late repetition, has what a first one had", () => {
  const snapshot = { content: "", reasoning: "", reasoningField: "reasoning_content", toolCalls: [] } as const;
  const late = [
    { type: "snapshot", callId: "1", sequence: 1, ...snapshot },
    { type: "finished", callId: "1", sequence: 2, call },
  ] as const;
  expect(completionShape(call, late)).toMatchObject({
    citations: ["a"],
    choices: [
      {
        logprobs: { content: [] },
        message: { content: null, annotations: ["b"], function_call: { name: "look", arguments: "{}" } },
      },
    ],
  });
});
