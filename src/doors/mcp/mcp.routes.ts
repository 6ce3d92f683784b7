import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Config } from "../../config/config.js";
import type { Gate } from "../../edge/context.js";
import { jsonDoor } from "../../edge/http/json-door.js";
import { contextOf } from "../../edge/http/provide-context.js";
import type { Clock } from "../../lib/clock.js";
import { DomainError } from "../../lib/errors.js";
import { sendMcpError } from "./mcp-error.js";
import { refuseForeignPages } from "./refuse-foreign-pages.js";

interface McpDeps {
  readonly gate: Gate;
  readonly config: Pick<Config, "corsOrigins">;
  readonly clock: Clock;
}

/**
 * The MCP door: /mcp, where the host of an agent finds tools that buy, use and end jobs. The key is a team's virtual key. It
 * keeps no session, so every request may go to another replica.
 */
export async function mcpDoor(server: FastifyInstance, { gate, config, clock }: McpDeps): Promise<void> {
  await server.register(async (door) => {
    door.addHook("onRequest", async (request) => refuseForeignPages(request, config.corsOrigins));
    jsonDoor(door, gate, { sendError: sendMcpError, takesSession: () => false, hasOwnPaths: false });
    door.route({
      // All but POST are answered by the SDK's own refusal.
      method: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
      url: "/mcp",
      handler: (request, reply) => answer(request, reply, clock),
    });
  });
}

/** The SDK and its schemas are loaded by the first request, because most gateways never get one. */
async function answer(request: FastifyRequest, reply: FastifyReply, clock: Clock): Promise<Response> {
  const { answerMcp } = await import("./answer-mcp.js");
  const context = contextOf(request);
  const { method, headers, body } = request;
  if (Array.isArray(body))
    throw new DomainError("INVALID_INPUT", "MCP has no batches any more. Send each message in a request of its own.");
  const response = await answerMcp({ method, headers, body }, context, clock);
  if (response.status >= 400) context.record.fail("INVALID_INPUT");
  // Node decides whether the connection stays open, and the SDK would say "keep-alive" on one that Node closes.
  response.headers.delete("connection");
  // A proxy that collects a stream would hold back its progress.
  reply.header("x-accel-buffering", "no");
  return response;
}
