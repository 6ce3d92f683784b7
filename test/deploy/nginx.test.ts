import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { send } from "../kit/clients/http.js";
import { sseMessages } from "../kit/clients/sse.js";
import { SocketClient, STREAM } from "../kit/clients/ws.js";
import { type BehindNginx, startBehindNginx } from "../kit/deploy/behind-nginx.js";
import { hasNginx } from "../kit/deploy/nginx.js";
import { ADMIN_KEY } from "../kit/gateway/gateway.js";
import { canReplicate } from "../kit/gateway/replicas.js";
import { type HeldStream, heldStream } from "../kit/upstream/upstream-streams.js";
import { name, type TestJob } from "../kit/world.js";

const PIECES = ["Once ", "upon ", "a ", "time"];
const messages = [{ role: "user", content: "What is a tollgate?" }];
const BODY_BYTES_MAX = 8 * 1024 * 1024;

describe.runIf(hasNginx() && canReplicate())(
  "nginx with the configuration of compose, in front of two gateways",
  () => {
    let behind: BehindNginx;
    beforeAll(async () => {
      behind = await startBehindNginx();
    });
    afterAll(() => behind?.stop());

    /** A job whose model answers as the test says. */
    async function heldJob(): Promise<{ job: TestJob; stream: HeldStream }> {
      const [model, stream] = [name("model"), heldStream()];
      behind.upstream.on(model, stream);
      return { job: await (await behind.world.team({ models: [model] })).job(), stream };
    }

    /** Sends each piece after the one before it has arrived, which it never would if something on the way waited for more. */
    async function expectPieceByPiece(stream: HeldStream, read: () => Promise<string>): Promise<void> {
      await stream.arrived;
      for (const piece of PIECES) {
        stream.text(piece);
        expect(await read()).toBe(piece);
      }
      stream.finish();
    }

    it("passes queries and mutations to both, and each answer's id, which is also in nginx's log", async () => {
      const job = await (await behind.world.team()).job();
      expect(await job.call()).toMatchObject({ status: "SUCCEEDED" });
      expect((await job.complete()).costs).toMatchObject({ creditApplied: true });
      const answer = await fetch(`${behind.nginx.url}/api/teams/${job.team.id}`, {
        headers: { authorization: `Bearer ${job.team.secret}` },
      });
      expect(answer.status).toBe(200);
      const requestId = answer.headers.get("x-request-id");
      expect(requestId).toMatch(/^\w/);
      await expect.poll(behind.nginx.requests).toContainEqual(expect.objectContaining({ requestId, status: 200 }));
      const gateways = behind.nginx.requests().map(({ gateway }) => gateway);
      expect(new Set(gateways)).toEqual(new Set(behind.gateways.map(({ url }) => url.replace("http://", ""))));
    });

    it("passes a request that offers HTTP/2, as Java's clients do, as a plain one", async () => {
      const { secret, id } = await behind.world.team();
      const offer = { connection: "Upgrade, HTTP2-Settings", upgrade: "h2c", "http2-settings": "AAMAAABkAAQAAP__" };
      const headers = { ...offer, authorization: `Bearer ${secret}` };
      const reply = await send(behind.nginx, { path: `/api/teams/${id}`, headers });
      expect(reply.status, reply.text).toBe(200);
    });

    it("passes the tokens of a subscription on a socket, one by one", async () => {
      const { job, stream } = await heldJob();
      const socket = new SocketClient(behind.nginx.url, { Authorization: `Bearer ${job.team.secret}` });
      onTestFinished(() => socket.close());
      const events = socket.stream(job.callInput());
      await expectPieceByPiece(stream, async () => (await events.until("LlmCallDelta")).content);
      expect((await events.rest()).at(-1)).toMatchObject({ call: { status: "SUCCEEDED", content: PIECES.join("") } });
    });

    it("lets a client that lost its socket go on where it was, through whichever gateway it comes to", async () => {
      const { job, stream } = await heldJob();
      const open = () => {
        const socket = new SocketClient(behind.nginx.url, { Authorization: `Bearer ${job.team.secret}` });
        onTestFinished(() => socket.close());
        return socket;
      };
      const first = open();
      const events = first.stream(job.callInput());
      await stream.arrived;
      stream.text("Once ");
      const { callId, sequence } = await events.until("LlmCallDelta");
      first.drop();
      // nginx takes the gateways in turn, so that one of two followers comes to the gateway that does not run the call.
      const followers = [open(), open()].map((socket) => socket.follow(callId, sequence));
      for (const piece of ["upon ", "a ", "time"]) {
        stream.text(piece);
        for (const follower of followers) expect((await follower.until("LlmCallDelta")).content).toBe(piece);
      }
      stream.finish();
      for (const follower of followers)
        expect((await follower.rest()).at(-1)).toMatchObject({ call: { status: "SUCCEEDED" } });
    });

    it.for([
      ["/graphql/stream", (job) => ({ query: STREAM, variables: { input: job.callInput() } })],
      ["/v1/chat/completions", ({ team }) => ({ model: team.modelGroup, messages, stream: true })],
      ["/api/jobs/{id}/llm-call-stream", ({ team }) => ({ model_group: team.modelGroup, messages })],
    ] as [string, (job: TestJob) => object][])(
      "passes the tokens of server-sent events of %s, one by one",
      async ([path, bodyOf]) => {
        const { job, stream } = await heldJob();
        const response = fetch(behind.nginx.url + path.replace("{id}", job.id), {
          method: "POST",
          headers: {
            "content-type": "application/json",
            accept: "text/event-stream",
            authorization: `Bearer ${job.team.secret}`,
          },
          body: JSON.stringify(bodyOf(job)),
        });
        // A stream begins with its first token, so nothing is read before that was sent.
        const contents = contentsOf(response);
        await expectPieceByPiece(stream, async () => (await contents.next()).value ?? "the end");
        expect((await contents.next()).done).toBe(true);
      },
    );

    it("passes a body of 8 MiB, and refuses a larger one in the shape of the gateway's errors", async () => {
      const send = async (bytes: number) => {
        const query = JSON.stringify({ query: "{ __typename }" });
        const response = await fetch(`${behind.nginx.url}/graphql`, {
          method: "POST",
          headers: { "content-type": "application/json", authorization: `Bearer ${ADMIN_KEY}` },
          body: query.padEnd(bytes),
        });
        return { status: response.status, body: await response.json() };
      };
      expect(await send(BODY_BYTES_MAX)).toMatchObject({ status: 200, body: { data: { __typename: "Query" } } });
      expect(await send(BODY_BYTES_MAX + 1)).toMatchObject({
        status: 413,
        body: { errors: [{ extensions: { code: "INVALID_INPUT", status: 413 } }] },
      });
    });

    it("passes the name that the client asked for, and its own origin: pages of it may open sockets, others not", async () => {
      const { host, port } = new URL(behind.nginx.url);
      for (const [origin, status] of [
        [`http://${host}`, 101],
        [`http://127.0.0.1:${Number(port) + 1}`, 403],
      ] as const)
        expect(await statusOfUpgrade(behind.nginx.url, origin), origin).toBe(status);
    });
  },
);

/** The pieces of text in an event stream, in the format of whichever door. */
async function* contentsOf(response: Promise<Response>): AsyncGenerator<string, void, undefined> {
  for await (const { data } of sseMessages(await response)) {
    const event = data.startsWith("{") ? JSON.parse(data) : {};
    const content = event.data?.event?.content ?? event.choices?.[0]?.delta?.content;
    if (content) yield content;
  }
}

/** What a browser's request for a socket is answered with. */
function statusOfUpgrade(url: string, origin: string): Promise<number | undefined> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws", { origin });
  return new Promise((resolve) => {
    socket.on("open", () => {
      socket.close();
      resolve(101);
    });
    socket.on("unexpected-response", (_request, { statusCode }) => resolve(statusCode));
    socket.on("error", () => {});
  });
}
