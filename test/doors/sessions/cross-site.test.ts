import { beforeAll, describe, expect, it } from "vitest";
import { GraphqlClient } from "../../kit/clients/graphql.js";
import { sseMessages } from "../../kit/clients/sse.js";
import { SocketClient } from "../../kit/clients/ws.js";
import type { Browser } from "../../kit/sign-in/browser.js";
import { useSignIn } from "../../kit/sign-in/use-sign-in.js";

const APP = "https://app.example.com";
const world = useSignIn({ env: { CORS_ORIGINS: APP } });
const WHO = "{ viewer { __typename } }";
let browser: Browser;
let cookie: Record<string, string>;

beforeAll(async () => {
  ({ browser } = await world.signIn({ roles: ["tollgate-admin"] }));
  cookie = browser.headersFor(world.gateway.url);
});

/** Requests that pages of others cause, or that no page causes. Some of them may not come with a cookie at all. */
const FOREIGN: Readonly<Record<string, Record<string, string>>> = {
  "no page": {},
  "a page of another site": { origin: "https://evil.example.com", "sec-fetch-site": "cross-site" },
  "a page of another site, in an old browser": { origin: "https://evil.example.com" },
  "a page of a sibling of our host": { origin: "https://evil.127.0.0.1", "sec-fetch-site": "same-site" },
  "a page of another port": { origin: "http://127.0.0.1:1", "sec-fetch-site": "same-site" },
  "a page of CORS_ORIGINS": { origin: APP, "sec-fetch-site": "cross-site" },
  "a page without an origin": { origin: "null", "sec-fetch-site": "cross-site" },
  "a link on another site": { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" },
  "an address that somebody has typed": { "sec-fetch-site": "none" },
};

const OWN = () => [
  { origin: world.gateway.url },
  { "sec-fetch-site": "same-origin" },
  { origin: world.gateway.url, "sec-fetch-site": "same-origin" },
];

describe("The cookie of a session counts", () => {
  it("for a page of PUBLIC_URL", async () => {
    for (const headers of OWN()) {
      const client = new GraphqlClient(world.gateway.url, { ...cookie, ...headers } as Record<string, string>);
      expect((await client.data(WHO)).viewer.__typename).toBe("PersonViewer");
    }
  });

  it.each(Object.entries(FOREIGN))("not for %s", async (_title, headers) => {
    const { gateway } = world;
    await new GraphqlClient(gateway.url, { ...cookie, ...headers }).refusal("UNAUTHENTICATED", WHO);
    const list = await fetch(`${gateway.url}/api/teams`, { headers: { ...cookie, ...headers } });
    expect(list.status).toBe(401);
    const stream = await fetch(`${gateway.url}/graphql/stream`, {
      method: "POST",
      headers: { "content-type": "application/json", ...cookie, ...headers },
      body: JSON.stringify({ query: WHO }),
    });
    expect(stream.status).toBe(401);
  });

  it("not if the page says that it is ours, and the browser that it is not", async () => {
    for (const site of ["cross-site", "same-site", "none"]) {
      const headers = { ...cookie, origin: world.gateway.url, "sec-fetch-site": site };
      await new GraphqlClient(world.gateway.url, headers).refusal("UNAUTHENTICATED", WHO);
    }
  });
});

describe("Beside GraphQL, a session", () => {
  const ofPage = () => browser.headersOfPage(world.gateway.url);

  it("reads over REST, as a list and as a file", async () => {
    const team = await world.gateway.world.team();
    const list = await fetch(`${world.gateway.url}/api/teams`, { headers: ofPage() });
    expect(list.status).toBe(200);
    expect(await list.text()).toContain(team.id);
    const file = await fetch(`${world.gateway.url}/api/audit-entries`, {
      headers: { ...ofPage(), accept: "application/x-ndjson" },
    });
    expect([file.status, file.headers.get("content-type")]).toEqual([200, expect.stringContaining("x-ndjson")]);
  });

  it("changes nothing over REST, and is nothing to /v1 and /metrics", async () => {
    const { gateway } = world;
    const team = await gateway.world.team();
    const asked = [
      ["POST", `/api/teams/${team.id}/suspend`],
      ["PATCH", `/api/teams/${team.id}`],
      ["GET", "/v1/models"],
      ["GET", "/metrics"],
    ] as const;
    for (const [method, path] of asked) {
      const response = await fetch(gateway.url + path, {
        method,
        headers: { ...ofPage(), ...(method !== "GET" && { "content-type": "application/json" }) },
        ...(method !== "GET" && { body: "{}" }),
      });
      expect(response.status, `${method} ${path}`).toBe(401);
    }
  });

  it("follows event streams", async () => {
    const response = await fetch(`${world.gateway.url}/graphql/stream`, {
      method: "POST",
      headers: { "content-type": "application/json", ...ofPage() },
      body: JSON.stringify({ query: WHO }),
    });
    const messages = [];
    for await (const { event, data } of sseMessages(response)) if (event === "next") messages.push(JSON.parse(data));
    expect(messages).toEqual([{ data: { viewer: { __typename: "PersonViewer" } } }]);
  });
});

describe("A socket with the cookie of a session", () => {
  const socket = (headers: Record<string, string>, params = {}) =>
    new SocketClient(world.gateway.url, params, { headers: { ...cookie, ...headers } });
  const first = async (client: SocketClient) => {
    try {
      for await (const result of client.iterate(WHO)) return result;
      return undefined;
    } finally {
      client.close();
    }
  };

  it("is the person's, if a page of PUBLIC_URL opens it", async () => {
    const own = socket({ origin: world.gateway.url });
    expect((await first(own))?.data.viewer.__typename).toBe("PersonViewer");
  });

  it("is refused to a page of another origin before it is open", async () => {
    await expect(first(socket({ origin: "https://evil.example.com" }))).rejects.toThrow(/403/);
  });

  it("is nobody's if a page of CORS_ORIGINS or no page opens it", async () => {
    for (const headers of [{ origin: APP }, {}]) {
      const foreign = socket(headers as Record<string, string>);
      await expect(first(foreign)).rejects.toMatchObject({ code: 4401 });
    }
  });

  it("is the key's that is sent over it", async () => {
    const team = await world.gateway.world.team();
    const keyed = socket({ origin: world.gateway.url }, { Authorization: `Bearer ${team.secret}` });
    expect((await first(keyed))?.data.viewer.__typename).toBe("TeamViewer");
    const wrong = socket({ origin: world.gateway.url }, { Authorization: "Bearer wrong" });
    await expect(first(wrong)).rejects.toMatchObject({ code: 4401 });
  });
});
