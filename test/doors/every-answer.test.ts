import { describe, expect, it } from "vitest";
import { ADMIN, get, HELLO, JSON_TYPE, post, refusalOf, type Sent, send } from "../kit/clients/http.js";
import { ADMIN_KEY, closeWithoutDatabase, startGateway, useGateway } from "../kit/gateway/gateway.js";

describe("every answer", () => {
  const gateway = useGateway();
  const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

  it.each<[string, Sent]>([
    ["of GraphQL", { method: "POST", headers: ADMIN, body: HELLO }],
    ["of GraphQL by GET", { path: get("{ __typename }"), headers: ADMIN }],
    ["to a document that is none", { method: "POST", headers: ADMIN, body: '{ "query": "{" }' }],
    ["to malformed JSON", { method: "POST", headers: ADMIN, body: "{" }],
    ["of /", { path: "/" }],
    ["of /health/live", { path: "/health/live" }],
    ["of /health/ready", { path: "/health/ready" }],
    ["to an unknown path", { path: "/nothing" }],
    ["to an unknown method", { method: "DELETE" }],
    ["to a foreign Host", { path: "/health/live", headers: { host: "evil.example" } }],
  ])("%s has a request id, the client's or our own, and headers that forbid everything", async (_, sent) => {
    const [first, second] = [await send(gateway, sent), await send(gateway, sent)];
    expect(first.headers["content-type"]).toMatch(/^application\/json/);
    expect(first.headers["x-request-id"]).toMatch(UUID);
    const given = { ...sent, headers: { ...sent.headers, "x-request-id": "chosen-by-the-client" } };
    expect((await send(gateway, given)).headers["x-request-id"]).toBe("chosen-by-the-client");
    expect(second.headers["x-request-id"]).not.toBe(first.headers["x-request-id"]);
    expect(first.headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringMatching(/^default-src 'none'/),
    });
    expect(first.headers).not.toHaveProperty("x-powered-by");
  });

  it("on pages and assets has a request id too", async () => {
    for (const sent of [
      { headers: { accept: "text/html" } },
      { path: "/", headers: { accept: "text/html" } },
      { path: "/graphiql" },
      { path: "/graphiql/assets/main.css" },
    ]) {
      expect((await send(gateway, sent)).headers["x-request-id"]).toMatch(UUID);
    }
  });

  it.each(["/nothing", "/graphql/", "/graphql/x", "/health", "/.env", "/%00", "/%ff"])(
    "to %s is a refusal as JSON",
    async (path) => {
      const { status } = refusalOf(await send(gateway, { path }));
      expect([400, 404]).toContain(status);
    },
  );
});

describe("a failure inside", () => {
  it.each(["the admin", "a team"])("is told to %s by its request id and nothing else", async (who) => {
    const gateway = await startGateway();
    try {
      const team = await gateway.world.team();
      const credential = who === "a team" ? team.secret : ADMIN_KEY;
      // A secret that the gateway has not seen for a while is looked up; one of no team is looked up each time.
      const headers = { ...JSON_TYPE, authorization: `Bearer ${credential}` };
      await gateway.app.database.close();
      const operations = [
        `{ team(id: "${team.id}") { id } }`,
        "{ teams { totalCount nodes { jobs { totalCount } } } }",
        'mutation { createJob(input: { jobType: "x" }) { id } }',
        'mutation { createOrganization(input: { id: "x", name: "X" }) { id } }',
      ];
      for (const operation of operations) {
        const reply = await post(gateway, operation, headers);
        const { code, extensions, message } = refusalOf(reply);
        if (code === "FORBIDDEN") continue; // Decided without the database.
        expect(["UNAVAILABLE", "INTERNAL"]).toContain(code);
        expect(extensions.requestId, operation).toBe(reply.headers["x-request-id"]);
        expect(Object.keys(extensions).sort()).toEqual(["code", "requestId", "retryable", "status"]);
        expect(message).toMatch(/^(The gateway's database does not answer|Something went wrong inside the gateway)/);
      }
    } finally {
      await closeWithoutDatabase(gateway);
    }
  });
});
