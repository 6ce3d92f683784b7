import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Core } from "./cores.js";
import type { LoadRequest } from "./load.js";
import { Program } from "./program.js";

export const ADMIN_KEY = "sk-admin-key-change-me";
const questionsFile = new URL("gateway-questions.mjs", import.meta.url).href;
/** Enough for every section. */
const CREDITS = 100_000_000;

/** A gateway in a separate process, started as in production. */
export interface Tollgate {
  /** "Tollgate", or the folder of another checkout. */
  readonly name: string;
  readonly url: string;
  readonly cpuSeconds: () => number;
  readonly memory: () => Promise<NodeJS.MemoryUsage>;
  readonly residentBytes: () => number;
  readonly stop: () => Promise<void>;
}

export interface TollgateOptions {
  readonly name: string;
  /** The checkout whose `dist/` is started. */
  readonly folder: string;
  readonly upstreamUrl: string;
  readonly database: { readonly url: string } | { readonly dataDir: string };
  /** Variables beside those that every gateway here has. */
  readonly env?: Readonly<Record<string, string>>;
  /** Its own core, if nothing is said. */
  readonly core?: Core;
  /** The folder for a CPU profile, which the gateway writes when it stops. */
  readonly profileTo?: string | undefined;
  /** Whether the process is just what `npm start` starts, on any core. Then it cannot be asked for its memory. */
  readonly isBare?: boolean;
}

export async function startTollgate(options: TollgateOptions): Promise<Tollgate> {
  const { name, folder, upstreamUrl, database, env = {}, core = "gateway", profileTo, isBare = false } = options;
  const telemetry = join(folder, "dist", "telemetry", "register.js");
  const program = new Program(name, join(folder, "dist", "main.js"), {
    core: isBare ? "any" : core,
    flags: [
      // As `npm start` does.
      "--enable-source-maps",
      "--max-semi-space-size=32",
      // Another checkout may be from before there were traces.
      ...(existsSync(telemetry) ? [`--import=${telemetry}`] : []),
      ...(isBare ? [] : ["--expose-gc", `--import=${questionsFile}`]),
      ...(profileTo ? ["--cpu-prof", `--cpu-prof-dir=${profileTo}`] : []),
    ],
    env: {
      HOST: "127.0.0.1",
      PORT: "0",
      ADMIN_KEY,
      LOG_LEVEL: "error",
      UPSTREAM_URL: upstreamUrl,
      UPSTREAM_IDLE_TIMEOUT_MS: "3600000",
      JOB_MAX_CALLS: "100000",
      SHUTDOWN_GRACE_MS: "0",
      DATABASE_URL: "url" in database ? database.url : "",
      DATA_DIR: "url" in database ? "memory" : database.dataDir,
      ...env,
    },
  });
  const url = await program.says(/http:\/\/127\.0\.0\.1:\d+/);
  return {
    name,
    url,
    cpuSeconds: () => program.cpuSeconds(),
    memory: () => program.ask("memory"),
    residentBytes: () => program.residentBytes(),
    stop: () => program.stop(),
  };
}

/** A plain call over /v1. */
export function plainRequest(key: string, model: string): LoadRequest {
  const messages = [{ role: "user", content: "What is a tollgate?" }];
  return { headers: { authorization: `Bearer ${key}` }, body: JSON.stringify({ model, messages }) };
}

/** Makes a team that may call these models, and returns its key. Each model is in its own group. */
export async function createTeam({ url }: { url: string }, team: string, models: readonly string[]): Promise<string> {
  const admin = (query: string, variables: object) => askGraphql(url, ADMIN_KEY, query, variables);
  await admin(`mutation ($id: ID!) { createOrganization(input: { id: $id, name: "Bench" }) { id } }`, { id: team });
  for (const name of models) {
    const input = { name: groupOf(team, name), models: [{ name, priority: 0 }] };
    await admin(`mutation ($input: CreateModelGroupInput!) { createModelGroup(input: $input) { id } }`, { input });
  }
  const input = {
    id: team,
    organizationId: team,
    creditsAllocated: CREDITS,
    modelGroups: models.map((name) => groupOf(team, name)),
  };
  const created = await admin(`mutation ($input: CreateTeamInput!) { createTeam(input: $input) { virtualKey } }`, {
    input,
  });
  return created.createTeam.virtualKey;
}

export const groupOf = (team: string, model: string): string => `${team}-${model}`;

/** How many jobs are opened at a time. */
const OPENED_AT_ONCE = 16;

/** Opens jobs and returns their ids. */
export async function createJobs(url: string, key: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  const create = () => askGraphql(url, key, `mutation { createJob(input: { jobType: "bench" }) { id } }`);
  while (ids.length < count) {
    const some = await Promise.all(Array.from({ length: Math.min(OPENED_AT_ONCE, count - ids.length) }, create));
    ids.push(...some.map(({ createJob }) => createJob.id));
  }
  return ids;
}

/** Returns the data of an operation. Throws if the operation fails. */
// biome-ignore lint/suspicious/noExplicitAny: each caller states the shape that it asks for.
export async function askGraphql(url: string, key: string, query: string, variables: object = {}): Promise<any> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: unknown; errors?: { message: string }[] };
  if (errors?.length) throw new Error(`The gateway refused: ${errors.map(({ message }) => message).join("; ")}`);
  return data;
}
