import type OpenAI from "openai";
import type { Gateway } from "../gateway/gateway.js";
import type { Behaviour } from "../upstream/upstream-behaviours.js";
import { name } from "../world.js";

const NODE_MAJOR = Number(process.versions.node.split(".")[0]);

/** The versions of OpenAI's client that are tried, with the Node that each needs. */
export const OPENAI_CLIENTS = [
  { version: "openai 6", module: "openai", isSkipped: false },
  { version: "openai 7, which needs Node 22", module: "openai-7", isSkipped: NODE_MAJOR < 22 },
] as const;

/** They are loaded when they are used, because the newest cannot be loaded by an old Node. */
const LOADERS = {
  openai: async () => (await import("openai")).default,
  "openai-7": async () => (await import("openai-7")).default as unknown as typeof OpenAI,
} as const;

export const isBelowNode22 = NODE_MAJOR < 22;

/** What tests of /v1/responses work with: teams of a gateway, and OpenAI's clients of all versions. */
export function responsesOf(gateway: Gateway) {
  const clientOf = async (module: keyof typeof LOADERS, apiKey: string): Promise<OpenAI> => {
    const Client = await LOADERS[module]();
    return new Client({ apiKey, baseURL: `${gateway.url}/v1`, maxRetries: 0 });
  };
  /** A team whose group answers like this. */
  const teamWith = async (behaviour?: Behaviour, options: { credits?: number } = {}) => {
    const upstreamModel = name("model");
    if (behaviour) gateway.upstream.on(upstreamModel, behaviour);
    const team = await gateway.world.team({ models: [upstreamModel], ...options });
    return { team, upstreamModel, model: team.modelGroup, openai: await clientOf("openai", team.secret) };
  };
  /** What the upstream was asked last for this model. */
  const askedOf = (upstreamModel: string) =>
    gateway.upstream.requests.findLast((request) => request.body.model === upstreamModel)?.body;
  return { clientOf, teamWith, askedOf };
}
