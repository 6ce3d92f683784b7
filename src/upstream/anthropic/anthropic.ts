import { stringifyExact } from "../../lib/json/exact-json.js";
import { HttpUpstream } from "../http/http-upstream.js";
import { orWithoutThoughts } from "../or-without-thoughts.js";
import type { Provider } from "../provider.js";
import { MessageReader } from "./message-reader.js";
import { messageRequest } from "./message-request.js";

/**
 * The version of the interface that requests are written for. Since 2026-10-21 a temperature is refused, which clients of
 * other formats send.
 */
const VERSION = "2023-06-01";

export interface AnthropicOptions {
  /** The address to which `/messages` is added, such as https://api.anthropic.com/v1. A query in it is kept. */
  readonly url: string;
  readonly apiKey?: string | undefined;
  /** Headers of each request beside the key and the version, such as `anthropic-beta`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Opens a provider for a server of Anthropic's messages. HttpUpstream says what happens on abort and failure. */
export function anthropic({ url, apiKey, headers }: AnthropicOptions): Provider {
  const upstream = new HttpUpstream({
    url,
    headers: { "anthropic-version": VERSION, ...headers, ...(apiKey && { "x-api-key": apiKey }) },
  });
  return {
    name: "anthropic",
    address: upstream.address,
    description: `Anthropic upstream at ${upstream.shownUrl}`,
    stream: (given, signal, onSent) =>
      orWithoutThoughts(given, (request) =>
        upstream.ask({
          model: request.model,
          path: "/messages",
          body: stringifyExact(messageRequest(request)),
          signal,
          onSent,
          readingOf: (source) => new MessageReader(source),
        }),
      ),
    close: () => upstream.close(),
  };
}
