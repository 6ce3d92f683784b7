import { type LlmCallInput, MidStreamFailurePolicy } from "./call.input.js";
import { givenOptions } from "./chat-request.js";
import { JsonCallInput } from "./json-call.input.js";

/** The type of a job that is opened for one call, if the caller names none. */
export const JOB_TYPE_DEFAULT = "llm-call";

/**
 * What of a call's input is compared if its idempotency key comes again. A field that is left out, one that is null and
 * one that has the default say the same, so they are the same request. SDKs differ in which of them they send.
 */
export function claimInputOf(input: LlmCallInput | JsonCallInput): object {
  if (input instanceof JsonCallInput) return claimOfJson(input);
  const {
    teamId: _own,
    leavesOutBookkeeping: _door,
    jobType,
    onMidStreamFailure,
    providerOptions,
    messages,
    ...rest
  } = input;
  return {
    ...rest,
    jobType: jobType === JOB_TYPE_DEFAULT ? null : jobType,
    onMidStreamFailure: onMidStreamFailure === MidStreamFailurePolicy.FAIL ? null : onMidStreamFailure,
    providerOptions: givenOptions(providerOptions),
    messages: messages.map(({ toolCalls, providerOptions: options, ...message }) => ({
      ...given(message),
      ...(toolCalls?.length && { toolCalls }),
      ...given(givenOptions(options)),
    })),
  };
}

function claimOfJson({ teamId: _own, jobType, body, ...rest }: JsonCallInput): object {
  return { ...rest, jobType: jobType === JOB_TYPE_DEFAULT ? null : jobType, body: given(body) };
}

const given = (fields: object) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));
