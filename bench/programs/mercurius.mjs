// The peer for reads: the same questions on the same database, answered by Mercurius with its JIT, raw pg and loaders.
// It is started with the folder of its packages, the database's URL and a port.
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";
import { findAttempts, findBalance, findCalls, findHolder, findJob, findJobs, findTeam } from "./mercurius.sql.mjs";

const [folder, databaseUrl, port] = process.argv.slice(2);
const require = createRequire(join(folder, "index.js"));
const fastify = require("fastify");
const mercurius = require("mercurius");
const { Pool } = require("pg");

const KEY_CACHE_MS = 500;
const pool = new Pool({ connectionString: databaseUrl, max: 10 });
/** Sends a named statement, which PostgreSQL parses once on each connection. */
const rowsOf = async ({ name, text }, values) => (await pool.query({ name, text, values })).rows;

const schema = `
  scalar DateTime
  type Query { viewer: Viewer job(id: ID!): Job jobs(first: Int = 20): JobConnection }
  union Viewer = TeamViewer
  type TeamViewer { team: Team! }
  type Team { id: ID! alias: String! status: String! credits: CreditBalance! }
  type CreditBalance { allocated: Int! used: Int! held: Int! available: Int! remaining: Int! }
  type JobConnection { nodes: [Job!]! }
  type Job { id: ID! jobType: String! status: String! createdAt: DateTime! completedAt: DateTime costs: CostSummary!
    llmCalls(first: Int = 20): LlmCallConnection }
  type CostSummary { totalCalls: Int! successfulCalls: Int! failedCalls: Int! promptTokens: Float! completionTokens: Float!
    totalTokens: Float! totalCostUsd: String! avgLatencyMs: Int! creditApplied: Boolean! creditsRemaining: Int! }
  type LlmCallConnection { nodes: [LlmCall!]! }
  type LlmCall { id: ID! status: String! modelGroup: String! model: String provider: String content: String
    finishReason: String costUsd: String costSource: String latencyMs: Int createdAt: DateTime! finishedAt: DateTime
    usage: Usage attempts: [LlmCallAttempt!]! }
  type Usage { promptTokens: Float! completionTokens: Float! totalTokens: Float! source: String! }
  type LlmCallAttempt { number: Int! model: String! provider: String! status: String! errorKind: String costUsd: String
    startedAt: DateTime! endedAt: DateTime! usage: Usage }`;

const usd = (nanoUsd) => {
  if (nanoUsd === null) return null;
  const digits = String(nanoUsd).padStart(10, "0");
  const fraction = digits.slice(-9).replace(/0+$/, "");
  return fraction ? `${digits.slice(0, -9)}.${fraction}` : digits.slice(0, -9);
};
const usage = ({ usage_source: source, prompt_tokens, completion_tokens }) => {
  if (source === null) return null;
  const [promptTokens, completionTokens] = [Number(prompt_tokens), Number(completion_tokens)];
  return { promptTokens, completionTokens, totalTokens: promptTokens + completionTokens, source };
};
const jobOf = (row) => ({
  id: row.id,
  jobType: row.job_type,
  status: row.status,
  createdAt: row.created_at,
  completedAt: row.completed_at,
  costs: {
    totalCalls: row.total_calls,
    successfulCalls: row.successful_calls,
    failedCalls: row.failed_calls,
    promptTokens: Number(row.prompt_tokens),
    completionTokens: Number(row.completion_tokens),
    totalTokens: Number(row.prompt_tokens) + Number(row.completion_tokens),
    totalCostUsd: usd(row.cost_nano_usd),
    avgLatencyMs: Math.round(Number(row.latency_ms_total) / row.total_calls),
    creditApplied: row.credit_applied,
    creditsRemaining: row.credits_remaining,
  },
});
const callOf = (row) => ({
  id: row.id,
  status: row.status,
  modelGroup: row.model_group,
  model: row.model,
  provider: row.provider,
  content: row.content,
  finishReason: row.finish_reason,
  costUsd: usd(row.cost_nano_usd),
  costSource: row.cost_source,
  latencyMs: row.latency_ms,
  createdAt: row.created_at,
  finishedAt: row.finished_at,
  usage: usage(row),
});
const attemptOf = (row) => ({
  number: row.number,
  model: row.model,
  provider: row.provider,
  status: row.status,
  errorKind: row.error_kind,
  costUsd: usd(row.cost_nano_usd),
  startedAt: row.started_at,
  endedAt: row.ended_at,
  usage: usage(row),
});

const resolvers = {
  DateTime: new (require("graphql").GraphQLScalarType)({ name: "DateTime", serialize: (value) => value.toISOString() }),
  Viewer: { resolveType: () => "TeamViewer" },
  Query: {
    viewer: async (_root, _args, { team }) => ({ team: (await rowsOf(findTeam, [team]))[0] }),
    job: async (_root, { id }, { team }) => jobOf((await rowsOf(findJob, [id, team]))[0]),
    jobs: async (_root, { first }, { team }) => ({ nodes: (await rowsOf(findJobs, [team, first])).map(jobOf) }),
  },
};

/** Rows of one query for each of the objects that a loader was asked for. */
async function childrenOf(queries, statement, values, keyOf, toObject) {
  const found = new Map(queries.map(({ obj }) => [obj.id, []]));
  for (const row of await rowsOf(statement, values)) found.get(keyOf(row)).push(row);
  return queries.map(({ obj }) => found.get(obj.id).map(toObject));
}

const loaders = {
  Team: {
    credits: async (queries) => {
      const ids = queries.map(({ obj }) => obj.id);
      const found = new Map((await rowsOf(findBalance, [ids])).map((row) => [row.team_id, row]));
      return ids.map((id) => ({ ...found.get(id), remaining: found.get(id).available + found.get(id).held }));
    },
  },
  Job: {
    llmCalls: async (queries) => {
      const values = [queries.map(({ obj }) => obj.id), queries[0].params.first];
      return (await childrenOf(queries, findCalls, values, (row) => row.job_id, callOf)).map((nodes) => ({ nodes }));
    },
  },
  LlmCall: {
    attempts: (queries) =>
      childrenOf(queries, findAttempts, [queries.map(({ obj }) => obj.id)], (row) => row.call_id, attemptOf),
  },
};

const holders = new Map();
async function teamOf(authorization = "") {
  const known = holders.get(authorization);
  if (known && known.until > performance.now()) return known.team;
  const secret = authorization.replace("Bearer ", "");
  const [holder] = await rowsOf(findHolder, [createHash("sha256").update(secret).digest()]);
  if (!holder) throw new Error("The key is not accepted.");
  holders.set(authorization, { team: holder.team_id, until: performance.now() + KEY_CACHE_MS });
  return holder.team_id;
}

const server = fastify();
server.register(mercurius, {
  schema,
  resolvers,
  loaders,
  jit: 1,
  context: async ({ headers }) => ({ team: await teamOf(headers.authorization) }),
});
server.get("/health/live", async () => ({ status: "live" }));
await server.listen({ port: Number(port), host: "127.0.0.1" });
console.log("ready");
process.on("disconnect", () => process.exit());
