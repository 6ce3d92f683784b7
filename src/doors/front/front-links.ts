import type { Config } from "../../config/config.js";

/** Something that the front page leads to. */
export interface FrontLink {
  readonly name: string;
  readonly path: string;
  readonly description: string;
  /** Whether it is a page for people, and not an address for programs. */
  readonly isPage: boolean;
}

type FrontConfig = Pick<Config, "introspection" | "signIn">;

interface KnownLink extends FrontLink {
  readonly isServed?: (config: FrontConfig) => boolean;
}

const page = (name: string, path: string, description: string): KnownLink => ({
  name,
  path,
  description,
  isPage: true,
});
const address = (name: string, path: string, description: string): KnownLink => ({
  ...page(name, path, description),
  isPage: false,
});

const LINKS: readonly KnownLink[] = [
  page("Console", "/console", "See jobs, calls and costs as they happen, and manage teams, keys and models."),
  page("GraphiQL", "/graphiql", "Write GraphQL, and watch an answer come in. It needs no internet."),
  {
    ...page("Apollo Sandbox", "/graphql", "The same with Apollo's editor, which comes from the internet."),
    // Programs are served there in any case.
    isServed: ({ introspection, signIn }) => introspection && !signIn,
  },
  page("REST documentation", "/docs", "All routes of /api and /v1, with examples that run."),
  page("Health", "/health/ready", "Whether the gateway takes work."),
  address("GraphQL", "/graphql", "Queries and mutations, and subscriptions over graphql-ws."),
  address("GraphQL streams", "/graphql/stream", "The same as server-sent events (graphql-sse)."),
  address("REST", "/api", "The same in REST."),
  address("OpenAI's API", "/v1", "For every SDK that speaks to OpenAI."),
  address(
    "Anthropic's API",
    "/v1/messages",
    "For every SDK that speaks to Anthropic, whose base address is this page's.",
  ),
  address("MCP", "/mcp", "Tools with which an agent opens, uses and ends its own jobs."),
];

/** Returns what there is to be found. `isRouted` says whether a path is served, as a page of the console may not be. */
export const frontLinks = (config: FrontConfig, isRouted: (path: string) => boolean): FrontLink[] =>
  LINKS.filter(({ path, isPage, isServed }) => (isServed?.(config) ?? true) && (!isPage || isRouted(path))).map(
    ({ isServed: _, ...link }) => link,
  );
