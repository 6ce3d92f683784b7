import { Program } from "./program.js";

const ADMIN_KEY = "sk-admin-key-change-me";
const gatewayFile = new URL("../../dist/main.js", import.meta.url).pathname;
const questionsFile = new URL("gateway-questions.mjs", import.meta.url).href;

/** A gateway in a separate process, started as in production. */
export interface Tollgate {
  readonly url: string;
  readonly cpuSeconds: () => number;
  readonly memory: () => Promise<NodeJS.MemoryUsage>;
  readonly stop: () => Promise<void>;
}

interface TollgateOptions {
  readonly upstreamUrl: string;
  /** If it is not given, the gateway has an embedded database in memory. */
  readonly databaseUrl?: string;
  /** The folder for a CPU profile, which the gateway writes when it stops. */
  readonly profileTo?: string | undefined;
}

export async function startTollgate({ upstreamUrl, databaseUrl, profileTo }: TollgateOptions): Promise<Tollgate> {
  const program = new Program("Tollgate", gatewayFile, {
    flags: [
      "--expose-gc",
      `--import=${questionsFile}`,
      ...(profileTo ? ["--cpu-prof", `--cpu-prof-dir=${profileTo}`] : []),
    ],
    env: {
      HOST: "127.0.0.1",
      PORT: "0",
      ADMIN_KEY,
      LOG_LEVEL: "error",
      UPSTREAM_URL: upstreamUrl,
      UPSTREAM_IDLE_TIMEOUT_MS: "3600000",
      SHUTDOWN_GRACE_MS: "0",
      DATABASE_URL: databaseUrl ?? "",
      DATA_DIR: "memory",
    },
  });
  const url = await program.says(/http:\/\/127\.0\.0\.1:\d+/);
  return {
    url,
    cpuSeconds: () => program.cpuSeconds(),
    memory: () => program.ask("memory"),
    stop: () => program.stop(),
  };
}

/** Makes a team that may call these models, and returns its key. Each model is in its own group. */
export async function createTeam({ url }: Tollgate, team: string, models: readonly string[]): Promise<string> {
  const admin = (query: string, variables: object) => askGraphql(url, ADMIN_KEY, query, variables);
  await admin(`mutation ($id: ID!) { createOrganization(input: { id: $id, name: "Bench" }) { id } }`, { id: team });
  for (const name of models) {
    const input = { name: groupOf(team, name), models: [{ name, priority: 0 }] };
    await admin(`mutation ($input: CreateModelGroupInput!) { createModelGroup(input: $input) { id } }`, { input });
  }
  const input = {
    id: team,
    organizationId: team,
    creditsAllocated: 1_000_000,
    modelGroups: models.map((name) => groupOf(team, name)),
  };
  const created = await admin(`mutation ($input: CreateTeamInput!) { createTeam(input: $input) { virtualKey } }`, {
    input,
  });
  return created.createTeam.virtualKey;
}

export const groupOf = (team: string, model: string): string => `${team}-${model}`;

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
