import { Type } from "typebox";
import { LlmCallInput } from "../../../features/calls/question/call.input.js";
import { MessageInput, MessageRole } from "../../../features/calls/question/message.input.js";
import { FREE_DATA_TEXT } from "../../../input/rules.js";
import { Body, optional, required } from "../body.js";
import { EXAMPLE } from "../example.js";
import { lowerCased, upperCase } from "../letter-case.js";
import { flag, freeObject, integer, listOf, number, oneOf, text } from "../schemas.js";

/** Text, or a list of such items. */
const textOrList = (items: object, description: string) =>
  Type.Unsafe<string | unknown[]>({ type: ["string", "array"], items, description });

const message = new Body(MessageInput, {
  role: required("role", oneOf(lowerCased(MessageRole), "Who speaks."), { read: upperCase }),
  content: optional("content", textOrList(freeObject("A content part."), "The text, or a list of content parts."), {
    fieldOfList: "parts",
  }),
  name: optional("name", text("The name of the speaker, 1 to 64 characters.")),
  tool_calls: optional("toolCalls", listOf(freeObject("A tool call."), "The tool calls that an assistant asked for.")),
  tool_call_id: optional("toolCallId", text("The id of the tool call that a tool's message answers.")),
  provider_options: optional(
    "providerOptions",
    freeObject("Further fields of the message, such as a refusal. They are passed on to the upstream."),
  ),
});

/** The fields of the question itself, in OpenAI's words. */
const question = {
  model_group: required("modelGroup", text("One of the team's model groups.")),
  messages: required("messages", listOf(message.schema, "1 to 2,000 messages in OpenAI's chat format."), {
    of: message,
  }),
  purpose: optional("purpose", text("What the call is for, 1 to 200 characters.")),
  temperature: optional("temperature", number("0 to 2. Null leaves it to the model.")),
  max_tokens: optional("maxTokens", integer("How many tokens the answer may have, 1 or more.")),
  top_p: optional("topP", number("0 to 1. Null leaves it to the model.")),
  stop: optional("stop", textOrList(Type.String(), "Up to 16 texts. The answer ends before the first of them."), {
    read: (stop: string | string[]) => [stop].flat(),
  }),
  seed: optional("seed", integer("With the same seed, some models repeat their answer.")),
  tools: optional("tools", listOf(freeObject("A tool."), "Up to 128 tools, as OpenAI defines them.")),
  tool_choice: optional(
    "toolChoice",
    Type.Unknown({ description: '"none", "auto", "required", or an object that names a tool.' }),
  ),
  response_format: optional(
    "responseFormat",
    freeObject('The format of the answer, such as {"type": "json_object"}, as OpenAI defines it.'),
  ),
  frequency_penalty: optional("providerOptions", number("-2 to 2."), { isInside: true }),
  presence_penalty: optional("providerOptions", number("-2 to 2."), { isInside: true }),
  parallel_tool_calls: optional("providerOptions", flag("Whether the model may ask for several tools at once."), {
    isInside: true,
  }),
  provider_options: optional(
    "providerOptions",
    freeObject("Further fields that are passed on to the upstream under the same names."),
  ),
  metadata: optional("metadata", freeObject(`${FREE_DATA_TEXT}.`)),
} as const;

const QUESTION_EXAMPLE = {
  model_group: EXAMPLE.group,
  messages: [
    { role: "system", content: "You are a helpful customer support assistant." },
    { role: "user", content: "How do I reset my password?" },
  ],
  purpose: "initial_response",
  temperature: 0.7,
  max_tokens: 200,
};

export const llmCall = new Body(LlmCallInput, question, QUESTION_EXAMPLE);

/** A call that opens and ends its own job. */
export const singleCall = new Body(
  LlmCallInput,
  {
    team_id: optional("teamId", text("The key's own team. Null means the same.")),
    job_type: optional("jobType", text('What kind of work it is, 1 to 100 characters. Null means "llm-call".')),
    ...question,
  },
  { team_id: EXAMPLE.teamId, job_type: "customer_support", ...QUESTION_EXAMPLE },
);
