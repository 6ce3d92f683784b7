import type { Gateway } from "../gateway/gateway.js";
import { completion, moderation, vectors } from "../upstream/json-answers.js";
import { answer, type Behaviour } from "../upstream/upstream-behaviours.js";

const QUESTION = [{ role: "user", content: "What is a tollgate?" }];

interface ModelDoor {
  readonly path: string;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** What the upstream answers. Each answer reports the tokens of `tokens`, unless that is null. */
  readonly behaviour: Behaviour;
  /** Null if the upstream reports none, so that the gateway counts them. */
  readonly tokens: number | null;
  readonly isStream: boolean;
}

const chat = { path: "/v1/chat/completions", body: { messages: QUESTION } };
const responses = { path: "/v1/responses", body: { input: "What is a tollgate?" } };
const completions = {
  path: "/v1/completions",
  body: { prompt: "Once" },
  behaviour: completion("more"),
  tokens: 8,
  isStream: false,
};
const messages = {
  path: "/v1/messages",
  body: { max_tokens: 10, messages: QUESTION },
  headers: { "anthropic-version": "2023-06-01" },
};
const spoken = { behaviour: answer(), tokens: 18 };

const streamed = <Door extends { readonly body: object }>(door: Door) => ({
  ...door,
  ...spoken,
  body: { ...door.body, stream: true },
  isStream: true,
});

/** Each way to ask a model over /v1. */
export const MODEL_DOORS: Readonly<Record<string, ModelDoor>> = {
  chat: { ...chat, ...spoken, isStream: false },
  "chat, streamed": streamed(chat),
  responses: { ...responses, ...spoken, isStream: false },
  "responses, streamed": streamed(responses),
  compaction: { ...responses, ...spoken, path: "/v1/responses/compact", isStream: false },
  messages: { ...messages, ...spoken, isStream: false },
  "messages, streamed": streamed(messages),
  embeddings: { path: "/v1/embeddings", body: { input: "a" }, behaviour: vectors([[1]]), tokens: 8, isStream: false },
  completions,
  "completions, streamed": { ...completions, body: { ...completions.body, stream: true }, isStream: true },
  moderations: {
    path: "/v1/moderations",
    body: { input: "kind words" },
    behaviour: moderation(false),
    tokens: null,
    isStream: false,
  },
};

export interface DoorAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

interface Asking {
  readonly secret: string;
  readonly group: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly more?: object;
  readonly signal?: AbortSignal;
}

/** Asks a model through a door, and reads the whole answer. */
export async function askDoor(
  { url }: Pick<Gateway, "url">,
  door: ModelDoor,
  { secret, group, headers, more, signal }: Asking,
): Promise<DoorAnswer> {
  const response = await fetch(url + door.path, {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json", ...door.headers, ...headers },
    body: JSON.stringify({ model: group, ...door.body, ...more }),
    ...(signal && { signal }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
