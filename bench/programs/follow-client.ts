import { WebSocket } from "ws";
import { answerQuestions } from "../kit/answer.mjs";
import { quantile } from "../kit/figures.js";
import type { FollowAsked, Followed } from "../kit/followed.js";

const STREAM = `subscription ($input: LlmCallInput!) { event: streamLlmCall(input: $input) {
  __typename callId ... on LlmCallDelta { content } ... on LlmCallFinished { call { status } } } }`;
const FOLLOW = `subscription ($callId: ID!) { event: llmCallEvents(callId: $callId) {
  __typename callId ... on LlmCallDelta { content } ... on LlmCallSnapshot { content } ... on LlmCallFinished { call { status } } } }`;

interface Event {
  readonly __typename: string;
  readonly callId: string;
  readonly content?: string;
  readonly call?: { readonly status: string };
}

/** When each token arrived. A token is the time when the upstream sent it. */
type Arrivals = Map<string, number>;

/** Clients that stream calls through one process, and follow the same calls through another. */
answerQuestions({
  followed: async ({ own, elsewhere, key, modelGroup, streams, tokens }: FollowAsked): Promise<Followed> => {
    const sockets = await Promise.all(Array.from({ length: streams }, () => connect(own, key)));
    const second = elsewhere === undefined ? 0 : streams;
    const others = await Promise.all(Array.from({ length: second }, () => connect(elsewhere ?? "", key)));
    const input = { modelGroup, messages: [{ role: "USER", content: "Go." }] };
    const watched = await Promise.all(
      sockets.map(async (socket, index) => {
        const [here, there]: [Arrivals, Arrivals] = [new Map(), new Map()];
        let following: Promise<void> | undefined;
        let askedAt = Number.NaN;
        await read(socket, STREAM, { input }, here, (callId) => {
          const other = others[index];
          askedAt = now();
          following = other && read(other, FOLLOW, { callId }, there, () => {});
        });
        await following;
        return { here, there, askedAt, joinedAt: Math.min(...there.values()) };
      }),
    );
    for (const socket of [...sockets, ...others]) socket.terminate();
    const expected = [tokens, elsewhere === undefined ? 0 : tokens];
    for (const { here, there } of watched)
      if (here.size !== expected[0] || there.size !== expected[1])
        throw new Error(`${here.size} tokens arrived, and ${there.size} elsewhere, of ${tokens}.`);
    const delays = watched.flatMap(({ here }) => [...here].map(([sentAt, at]) => at - Number(sentAt)));
    // What was sent before the first of it came through the other process had to wait for the follower.
    const added = watched.flatMap(({ here, there, joinedAt }) =>
      [...there].filter(([sentAt]) => Number(sentAt) > joinedAt).map(([token, at]) => at - (here.get(token) ?? at)),
    );
    const joined = elsewhere === undefined ? [] : watched.map(({ askedAt, joinedAt }) => joinedAt - askedAt);
    return {
      joinedP50: quantile(joined, 0.5),
      delayP50: quantile(delays, 0.5),
      delayP99: quantile(delays, 0.99),
      addedP50: quantile(added, 0.5),
      addedP99: quantile(added, 0.99),
    };
  },
});

/** The time of day, in milliseconds, as the upstream tells it too. */
const now = (): number => performance.timeOrigin + performance.now();

function connect(url: string, key: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("open", () =>
      socket.send(JSON.stringify({ type: "connection_init", payload: { authorization: `Bearer ${key}` } })),
    );
    socket.once("message", () => resolve(socket));
  });
}

/** Reads a subscription to its end. */
function read(
  socket: WebSocket,
  query: string,
  variables: object,
  arrivals: Arrivals,
  started: (callId: string) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.on("close", () => reject(new Error("The socket was closed.")));
    socket.on("message", (message: Buffer) => {
      const at = now();
      const { type, payload } = JSON.parse(message.toString("utf8"));
      if (type === "complete") resolve();
      if (type === "error" || payload?.errors) reject(new Error(message.toString("utf8")));
      const event = payload?.data?.event as Event | undefined;
      if (event?.__typename === "LlmCallStarted") started(event.callId);
      if (event?.call && event.call.status !== "SUCCEEDED") reject(new Error(`The call is ${event.call.status}.`));
      for (const token of event?.content?.trimEnd().split(" ") ?? []) arrivals.set(token, at);
    });
    socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query, variables } }));
  });
}
