import { z } from "zod";

// What the specification of Open Responses (openresponses.org) asks of a response and its items. Objects are strict where it
// has no room for further fields.

const count = z.number().int().nonnegative();
const text = z.string();

const logprob = z.object({
  token: text,
  logprob: z.number(),
  bytes: z.array(count),
  top_logprobs: z.array(z.object({ token: text, logprob: z.number(), bytes: z.array(count) })),
});
const urlCitation = z.strictObject({
  type: z.literal("url_citation"),
  url: text,
  start_index: count,
  end_index: count,
  title: text,
});

export const outputText = z.strictObject({
  type: z.literal("output_text"),
  text,
  annotations: z.array(urlCitation),
  logprobs: z.array(logprob),
});
export const refusal = z.strictObject({ type: z.literal("refusal"), refusal: text });
export const summaryText = z.strictObject({ type: z.literal("summary_text"), text });

const status = z.enum(["in_progress", "completed", "incomplete"]);
const message = z.strictObject({
  type: z.literal("message"),
  id: text.regex(/^msg_/),
  status,
  role: z.literal("assistant"),
  content: z.array(z.union([outputText, refusal])),
});
const functionCall = z.strictObject({
  type: z.literal("function_call"),
  id: text.regex(/^fc_/),
  call_id: text.min(1),
  name: text.min(1),
  arguments: text,
  status,
});
const customToolCall = z.strictObject({
  type: z.literal("custom_tool_call"),
  id: text.regex(/^ctc_/),
  call_id: text.min(1),
  name: text.min(1),
  input: text,
  status,
});
const reasoning = z.strictObject({
  type: z.literal("reasoning"),
  id: text.regex(/^rs_/),
  summary: z.array(summaryText),
  encrypted_content: text.optional(),
});
export const outputItem = z.discriminatedUnion("type", [message, functionCall, customToolCall, reasoning]);

const functionTool = z.strictObject({
  type: z.literal("function"),
  name: text,
  description: text.nullable(),
  parameters: z.record(text, z.unknown()).nullable(),
  strict: z.boolean().nullable(),
});
const format = z.union([
  z.strictObject({ type: z.enum(["text", "json_object"]) }),
  z.strictObject({
    type: z.literal("json_schema"),
    name: text,
    description: text.nullable(),
    schema: z.record(text, z.unknown()).nullable(),
    strict: z.boolean(),
  }),
]);
const usage = z.strictObject({
  input_tokens: count,
  input_tokens_details: z.object({ cached_tokens: count }),
  output_tokens: count,
  output_tokens_details: z.object({ reasoning_tokens: count }),
  total_tokens: count,
});

/** A response. None of its fields may be absent, and no other may be there. */
export const responseSchema = z.strictObject({
  id: text.regex(/^resp_/),
  object: z.literal("response"),
  created_at: z.number().int().positive(),
  completed_at: z.number().int().positive().nullable(),
  status: z.enum(["in_progress", "completed", "incomplete", "failed", "cancelled"]),
  incomplete_details: z.strictObject({ reason: z.enum(["max_output_tokens", "content_filter"]) }).nullable(),
  model: text.min(1),
  previous_response_id: text.nullable(),
  instructions: text.nullable(),
  output: z.array(outputItem),
  error: z.strictObject({ code: text, message: text }).nullable(),
  tools: z.array(functionTool),
  tool_choice: z.union([
    z.enum(["none", "auto", "required"]),
    z.strictObject({ type: z.literal("function"), name: text }),
  ]),
  truncation: z.enum(["auto", "disabled"]),
  parallel_tool_calls: z.boolean(),
  text: z.strictObject({ format, verbosity: z.enum(["low", "medium", "high"]).optional() }),
  top_p: z.number(),
  presence_penalty: z.number(),
  frequency_penalty: z.number(),
  top_logprobs: count,
  temperature: z.number(),
  reasoning: z.strictObject({ effort: text.nullable(), summary: text.nullable() }).nullable(),
  user: text.nullable(),
  usage: usage.nullable(),
  max_output_tokens: count.nullable(),
  max_tool_calls: count.nullable(),
  store: z.boolean(),
  background: z.boolean(),
  service_tier: text,
  metadata: z.record(text, z.unknown()),
  safety_identifier: text.nullable(),
  prompt_cache_key: text.nullable(),
});
