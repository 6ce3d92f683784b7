/** Where a client gets a stream from, and how. It is plain data, so that it can be sent to a program. */
export type Target = {
  readonly name: string;
  readonly url: string;
  /** The name of the model decides how the upstream answers. */
  readonly model: string;
} & (
  | { readonly transport: "graphql-ws" | "graphql-sse"; readonly key: string; readonly modelGroup: string }
  | { readonly transport: "openai-sse"; readonly headers: Readonly<Record<string, string>> }
);

const STREAM_QUERY = `subscription ($input: LlmCallInput!) { event: streamLlmCall(input: $input) {
  __typename sequence ... on LlmCallDelta { content } ... on LlmCallSnapshot { content } ... on LlmCallFinished { call { status } } } }`;

/** Returns the operation that streams a call, or the body that asks OpenAI's API for one. */
export function requestOf(target: Target): object {
  const ask = "Go.";
  if (target.transport === "openai-sse")
    return { model: target.model, stream: true, messages: [{ role: "user", content: ask }] };
  const input = { modelGroup: target.modelGroup, messages: [{ role: "USER", content: ask }] };
  return { query: STREAM_QUERY, variables: { input } };
}
