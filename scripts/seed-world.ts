import type { Config } from "../src/config/config.js";
import { World } from "../test/kit/world.js";

/**
 * Fills a gateway that has no organization with one organization, two teams, two model groups and some jobs. Returns
 * what a newcomer can do with them, or undefined if the gateway has an organization already.
 */
export async function seedWorld(url: string, { adminKey, upstreams }: Config): Promise<string | undefined> {
  const client = (key: string) => new SeedClient(url, key);
  const admin = client(adminKey);
  const { organizations } = await admin.data("{ organizations(first: 1) { nodes { id } } }");
  if (organizations.nodes.length > 0) return undefined;

  const world = new World(admin, client);
  // Without an upstream "default", a model has to say whose it is.
  const named = upstreams.some(({ name }) => name === "default") ? undefined : upstreams[0]?.name;
  const listed = (...models: string[]) => models.map((model) => (named ? `${named}/${model}` : model));
  const fast = await world.modelGroup(listed("gpt-4o-mini", "gpt-3.5-turbo"), "ChatFast");
  const smart = await world.modelGroup(listed("gpt-4o", "gpt-4-turbo"), "ChatSmart");
  const acme = await world.organization("acme");
  const support = await acme.team({ id: "support", credits: 100, groups: [fast, smart] });
  const research = await acme.team({ id: "research", credits: 10, groups: [smart] });
  for (const team of [support, research]) {
    const job = await team.job("question");
    // Calls of a real model would cost money.
    if (upstreams.every(({ kind }) => kind === "simulated"))
      for (const modelGroup of [team.modelGroup, smart]) await job.call({ modelGroup });
    await job.complete();
    await team.job("unfinished");
  }
  return seededText(url, { support: support.secret, research: research.secret });
}

const seededText = (url: string, keys: { support: string; research: string }): string => `
The database was empty. Now it has the organization acme, the model groups ChatFast and ChatSmart, and two teams with
a completed and an open job each. Their keys are shown only now:

  support    ${keys.support}
  research   ${keys.research}

Two commands to try:

  curl -s ${url}/graphql -H 'authorization: Bearer ${keys.support}' -H 'content-type: application/json' \\
    -d '{"query":"{ jobs { nodes { jobType status costs { totalCalls totalCostUsd } } } }"}'

  TOLLGATE_URL=${url} TOLLGATE_KEY=${keys.support} sh examples/sse/graphql.sh
`;

/** A GraphQL client that throws if an operation does not succeed in full. */
class SeedClient {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  // biome-ignore lint/suspicious/noExplicitAny: the world picks from answers whose shape it states itself.
  async data(query: string, variables: Record<string, unknown> = {}): Promise<any> {
    const response = await fetch(`${this.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${this.key}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown };
    if (errors) throw new Error(`The gateway refused ${query}: ${JSON.stringify(errors)}`);
    return data;
  }
}
