import type { IncomingHttpHeaders } from "node:http";
import { createMcpHandler, McpServer } from "@modelcontextprotocol/server";
import type { RequestContext } from "../../edge/context.js";
import { logFailure } from "../../edge/log-failure.js";
import type { Clock } from "../../lib/clock.js";
import { addTool } from "./add-tool.js";
import { completeJobTool } from "./tools/complete-job-tool.js";
import { createJobTool } from "./tools/create-job-tool.js";
import { runCallTool } from "./tools/run-call-tool.js";
import { usageTool } from "./tools/usage-tool.js";

const SERVER = { name: "tollgate", title: "Tollgate", version: "1" };
const INSTRUCTIONS = `Tollgate sells work of language models by the job. create_job opens a job and holds the credit that it will \
cost. run_call asks a model group a question inside that job, as often as needed. complete_job ends the job: "completed" takes \
the credit, "failed" and "cancelled" are free. usage tells what was used. Every amount of money is in USD, as an exact decimal.`;

/** The tools are the same for every key, and change only with the version of the gateway. */
const TOOLS_KEPT = { ttlMs: 5 * 60_000, cacheScope: "public" } as const;

/** A request as the door got it, whose body is parsed already. */
interface McpRequest {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

/**
 * Answers a request of MCP: of revision 2026-07-28, or of an older one, of which each request is taken for itself. What is
 * wrong with a message is an error of JSON-RPC, and what a tool refuses is in its result.
 */
export async function answerMcp(request: McpRequest, context: RequestContext, clock: Clock): Promise<Response> {
  let failure: Error | undefined;
  const { fetch } = createMcpHandler(() => serverOf(context, clock), {
    onerror: (error) => {
      failure = error;
    },
  });
  const response = await fetch(webRequest(request, context), { parsedBody: request.body });
  if (response.status >= 500) logFailure(context.log, failure, "A request of MCP failed.");
  return response;
}

function serverOf(context: RequestContext, clock: Clock): McpServer {
  const server = new McpServer(SERVER, {
    instructions: INSTRUCTIONS,
    // A client that subscribes to changes is told at once that there will be none, so no stream stays open.
    capabilities: { tools: { listChanged: false } },
    cacheHints: { "tools/list": TOOLS_KEPT, "server/discover": TOOLS_KEPT },
  });
  addTool(server, context, createJobTool);
  addTool(server, context, runCallTool);
  addTool(server, context, completeJobTool);
  addTool(server, context, usageTool(clock));
  return server;
}

/** The SDK reads the method, the headers and the signal. The address is not looked at. */
function webRequest({ method, headers }: McpRequest, { signal }: RequestContext): Request {
  const given = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, [value].flat().join(", ")] as [string, string]],
  );
  return new Request("http://tollgate.invalid/mcp", { method, headers: given, signal });
}
