import { freeObject, integer, listOf, number, oneOf, text } from "../../../edge/http/json-schema.js";
import { LlmCallInput, MessageInput } from "../../../features/calls/call.input.js";
import { Body, optional, required } from "../body.js";

const message = new Body(MessageInput, {
  role: required("role", oneOf(["system", "developer", "user", "assistant", "tool"], "Who speaks."), {
    read: (role: string) => role.toUpperCase(),
  }),
  content: optional(
    "content",
    { type: ["string", "array"], items: freeObject("A content part."), description: "Text, or content parts." },
    { fieldOfList: "parts" },
  ),
  name: optional("name", text("The speaker's name, 1 to 64 characters.")),
  tool_calls: optional("toolCalls", listOf(freeObject("A call."), "What an assistant asked to be called.")),
  tool_call_id: optional("toolCallId", text("Which call a tool's message answers.")),
});

/** The question itself, in OpenAI's words. */
const question = {
  model_group: required("modelGroup", text("One of the team's model groups.")),
  messages: required("messages", listOf(message.schema, "1 to 2,000 messages in OpenAI's chat format."), {
    of: message,
  }),
  purpose: optional("purpose", text("What it is for, 1 to 200 characters.")),
  temperature: optional("temperature", number("0 to 2; null leaves it to the model.")),
  max_tokens: optional("maxTokens", integer("The most tokens of the answer, 1 or more.")),
  top_p: optional("topP", number("0 to 1.")),
  stop: optional(
    "stop",
    { type: ["string", "array"], items: { type: "string" }, description: "1 to 16 texts that end the answer." },
    { read: (stop: string | string[]) => [stop].flat() },
  ),
  seed: optional("seed", integer("For repeatable answers, where the model can.")),
  tools: optional("tools", listOf(freeObject("A tool."), "1 to 128 tools as OpenAI defines them.")),
  tool_choice: optional("toolChoice", { description: '"none", "auto", "required", or an object that names a tool.' }),
  response_format: optional("responseFormat", freeObject('Such as {"type": "json_object"}, as OpenAI defines it.')),
  frequency_penalty: optional("providerOptions", number("-2 to 2."), { isInside: true }),
  presence_penalty: optional("providerOptions", number("-2 to 2."), { isInside: true }),
  parallel_tool_calls: optional("providerOptions", { type: "boolean" }, { isInside: true }),
  provider_options: optional("providerOptions", freeObject("Further fields for the upstream, by their names there.")),
  metadata: optional("metadata", freeObject("Free data of the call, at most 16 KiB as JSON.")),
} as const;

export const llmCall = new Body(LlmCallInput, question);

/** A call with a job of its own. */
export const singleCall = new Body(LlmCallInput, {
  team_id: optional("teamId", text("The key's own team, which is also what null means.")),
  job_type: optional("jobType", text('What kind of work, 1 to 100 characters; null is "llm-call".')),
  ...question,
});
