import { UpstreamError } from "./failure/upstream-error.js";
import { type ChatMessage, type ChatRequest, isOfAnswer, type Part, type UnknownFields } from "./provider.js";

/** The names under which thoughts of earlier turns go back to the model, signed or encrypted by whoever thought them. */
const THOUGHTS = ["thinking_blocks", "reasoning_details"] as const;

/** How Anthropic and OpenAI refuse thoughts that they have not signed or encrypted themselves. */
const NOT_OURS = /invalid `?(signature|data)`? in `?(redacted_)?thinking|encrypted content .*could not be/i;

/**
 * Asks, and asks once more without the thoughts of earlier turns if these are refused. Only the account that thought them
 * can read them. So a conversation that goes on at another upstream of its group would end there, for thoughts that the
 * answer does not need. A refusal costs nothing. After one that tells of usage all the same, it is not asked again, because
 * an attempt has the usage of one answer.
 */
export async function* orWithoutThoughts(
  request: ChatRequest,
  ask: (request: ChatRequest) => AsyncIterable<readonly Part[]>,
): AsyncGenerator<readonly Part[], void, undefined> {
  let hasBegun = false;
  try {
    for await (const parts of ask(request)) {
      hasBegun ||= parts.some((part) => isOfAnswer(part) || part.type === "usage");
      yield parts;
    }
    return;
  } catch (failure) {
    if (hasBegun || !refusesThoughts(failure) || !request.messages.some(hasThoughts)) throw failure;
  }
  yield* ask({ ...request, messages: request.messages.map(withoutThoughts) });
}

function refusesThoughts(failure: unknown): boolean {
  if (!(failure instanceof UpstreamError) || failure.kind !== "invalid-request") return false;
  return failure.code === "invalid_encrypted_content" || NOT_OURS.test(failure.message);
}

const hasThoughts = (message: ChatMessage): boolean => THOUGHTS.some((name) => name in message);

function withoutThoughts(message: ChatMessage): ChatMessage {
  const { thinking_blocks: _signed, reasoning_details: _encrypted, ...rest } = message as ChatMessage & UnknownFields;
  return rest as ChatMessage;
}
