import type { CallInput } from "./draft";

interface Snippet {
  readonly language: string;
  readonly text: string;
}

const SUBSCRIPTION = `subscription ($input: LlmCallInput!) {
  streamLlmCall(input: $input) {
    __typename callId sequence
    ... on LlmCallDelta { content }
    ... on LlmCallFinished { call { status costUsd job { id } } }
  }
}`;

/**
 * Writes a call down in four ways that can be pasted and run. The key is never in it: the programs read it from the
 * variable KEY.
 */
export function snippetsOf(input: CallInput, jobId: string | null, gateway: string): readonly Snippet[] {
  const chat = chatOf(input);
  return [
    { language: "curl", text: curlOf(chat, jobId, gateway) },
    { language: "GraphQL", text: graphqlOf(input, jobId) },
    { language: "Python", text: pythonOf(chat, jobId, gateway) },
    { language: "TypeScript", text: typescriptOf(chat, jobId, gateway) },
  ];
}

/** Returns the call as the body of a chat completion of OpenAI's API. */
function chatOf({ modelGroup, messages, temperature, maxTokens, tools, responseFormat }: CallInput) {
  return {
    model: modelGroup,
    messages: messages.map(({ role, content }) => ({ role: role.toLowerCase(), content })),
    ...(temperature !== undefined && { temperature }),
    ...(maxTokens !== undefined && { max_tokens: maxTokens }),
    ...(tools && { tools }),
    ...(responseFormat && { response_format: responseFormat }),
    stream: true,
  };
}

type Chat = ReturnType<typeof chatOf>;

function curlOf(chat: Chat, jobId: string | null, gateway: string): string {
  const body = JSON.stringify(chat, null, 2).replaceAll("'", `'\\''`);
  return [
    `curl -N ${gateway}/v1/chat/completions \\`,
    `  -H "Authorization: Bearer $KEY" \\`,
    `  -H 'Content-Type: application/json' \\`,
    ...(jobId ? [`  -H 'X-Job-Id: ${jobId}' \\`] : []),
    `  -d '${body}'`,
  ].join("\n");
}

function graphqlOf(input: CallInput, jobId: string | null): string {
  const variables = { input: { ...(jobId && { jobId }), ...input } };
  return `${SUBSCRIPTION}\n\n# Variables\n${JSON.stringify(variables, null, 2)}`;
}

function pythonOf(chat: Chat, jobId: string | null, gateway: string): string {
  const lines = Object.entries(chat).map(([name, value]) => `    ${name}=${pythonValue(value)},`);
  const headers = jobId ? `, default_headers={"X-Job-Id": ${JSON.stringify(jobId)}}` : "";
  return `import os
from openai import OpenAI

client = OpenAI(base_url="${gateway}/v1", api_key=os.environ["KEY"]${headers})
stream = client.chat.completions.create(
${lines.join("\n")}
)
for chunk in stream:
    if chunk.choices:
        print(chunk.choices[0].delta.content or "", end="", flush=True)
`;
}

/** Writes a value of JSON as Python does. */
function pythonValue(value: unknown): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map(pythonValue).join(", ")}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, inner]) => `${JSON.stringify(name)}: ${pythonValue(inner)}`)
    .join(", ")}}`;
}

function typescriptOf(chat: Chat, jobId: string | null, gateway: string): string {
  const headers = jobId ? `, defaultHeaders: { "X-Job-Id": "${jobId}" }` : "";
  return `import OpenAI from "openai";

const client = new OpenAI({ baseURL: "${gateway}/v1", apiKey: process.env.KEY${headers} });
const stream = await client.chat.completions.create(${JSON.stringify(chat, null, 2)});
for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta?.content ?? "");
`;
}
