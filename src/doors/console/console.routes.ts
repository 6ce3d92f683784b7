import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { headersOf } from "../../edge/http/page-headers.js";

/** This is the same directory from the folder of this file in src/ and in dist/. */
const bundle = fileURLToPath(new URL("../../../dist/console/", import.meta.url));

const NONCE_BYTES = 16;

/**
 * The policy of the page: everything comes from this server. Its dialogs make style elements, which carry the number of
 * this answer.
 */
const headersWith = (nonce: string) =>
  headersOf("same-origin", {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": `'self' 'nonce-${nonce}'`,
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
  });

/**
 * GET /console and everything below it is one page, which shows what its address says. It asks the public GraphQL API,
 * and nothing else. It must be registered as a plugin, so that its headers stay on its own routes. If it was never built,
 * it answers 503 and says what to do.
 */
export async function consoleDoor(server: FastifyInstance): Promise<void> {
  if (!existsSync(bundle)) {
    const sentence = "The console is not built yet: run `npm run build` and restart.\n";
    server.get("/console", async (_request, reply) => reply.code(503).type("text/plain; charset=utf-8").send(sentence));
    return;
  }
  // The name of each file has a hash of its content, so that a browser may keep it for ever.
  await server.register(fastifyStatic, {
    root: `${bundle}assets`,
    prefix: "/console/assets/",
    index: false,
    decorateReply: false,
    immutable: true,
    maxAge: "365d",
    preCompressed: true,
  });
  // What the door of sessions does not serve there is no page of the console.
  server.get("/console/auth/*", (_request, reply) => reply.callNotFound());
  const [before = "", after = ""] = readFileSync(`${bundle}index.html`, "utf8").split("STYLE_NONCE");
  for (const path of ["/console", "/console/*"])
    server.get(path, async (_request, reply) => {
      const nonce = randomBytes(NONCE_BYTES).toString("base64");
      return reply
        .headers(headersWith(nonce))
        .header("cache-control", "no-cache")
        .type("text/html; charset=utf-8")
        .send(before + nonce + after);
    });
}
