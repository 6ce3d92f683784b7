import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from "node:http";
import { expect } from "vitest";
import { ADMIN_KEY, type Gateway } from "../gateway/gateway.js";

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}
export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

/** Sends one request with exactly these headers, as a browser or an attacker would; fetch does not allow that. */
export function send(
  gateway: Pick<Gateway, "url">,
  { method = "GET", path = "/graphql", headers, body }: Sent,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${gateway.url}${path}`,
      { method, headers: { connection: "close", ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
      },
    );
    sent.on("error", reject).end(body);
  });
}

export const JSON_TYPE = { "content-type": "application/json" };
/** The headers of a request of the admin. */
export const ADMIN = { ...JSON_TYPE, authorization: `Bearer ${ADMIN_KEY}` };
export const HELLO = JSON.stringify({ query: "{ __typename }" });
export const get = (query: string, more = "") => `/graphql?query=${encodeURIComponent(query)}${more}`;
export const post = (gateway: Gateway, query: string, headers: OutgoingHttpHeaders = ADMIN) =>
  send(gateway, { method: "POST", headers, body: JSON.stringify({ query }) });

/** Reads a refusal. It must be JSON in the shape that all refusals have, and must not show anything from inside. */
export function refusalOf({ status, headers, text }: Reply) {
  expect(headers["content-type"], text).toMatch(/^application\/json/);
  expect(text).not.toMatch(/stack|node_modules|\.ts\b|\.js\b|at .*:\d+:\d+|ECONN|PGlite|prisma/i);
  const { errors } = JSON.parse(text);
  expect(errors).toHaveLength(1);
  const [{ message, extensions }] = errors;
  expect(message).toBeTypeOf("string");
  return { status, code: extensions.code, message, extensions };
}
