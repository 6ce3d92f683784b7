import { type Client, createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { signalled } from "../signalled.js";
import type { GraphqlError } from "./graphql.js";

export interface StreamedResult {
  // biome-ignore lint/suspicious/noExplicitAny: tests pick from answers whose shape they state themselves.
  readonly data?: any;
  readonly errors?: readonly GraphqlError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

const EVENT_FIELDS = `__typename sequence callId
  ... on LlmCallStarted { model }
  ... on LlmCallSnapshot { content toolCalls { id name arguments } }
  ... on LlmCallDelta { content }
  ... on LlmToolCallDelta { index id name arguments }
  ... on LlmCallModelSwitched { fromModel toModel reason discard }
  ... on LlmCallFinished { call { id status content finishReason error { code message } costUsd
    usage { promptTokens completionTokens source } toolCalls { id name arguments } job { id status } } }`;
export const STREAM = `subscription ($input: LlmCallInput!) { event: streamLlmCall(input: $input) { ${EVENT_FIELDS} } }`;
const FOLLOW = `subscription ($callId: ID!, $after: Int) { event: llmCallEvents(callId: $callId, after: $after) { ${EVENT_FIELDS} } }`;

/** What a browser sends by itself with the request for a socket. */
const withHeaders = (headers: Record<string, string>) =>
  class extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols, { headers });
    }
  };

/** A graphql-ws client of one credential, as a browser or a service has it. */
export class SocketClient {
  private readonly client: Client;
  private socket: WebSocket | undefined;
  /** The code that the connection was closed with, once it is. */
  readonly closed: Promise<number>;

  constructor(
    url: string,
    params: Record<string, unknown>,
    options: { retryAttempts?: number; ids?: () => string; headers?: Record<string, string> } = {},
  ) {
    const { promise: closed, resolve: hasClosed } = signalled<number>();
    this.closed = closed;
    this.client = createClient({
      url: `${url.replace("http", "ws")}/graphql`,
      webSocketImpl: options.headers ? withHeaders(options.headers) : WebSocket,
      connectionParams: params,
      retryAttempts: options.retryAttempts ?? 0,
      retryWait: async () => undefined,
      ...(options.ids && { generateID: options.ids }),
      on: {
        opened: (socket) => {
          this.socket = socket as WebSocket;
        },
        closed: (event) => hasClosed((event as { code: number }).code),
      },
    });
  }

  /** The results of an operation, one by one. Leaving it unsubscribes. */
  iterate(
    query: string,
    variables: Record<string, unknown> = {},
    more: { extensions?: Record<string, unknown>; documentId?: string } = {},
  ): AsyncIterableIterator<StreamedResult> {
    return this.client.iterate({ query, variables, ...more }) as AsyncIterableIterator<StreamedResult>;
  }

  /** The events of a subscription that selects its field as `event`. */
  events(query: string, variables: Record<string, unknown> = {}): Events {
    return new Events(this.iterate(query, variables));
  }

  stream(input: Record<string, unknown>): Events {
    return this.events(STREAM, { input });
  }

  follow(callId: string, after = 0): Events {
    return this.events(FOLLOW, { callId, after });
  }

  /** Loses the connection, without a word. */
  drop(): void {
    this.socket?.terminate();
  }

  close(): void {
    void this.client.dispose();
  }
}

/** Events of a subscription, as they come. */
export class Events {
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  readonly seen: any[] = [];

  constructor(private readonly results: AsyncIterableIterator<StreamedResult>) {}

  /** The next event; undefined at the end. A result with errors throws the first. */
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  async next(): Promise<any> {
    const { done, value } = await this.results.next();
    if (done) return undefined;
    const [error] = value.errors ?? [];
    if (error) throw Object.assign(new Error(error.message), error.extensions);
    this.seen.push(value.data.event);
    return value.data.event;
  }

  /** All that is still to come. */
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  async rest(): Promise<any[]> {
    const rest = [];
    for (let event = await this.next(); event; event = await this.next()) rest.push(event);
    return rest;
  }

  /** Reads on until an event of this type, which it returns. */
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  async until(typename: string): Promise<any> {
    for (let event = await this.next(); event; event = await this.next())
      if (event.__typename === typename) return event;
    throw new Error(`The events ended without ${typename}.`);
  }

  async leave(): Promise<void> {
    await this.results.return?.();
  }
}

/** What a client that does as the events say has in the end. */
export function textOf(events: readonly { __typename: string; content?: string; discard?: boolean }[]): string {
  let text = "";
  for (const event of events) {
    if (event.__typename === "LlmCallDelta") text += event.content;
    else if (event.__typename === "LlmCallSnapshot") text = event.content ?? "";
    else if (event.__typename === "LlmCallStarted" || event.discard) text = "";
  }
  return text;
}
