import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "undici";
import { answerQuestions } from "../kit/answer.mjs";
import { quantile } from "../kit/figures.js";
import {
  type Burst,
  type CyclesAsked,
  JOB_PLACE,
  type Load,
  type LoadAsked,
  type LoadRequest,
  type LoadTarget,
} from "../kit/load.js";

/** Clients that send requests, each on its own connection, and check every answer. */
answerQuestions({
  /** Each connection sends one request after the other, for some seconds or until all have sent `count`. */
  load: async (asked: LoadAsked): Promise<Load> => {
    const { target, connections, perSecond, seconds, count = Number.POSITIVE_INFINITY } = asked;
    const times: number[] = [];
    const startedAt = performance.now();
    const until = seconds === undefined ? Number.POSITIVE_INFINITY : startedAt + seconds * 1_000;
    let begun = 0;
    await onConnections(target, connections, async (client, index) => {
      const ask = asker(client, target, index);
      while (begun < count && performance.now() < until) {
        const waitMs = perSecond === undefined ? 0 : startedAt + (begun * 1_000) / perSecond - performance.now();
        begun += 1;
        if (waitMs > 0) await sleep(waitMs);
        const sentAt = performance.now();
        await ask();
        times.push(performance.now() - sentAt);
      }
    });
    const passed = (performance.now() - startedAt) / 1_000;
    return { requests: times.length, seconds: passed, p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
  },

  /** Each connection opens a job, makes a call in it and completes it, again and again, for some seconds. */
  cycles: async ({ origin, headers, steps, connections, seconds }: CyclesAsked): Promise<Load> => {
    const times: number[] = [];
    const startedAt = performance.now();
    await onConnections({ origin }, connections, async (client) => {
      while (performance.now() < startedAt + seconds * 1_000) {
        const begunAt = performance.now();
        let job = "";
        for (const { body, expected } of steps) {
          const requests = [{ headers, body: body.replace(JOB_PLACE, job) }];
          const answer = await asker(client, { path: "/graphql", requests, expected })();
          job ||= /"id":"([0-9a-f-]{36})"/.exec(answer.toString("latin1"))?.[1] ?? "";
        }
        times.push(performance.now() - begunAt);
      }
    });
    const passed = (performance.now() - startedAt) / 1_000;
    return { requests: times.length, seconds: passed, p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
  },

  /** Connects all first, then sends a request on each at once. Returns the milliseconds until the last answer. */
  burst: async ({ target, connections }: Omit<LoadAsked, "seconds" | "count">): Promise<Burst> => {
    let connected = 0;
    let start: () => void = () => {};
    const allConnected = new Promise<void>((resolve) => {
      start = resolve;
    });
    let startedAt = 0;
    const times: number[] = [];
    await onConnections(target, connections, async (client, index) => {
      await connect(client);
      connected += 1;
      if (connected === connections) {
        startedAt = performance.now();
        start();
      }
      await allConnected;
      await asker(client, target, index)();
      times.push(performance.now() - startedAt);
    });
    return { ms: Math.max(...times), p50: quantile(times, 0.5) };
  },
});

async function onConnections(
  { origin }: Pick<LoadTarget, "origin">,
  count: number,
  act: (client: Client, index: number) => Promise<void>,
): Promise<void> {
  const clients = Array.from({ length: count }, () => new Client(origin, { pipelining: 1 }));
  try {
    await Promise.all(clients.map(act));
  } finally {
    await Promise.all(clients.map((client) => client.destroy()));
  }
}

/** Sends a request that does nothing, so that the connection is open. */
async function connect(client: Client): Promise<void> {
  const { body } = await client.request({ path: "/health/live", method: "GET" });
  await body.dump();
}

/** Returns a function that sends the request of one connection, and throws if the answer is not the expected one. */
function asker(
  client: Client,
  { path, method = "POST", requests, expected }: Omit<LoadTarget, "origin">,
  index = 0,
): () => Promise<Buffer> {
  const request: LoadRequest = requests[index % requests.length] ?? { headers: {}, body: "" };
  const { headers, body } = request;
  const wanted = Buffer.from(request.expected ?? expected);
  const sent = method === "POST" ? { "content-type": "application/json", ...headers } : headers;
  const options = { path, method, headers: sent, body: method === "POST" ? body : null };
  return () =>
    new Promise((resolve, reject) => {
      const pieces: Buffer[] = [];
      let status = 0;
      client.dispatch(options, {
        onRequestStart: () => {},
        onResponseStart: (_controller, code) => {
          status = code;
        },
        onResponseData: (_controller, piece) => {
          pieces.push(piece);
        },
        onResponseEnd: () => {
          const answer = pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
          if (status === 200 && answer.includes(wanted)) resolve(answer);
          else reject(new Error(`answered ${status}: ${answer.toString("utf8").slice(0, 300)}`));
        },
        onResponseError: (_controller, error) => reject(error),
      });
    });
}
