import Anthropic from "@anthropic-ai/sdk";
import type { Gateway } from "../gateway/gateway.js";
import type { Behaviour } from "../upstream/upstream-behaviours.js";
import { name, type TestTeam } from "../world.js";

type Client = typeof Anthropic;

/** Node's major version. The newest clients need 22. */
const NODE = Number(process.versions.node.split(".")[0]);

interface Version {
  readonly title: string;
  readonly isSkipped: boolean;
  /** The client's class. The two versions agree in all that tests use. */
  load(): Promise<Client>;
}

/** The clients that tests of /v1/messages are tried with. */
export const ANTHROPIC_CLIENTS: readonly Version[] = [
  { title: "@anthropic-ai/sdk 0.x", isSkipped: false, load: async () => Anthropic },
  {
    title: "@anthropic-ai/sdk 1.x, which needs Node 22",
    isSkipped: NODE < 22,
    load: async () => (await import("anthropic-sdk-1")).default as unknown as Client,
  },
];

export const QUESTION = [{ role: "user" as const, content: "What is a tollgate?" }];
export const MAX_TOKENS = 1_024;
/** A conversation of one turn of the user. */
export const user = (...content: object[]) => ({ messages: [{ role: "user", content }] });

/** What tests of /v1/messages work with: teams of a gateway, each with Anthropic's own client. */
export function anthropicOf(gateway: Gateway, load: Version["load"] = async () => Anthropic) {
  const clientOf = async (apiKey: string) => {
    const Class = await load();
    return new Class({ apiKey, baseURL: gateway.url, maxRetries: 0 });
  };
  /** A team whose group answers like this, and Anthropic's own client with its key. */
  const teamWith = async (behaviour?: Behaviour, options: Parameters<Gateway["world"]["team"]>[0] = {}) => {
    const model = name("model");
    if (behaviour) gateway.upstream.on(model, behaviour);
    const team = await gateway.world.team({ models: [model], ...options });
    const anthropic = await clientOf(team.secret);
    return { team, model, anthropic, ask: { model: team.modelGroup, max_tokens: MAX_TOKENS, messages: QUESTION } };
  };
  /** Sends a body in a version of the API, beside what each request has. */
  const sent = async (body: object, version = "2023-06-01") => {
    const { team, model, ask } = await teamWith();
    const response = await fetch(`${gateway.url}/v1/messages`, {
      method: "POST",
      headers: { "x-api-key": team.secret, "anthropic-version": version, "content-type": "application/json" },
      body: JSON.stringify({ ...ask, ...body }),
    });
    const answer = (await response.json()) as { error?: { message: string } };
    const upstream = gateway.upstream.requests.findLast((request) => request.body.model === model)?.body;
    return { status: response.status, message: answer.error?.message, upstream };
  };
  const jobsOf = async (team: TestTeam) =>
    (await team.client.data(`{ jobs { nodes { id status costs { totalCalls } } } }`)).jobs.nodes;
  return { clientOf, teamWith, sent, jobsOf };
}
