import OpenAI from "openai";
import type { Gateway } from "../gateway/gateway.js";
import type { Behaviour } from "../upstream/upstream-behaviours.js";
import { name, type TestTeam } from "../world.js";

const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: "user", content: "What is a tollgate?" }];

/** What tests of /v1 work with: teams of a gateway, each with OpenAI's own client. */
export function openAiOf(gateway: Gateway) {
  const clientOf = (apiKey: string) => new OpenAI({ apiKey, baseURL: `${gateway.url}/v1`, maxRetries: 0 });
  /** A team whose group answers like this, and OpenAI's own client with its key. */
  const teamWith = async (behaviour?: Behaviour, options: { credits?: number } = {}) => {
    const model = name("model");
    if (behaviour) gateway.upstream.on(model, behaviour);
    const team = await gateway.world.team({ models: [model], ...options });
    return { team, model, openai: clientOf(team.secret), chat: { model: team.modelGroup, messages } };
  };
  const jobsOf = async (team: TestTeam) =>
    (await team.client.data(`{ jobs { nodes { id status costs { totalCalls } } } }`)).jobs.nodes;
  return { clientOf, teamWith, jobsOf };
}
