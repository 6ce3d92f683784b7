import type { FastifyRequest } from "fastify";
import { LlmCallInput } from "../../../features/calls/question/call.input.js";
import { entryOf } from "../../../lib/json/entry-of.js";
import type { Json, JsonObject } from "../../../lib/json/json.js";
import { isObject } from "../../../lib/json/unknown-json.js";
import { placeOf } from "../../chat/place-of-request.js";
import { type ApiVersion, apiVersionOf } from "./api-version.js";
import { beside } from "./content-parts.js";
import { conversationOf } from "./conversation.js";
import { isStrict } from "./is-strict.js";
import type { MessagesBody } from "./messages-body.js";
import { notOffered, unusable } from "./unusable.js";

/** OpenAI takes no longer name of a user, and the names of Anthropic's own tools are longer. */
const USER_MAX_CHARACTERS = 64;

/** What Anthropic's own servers would have to do, in a sentence each. */
const NOT_OFFERED: Readonly<Record<string, string>> = {
  container: "containers run at Anthropic. This gateway has none.",
  mcp_servers: "MCP servers are called by Anthropic. Here the client calls them, and gives the model their tools.",
};

/** By this, the loop for tools of Anthropic's SDK knows that it has to send the whole conversation each time. */
const NO_THREADS = { error_code: "thread_unsupported_request", unsupported: [] };

/** Fields that the new version refuses, even with the value that they have anyway. */
const SAMPLING = ["temperature", "top_p", "top_k"];

type MessagesRequest = FastifyRequest<{ Body: MessagesBody }>;

/** Makes the service's input from a body, and from the job and the idempotency key that the request names. */
export function callOfBody(request: MessagesRequest): LlmCallInput {
  const question = questionOfBody(request);
  return Object.assign(question, {
    ...placeOf(request, request.body.metadata),
    idempotencyKey: request.headers["idempotency-key"] ?? null,
  });
}

/** Makes the service's input from a body alone. */
export function questionOfBody(request: MessagesRequest): LlmCallInput {
  const { body } = request;
  const version = apiVersionOf(request);
  requireOffered(body, version);
  const { model, messages: _turns, system: _system, max_tokens: maxTokens, temperature, top_p: topP, ...more } = body;
  const { stop_sequences: stop, tools, tool_choice: choice, stream: _stream, ...rest } = more;
  const { mcp_servers: _none, ...others } = rest;
  const hasTools = (tools?.length ?? 0) > 0;
  return Object.assign(new LlmCallInput(), {
    modelGroup: model,
    messages: conversationOf(body, version).map(({ message }) => message),
    maxTokens,
    temperature,
    topP,
    stop,
    tools: hasTools ? tools?.map(toolOf) : null,
    toolChoice: hasTools && choice ? toolChoiceOf(choice) : null,
    responseFormat: responseFormatOf(body),
    providerOptions: {
      ...optionsOf(others),
      ...(hasTools && choice?.disable_parallel_tool_use === true && { parallel_tool_calls: false }),
    },
    leavesOutBookkeeping: true,
  });
}

function requireOffered(body: MessagesBody, version: ApiVersion): void {
  for (const [name, why] of Object.entries(NOT_OFFERED)) {
    const value = body[name];
    if (value != null && !(Array.isArray(value) && value.length === 0)) throw notOffered([name], why);
  }
  if (body.thread != null)
    throw notOffered(["thread"], "conversations are not kept here. Send all messages with each request.", NO_THREADS);
  const refused = version === "2026-10-21" ? SAMPLING.find((name) => body[name] != null) : undefined;
  if (refused !== undefined)
    throw notOffered([refused], `is not part of version ${version}. Version 2023-06-01 takes it.`);
}

/** A tool that the client carries out becomes a function. Any other goes on as it is, if the group allows it. */
function toolOf(tool: JsonObject, index: number): JsonObject {
  const { type, name, description, input_schema: parameters, strict } = tool;
  if (type != null && type !== "custom") return tool;
  if (typeof name !== "string") throw unusable(["tools", index, "name"], "must be a text", name ?? null);
  if (!isObject(parameters)) throw unusable(["tools", index, "input_schema"], "must be an object", parameters ?? null);
  const made = { name, ...(description != null && { description }), parameters, ...(strict != null && { strict }) };
  return { type: "function", function: made as JsonObject, ...beside(tool, "cache_control") };
}

const CHOICES: Readonly<Record<string, string>> = { auto: "auto", any: "required", none: "none" };

function toolChoiceOf({ type, name }: JsonObject): Json {
  if (type !== "tool") return entryOf(CHOICES, type) ?? null;
  if (typeof name !== "string") throw unusable(["tool_choice", "name"], "must be the name of a tool", name ?? null);
  return { type: "function", function: { name } };
}

/** `output_format` is what `output_config.format` was called before. */
function responseFormatOf({ output_config: config, output_format: older }: MessagesBody): JsonObject | null {
  const [format, at] =
    config?.format == null ? [older, ["output_format"]] : [config.format, ["output_config", "format"]];
  if (format == null) return null;
  if (!isObject(format) || format.type !== "json_schema" || !isObject(format.schema))
    throw unusable(at, 'must be {"type": "json_schema", "schema": ...}', format);
  const schema = format.schema as JsonObject;
  return { type: "json_schema", json_schema: { name: "answer", schema, ...(isStrict(schema) && { strict: true }) } };
}

/**
 * The fields that have no name of ours. Of Anthropic's own, some have another name for the upstream. The effort has both
 * names: an upstream of Anthropic's heeds its own.
 */
function optionsOf({ metadata, output_config: config, output_format: _format, service_tier: tier, ...others }: Others) {
  const { format: _same, ...ofConfig } = config ?? {};
  const { effort } = ofConfig;
  const user = metadata?.user_id;
  const isShort = typeof user === "string" && user !== "" && user.length <= USER_MAX_CHARACTERS;
  return {
    ...others,
    ...(isShort && { user }),
    ...(effort != null && { reasoning_effort: effort }),
    ...(Object.keys(ofConfig).length > 0 && { output_config: ofConfig }),
    ...(tier != null && { service_tier: tier === "standard_only" ? "default" : tier }),
  } as JsonObject;
}

type Others = JsonObject & Pick<MessagesBody, "metadata" | "output_config" | "output_format">;
