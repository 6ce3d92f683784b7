import type { App } from "./app.js";
import { isTracing } from "./lib/observe/tracing.js";

/**
 * Returns what a person sees when the gateway has started: its addresses, its database, its upstream and its admin key.
 */
export function startUpText(app: App, url: string): string {
  const { config, database, upstreams } = app;
  const pages = config.introspection
    ? [
        `  GraphiQL   ${url}/graphiql`,
        ...(config.signIn ? [] : [`  Sandbox    ${url}/graphql in a browser (needs the internet)`]),
        `  REST docs  ${url}/docs`,
      ]
    : [];
  return [
    "",
    "Tollgate is listening.",
    `  Front page ${url}`,
    `  Console    ${url}/console`,
    `  GraphQL    ${url}/graphql`,
    `  Streams    ${url.replace(/^http/, "ws")}/graphql (graphql-ws), ${url}/graphql/stream (graphql-sse)`,
    `  REST       ${url}/api`,
    `  OpenAI     ${url}/v1`,
    `  Anthropic  ${url}/v1/messages (base address ${url})`,
    `  MCP        ${url}/mcp (tools for agents)`,
    ...pages,
    `  Health     ${url}/health/ready`,
    `  Metrics    ${url}/metrics (for the admin)`,
    "",
    `  Database   ${database.description}`,
    ...redisLines(app),
    ...upstreamLines(upstreams.list),
    ...(config.tracesTo ? [`  Traces     ${tracesTo(config.tracesTo)}`] : []),
    `  Admin key  ${config.adminKeyIsDefault ? "the default, sk-admin-key-change-me: loopback only" : "from ADMIN_KEY"}`,
    "",
    "",
  ].join("\n");
}

/** An upstream that stands alone under its usual name needs none. */
function upstreamLines(list: App["upstreams"]["list"]): string[] {
  const isAlone = list.length === 1 && list[0]?.name === "default";
  return list.map(({ name, provider: { description } }, index) => {
    const title = index === 0 ? "Upstream" : "";
    return `  ${title.padEnd(10)} ${isAlone ? "" : `${name}: `}${description}`;
  });
}

/** Only PostgreSQL is shared by several processes. What they lack without Redis is said here. */
function redisLines({ config, redis }: App): string[] {
  if (redis.address !== undefined)
    return [`  Redis      ${redis.address}, which connects the processes on this database`];
  if (config.database.kind !== "postgres") return [];
  return [
    "  Redis      none: several processes can share this database, but a call is followed token by token only",
    "             through the process that runs it",
  ];
}

const tracesTo = (url: string): string =>
  isTracing()
    ? `to ${new URL(url).origin} by OTLP`
    : "none: OTEL_SDK_DISABLED is true, or node has no --import ./dist/telemetry/register.js";
