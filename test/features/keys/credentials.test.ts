import { describe, expect, it } from "vitest";
import { GraphqlClient } from "../../kit/clients/graphql.js";
import { CREATE_KEY, EVERYTHING, REVOKE, refusalOf, UNAUTHENTICATED, VIEWER } from "../../kit/credentials.js";
import { FakeClock } from "../../kit/gateway/clock.js";
import { ADMIN_KEY, useGateway } from "../../kit/gateway/gateway.js";

const HOUR = 3_600_000;

describe("a credential that is not accepted", () => {
  const clock = new FakeClock();
  const gateway = useGateway({ clock });

  it.each<[string, Record<string, string>]>([
    ["no header at all", {}],
    ["an unknown virtual key", { authorization: `Bearer sk-${"0".repeat(64)}` }],
    ["a virtual key that is too short", { authorization: "Bearer sk-0123" }],
    ["a virtual key in capitals", { authorization: `Bearer SK-${"A".repeat(64)}` }],
    ["a wrong admin key", { authorization: "Bearer sk-admin-key-change-mE" }],
    ["the beginning of the admin key", { authorization: `Bearer ${ADMIN_KEY.slice(0, -1)}` }],
    ["a wrong X-Admin-Key", { "x-admin-key": "sk-admin-key-change-you" }],
    ["an empty X-Admin-Key", { "x-admin-key": "" }],
    ["a wrong X-Api-Key", { "x-api-key": `sk-${"0".repeat(64)}` }],
    ["an empty X-Api-Key", { "x-api-key": "" }],
    ["two keys", { authorization: `Bearer ${ADMIN_KEY}`, "x-api-key": `sk-${"0".repeat(64)}` }],
    ["another scheme beside the admin key", { authorization: "Basic eDp5", "x-api-key": ADMIN_KEY }],
    ["a scheme without a credential", { authorization: "Bearer" }],
    ["a credential without a scheme", { authorization: ADMIN_KEY }],
    ["another scheme", { authorization: `Basic ${Buffer.from(`admin:${ADMIN_KEY}`).toString("base64")}` }],
    ["two credentials in one header", { authorization: `Bearer ${ADMIN_KEY} ${ADMIN_KEY}` }],
    ["the admin key among other things", { authorization: `Bearer ${ADMIN_KEY}, Basic eDp5` }],
    ["garbage", { authorization: "%00\u00ff\u00fe ;DROP" }],
    ["10,000 characters", { authorization: `Bearer ${"x".repeat(10_000)}` }],
  ])("gets UNAUTHENTICATED and nothing more: %s", async (_, headers) => {
    const answer = await new GraphqlClient(gateway.url, headers).send(VIEWER);
    expect(refusalOf(answer)).toEqual(UNAUTHENTICATED);
  });

  it("may be a virtual key that is sent as X-Admin-Key", async () => {
    const team = await gateway.world.team();
    const answer = await new GraphqlClient(gateway.url, { "x-admin-key": team.secret }).send(VIEWER);
    expect(refusalOf(answer)).toEqual(UNAUTHENTICATED);
  });

  it("may be a key that has expired", async () => {
    const team = await gateway.world.team();
    await clock.advance(1); // The second key is the later one, so that their order is known.
    const expiresAt = new Date(clock.now().getTime() + HOUR).toISOString();
    const input = { teamId: team.id, name: "for an hour", expiresAt };
    const { createVirtualKey } = await gateway.admin.data(CREATE_KEY, { input });
    expect(createVirtualKey.key).toMatchObject({ name: "for an hour", status: "ACTIVE", expiresAt });
    const client = gateway.client(createVirtualKey.virtualKey);
    expect(await client.data(VIEWER)).toEqual({ viewer: { team: { id: team.id } } });

    await clock.advance(HOUR - 1);
    expect(await client.data(VIEWER)).toEqual({ viewer: { team: { id: team.id } } });
    await clock.advance(1);
    expect(refusalOf(await client.send(VIEWER))).toEqual(UNAUTHENTICATED);
    const { viewer } = await team.client.data(
      "{ viewer { ... on TeamViewer { team { virtualKeys { name status } } } } }",
    );
    expect(viewer.team.virtualKeys).toEqual([
      { name: null, status: "ACTIVE" },
      { name: "for an hour", status: "EXPIRED" },
    ]);
  });

  it("may be a key that was revoked a moment ago, though it was just used, and revoking it again changes nothing", async () => {
    const team = await gateway.world.team();
    expect(await team.client.data(VIEWER)).toEqual({ viewer: { team: { id: team.id } } });
    const revoked = { revokeVirtualKey: { id: team.keyId, status: "REVOKED" } };
    expect(await gateway.admin.data(REVOKE, { id: team.keyId })).toEqual(revoked);
    expect(refusalOf(await team.client.send(VIEWER))).toEqual(UNAUTHENTICATED);
    expect(await gateway.admin.data(REVOKE, { id: team.keyId })).toEqual(revoked);
  });

  it.each(EVERYTHING)("is refused by %s", async (operation) => {
    const unknown = await gateway.client(`sk-${"0".repeat(64)}`).send(operation);
    expect(refusalOf(unknown)).toEqual(UNAUTHENTICATED);
    expect(refusalOf(await gateway.anonymous.send(operation))).toEqual(UNAUTHENTICATED);
  });

  it("is not needed to read the schema", async () => {
    expect(await gateway.anonymous.data("{ __typename __schema { queryType { name } } }")).toEqual({
      __typename: "Query",
      __schema: { queryType: { name: "Query" } },
    });
  });
});

describe("the admin key", () => {
  const gateway = useGateway({ env: { ADMIN_KEY: "a-key-of-our-own-with-32-letters" } });
  const own = "a-key-of-our-own-with-32-letters";

  it.each<[string, Record<string, string>]>([
    ["X-Admin-Key", { "x-admin-key": own }],
    ["Authorization: Bearer", { authorization: `Bearer ${own}` }],
    ["X-Api-Key", { "x-api-key": own }],
    ["X-Api-Key beside the same bearer", { "x-api-key": own, authorization: `Bearer ${own}` }],
    ["Authorization: bearer", { authorization: `bearer ${own}` }],
    ["Authorization: BEARER with more space", { authorization: `BEARER   ${own}` }],
    ["X-Admin-Key beside an unknown virtual key", { "x-admin-key": own, authorization: `Bearer sk-${"0".repeat(64)}` }],
  ])("is accepted as %s", async (_, headers) => {
    expect(await new GraphqlClient(gateway.url, headers).data(VIEWER)).toEqual({ viewer: { name: "admin" } });
  });

  it("is no longer the default key once another is set", async () => {
    const answer = await new GraphqlClient(gateway.url, { "x-admin-key": ADMIN_KEY }).send(VIEWER);
    expect(refusalOf(answer)).toEqual(UNAUTHENTICATED);
  });
});
