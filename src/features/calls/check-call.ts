import { authorize } from "../../auth/policy.js";
import { scopeOf, type TeamViewer, type Viewer } from "../../auth/viewer.js";
import { invalid, validate } from "../../input/validate.js";
import { notFound } from "../../lib/errors.js";
import { isUuid } from "../../lib/ids.js";
import type { ChatMessage, ChatRequest } from "../../upstream/provider.js";
import { claimOf } from "../idempotency/idempotency-keys.js";
import { type LlmCallInput, MidStreamFailurePolicy } from "./call.input.js";
import type { CallToAdmit, OnDisconnect } from "./commit/admitted-call.js";
import { type MessageInput, MessageRole } from "./message.input.js";

/** How a call is made, and what happens without a client if the caller does not say. */
export interface Manner {
  /** Whether the upstream is asked for a stream, or for one plain answer. */
  readonly delivery: "plain" | "streamed";
  readonly onDisconnect: OnDisconnect;
  readonly idempotencyKey: string | null | undefined;
}

/**
 * Checks who calls and what, before anything is taken or written for the call. Throws UNAUTHENTICATED, FORBIDDEN or
 * TEAM_SUSPENDED, INVALID_INPUT for the input, and NOT_FOUND for a job or team that cannot be the viewer's.
 */
export function checkCall(viewer: Viewer, input: LlmCallInput, manner: Manner): CallToAdmit {
  authorize(viewer, "call.run");
  const request = toChatRequest(validate(input), manner.delivery === "streamed");
  checkJobAndTeam(viewer, input);
  return {
    viewer,
    claim: claimOf(scopeOf(viewer), "llm-call", manner.idempotencyKey, input),
    jobId: input.jobId ?? null,
    jobType: input.jobType ?? "llm-call",
    modelGroup: input.modelGroup,
    purpose: input.purpose ?? null,
    metadata: input.metadata ?? {},
    request,
    restartsMidStream: input.onMidStreamFailure === MidStreamFailurePolicy.RESTART,
    onDisconnect: input.onDisconnect ?? manner.onDisconnect,
  };
}

function checkJobAndTeam(viewer: TeamViewer, { jobId, jobType, teamId }: LlmCallInput): void {
  if (jobId != null && jobType != null) throw invalid("input.jobType", "must not be given beside jobId", jobType);
  if (jobId != null && teamId != null) throw invalid("input.teamId", "must not be given beside jobId", teamId);
  if (jobId != null && !isUuid(jobId)) throw notFound("job", jobId);
  if (teamId != null && teamId !== viewer.teamId) throw notFound("team", teamId);
}

/** Fields of the upstream's request that the gateway sets itself, or that would falsify its counting. */
const RESERVED = new Set(["model", "messages", "stream", "stream_options", "n"]);

const MESSAGE_FIELDS = new Set(["role", "content", "name", "tool_calls", "tool_call_id"]);

/** Makes the upstream's request from a call's input, without the model. Throws INVALID_INPUT if the messages do not fit. */
function toChatRequest(input: LlmCallInput, stream: boolean): Omit<ChatRequest, "model"> {
  const named = {
    temperature: input.temperature,
    max_tokens: input.maxTokens,
    top_p: input.topP,
    stop: input.stop,
    seed: input.seed,
    tools: input.tools,
    tool_choice: input.toolChoice,
    response_format: input.responseFormat,
  };
  for (const name of Object.keys(input.providerOptions ?? {})) {
    if (name in named || RESERVED.has(name))
      throw invalid("input.providerOptions", "must not set what the gateway sets or what has a field of its own", name);
  }
  const given = Object.entries(named).filter(([, value]) => value != null);
  const messages = input.messages.map((message, index) => toChatMessage(message, `input.messages[${index}]`));
  return { messages, options: { ...input.providerOptions, ...Object.fromEntries(given) }, stream };
}

function toChatMessage(message: MessageInput, field: string): ChatMessage {
  const { role, content, parts, name, toolCalls, toolCallId } = message;
  const asksForTools = role === MessageRole.ASSISTANT && (toolCalls?.length ?? 0) > 0;
  if (content != null && parts != null) throw invalid(field, "must have content or parts, not both", "both");
  if (content == null && parts == null && !asksForTools) throw invalid(field, "must have content or parts", "neither");
  if (content === "" && role !== MessageRole.ASSISTANT && role !== MessageRole.TOOL)
    throw invalid(`${field}.content`, "must not be empty", content);
  if (parts && (parts.length === 0 || parts.some((part) => typeof part.type !== "string"))) {
    throw invalid(
      `${field}.parts`,
      "must be objects with a type, at least one",
      parts.length === 0 ? [] : "a part without a type",
    );
  }
  if (toolCalls != null && !asksForTools)
    throw invalid(`${field}.toolCalls`, "must be at least one, on an ASSISTANT message only", role);
  if ((toolCallId != null) !== (role === MessageRole.TOOL))
    throw invalid(`${field}.toolCallId`, "must be on a TOOL message, and only there", role);
  for (const name of Object.keys(message.providerOptions ?? {})) {
    if (MESSAGE_FIELDS.has(name))
      throw invalid(`${field}.providerOptions`, "must not set what has a field of its own", name);
  }
  return {
    ...message.providerOptions,
    role: role.toLowerCase() as ChatMessage["role"],
    content: content ?? parts ?? null,
    ...(name != null && { name }),
    ...(toolCalls != null && { tool_calls: toolCalls }),
    ...(toolCallId != null && { tool_call_id: toolCallId }),
  };
}
