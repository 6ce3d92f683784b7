import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerQuestions } from "../kit/answer.mjs";
import { PLAIN_ANSWER, tokenAt } from "../kit/tokens.js";

interface Asked {
  readonly model: string;
  readonly stream?: boolean;
  readonly stream_options?: { readonly include_usage?: boolean };
}

const plain = Buffer.from(
  JSON.stringify({
    id: "chatcmpl-BL2uY6Ep2OwRvxi5c5Bv9rXtwlO5Y",
    object: "chat.completion",
    created: 1744355778,
    model: "gpt-4o-mini",
    choices: [{ index: 0, message: { role: "assistant", content: PLAIN_ANSWER }, finish_reason: "stop" }],
    usage: { prompt_tokens: 9, completion_tokens: 12, total_tokens: 21 },
  }),
);

/**
 * An OpenAI-compatible upstream. It answers plain questions at once, and streams as the name of the model says. `paced-50-100` sends 100 tokens, one each
 * 50 ms; each is the time when it was sent. `fast-20000` sends 20,000 tokens as fast as they are taken. `quiet` sends
 * one token and then nothing.
 */
const server = createServer(async (request, response) => {
  let body = "";
  for await (const bytes of request) body += bytes;
  const { model, stream, stream_options } = JSON.parse(body) as Asked;
  if (!stream) {
    response.writeHead(200, { "content-type": "application/json", "content-length": plain.length }).end(plain);
    return;
  }
  const end = endOf(stream_options?.include_usage === true);
  const [manner, ...numbers] = model.split("-");
  const [first = 0, second = 0] = numbers.map(Number);
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  if (manner === "paced") paced(response, first, second, end);
  else if (manner === "fast") await fast(response, first, end);
  else response.write(token("quiet"));
});
server.listen(0, "127.0.0.1");
answerQuestions({
  url: async () => {
    if (!server.listening) await once(server, "listening");
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  },
});

function paced(response: ServerResponse, everyMs: number, tokens: number, end: string): void {
  let left = tokens;
  const timer = setInterval(() => {
    response.write(token(`${performance.timeOrigin + performance.now()} `));
    left -= 1;
    if (left === 0) response.end(end);
    if (left === 0) clearInterval(timer);
  }, everyMs);
  response.on("close", () => clearInterval(timer));
}

/** Chunks are made once, so that making them is not measured. */
const madeBefore = new Map<number, Buffer[]>();
const CHUNKS_PER_WRITE = 64;

async function fast(response: ServerResponse, tokens: number, end: string): Promise<void> {
  const writes = madeBefore.get(tokens) ?? makeWrites(tokens);
  madeBefore.set(tokens, writes);
  for (const bytes of writes) if (!response.write(bytes)) await once(response, "drain");
  response.end(end);
}

function makeWrites(tokens: number): Buffer[] {
  const chunks = Array.from({ length: tokens }, (_, index) => token(tokenAt(index)));
  const writes: Buffer[] = [];
  for (let at = 0; at < tokens; at += CHUNKS_PER_WRITE)
    writes.push(Buffer.from(chunks.slice(at, at + CHUNKS_PER_WRITE).join("")));
  return writes;
}

function endOf(withUsage: boolean): string {
  const usage = { prompt_tokens: 9, completion_tokens: 99, total_tokens: 108 };
  return `${chunk([{ index: 0, delta: {}, finish_reason: "stop" }])}${withUsage ? chunk([], { usage }) : ""}data: [DONE]\n\n`;
}

const token = (content: string): string => chunk([{ index: 0, delta: { content }, finish_reason: null }]);

function chunk(choices: readonly object[], others: object = {}): string {
  return `data: ${JSON.stringify({
    id: "chatcmpl-BL2uY6Ep2OwRvxi5c5Bv9rXtwlO5Y",
    object: "chat.completion.chunk",
    created: 1744355778,
    model: "gpt-4o-mini",
    choices,
    ...others,
  })}\n\n`;
}
