import type { CallToolResult, McpServer, ServerContext, StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import type { z } from "zod";
import type { RequestContext } from "../../edge/context.js";
import { logFailure } from "../../edge/log-failure.js";
import { toDomainError } from "../../edge/public-error.js";
import { pathText } from "../../input/path-text.js";
import { invalid } from "../../input/validate.js";
import { isObject } from "../../lib/json/unknown-json.js";
import { errorFields } from "./error-fields.js";
import type { TellProgress, Tool } from "./tool.js";

/** Adds a tool to a server that answers one request. Its errors are results, so that the agent reads and acts on them. */
export function addTool<Input extends z.ZodObject, Answer extends z.ZodObject>(
  server: McpServer,
  context: RequestContext,
  { name, title, description, input, answer, annotations, run }: Tool<Input, Answer>,
): void {
  const contract = { title, description, annotations, inputSchema: unchecked(input), outputSchema: answer };
  server.registerTool(name, contract, async (given: unknown, { mcpReq }): Promise<CallToolResult> => {
    context.record.nameOperation(`mcp ${name}`, null);
    try {
      const told = await run(context, read(input, given), progressOf(mcpReq));
      return { content: [{ type: "text", text: JSON.stringify(told) }], structuredContent: told };
    } catch (error) {
      return errorResult(error, context);
    }
  });
}

function progressOf({ _meta, notify }: ServerContext["mcpReq"]): TellProgress | undefined {
  const progressToken = _meta?.progressToken;
  if (progressToken === undefined) return undefined;
  return (progress, message) =>
    notify({ method: "notifications/progress", params: { progressToken, progress, message } });
}

/** The same schema, which lets everything through: the SDK's refusal would not have the form of our errors. */
const unchecked = (schema: z.ZodObject): StandardSchemaWithJSON => {
  const standard = schema["~standard"] as StandardSchemaWithJSON["~standard"];
  return { "~standard": { ...standard, validate: (value) => ({ value }) } };
};

/** Reads the arguments of a tool. Null counts as absent, because hosts send it for what a model leaves out. */
function read<Input extends z.ZodObject>(schema: Input, given: unknown): z.output<Input> {
  const fields = Object.entries(isObject(given) ? given : {}).filter(([, value]) => value !== null);
  const result = schema.safeParse(Object.fromEntries(fields), { reportInput: true });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw invalid(pathText(issue?.path ?? []) || "arguments", ruleOf(issue), issue?.input);
}

const ruleOf = (issue: z.core.$ZodIssue | undefined): string =>
  `is not valid (${(issue?.message ?? "").replace(/, received .*$/, "")})`;

/** It has no structured content, because older clients hold that against the schema of the answer. */
function errorResult(error: unknown, { log, record }: RequestContext): CallToolResult {
  const refusal = toDomainError(error);
  record.fail(refusal.code, refusal.data);
  if (refusal.status >= 500) logFailure(log, error, "A tool of MCP failed.");
  const { requestId, jobId, callId } = record;
  const ids = {
    ...(jobId !== null && { job_id: jobId }),
    ...(callId !== null && { call_id: callId }),
    request_id: requestId,
  };
  const told = { error: { ...errorFields(refusal), ...ids } };
  return { isError: true, content: [{ type: "text", text: JSON.stringify(told) }] };
}
