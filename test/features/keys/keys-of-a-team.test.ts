import { describe, expect, it } from "vitest";
import { CREATE_KEY, REVOKE, refusalOf, UNAUTHENTICATED, VIEWER } from "../../kit/credentials.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { runTasks } from "../../kit/gateway/tasks.js";

describe("several keys of a team", () => {
  const gateway = useGateway();
  const KEYS = "query ($id: ID!) { team(id: $id) { virtualKeys { id name prefix status lastUsedAt } } }";

  it("all work, are listed without their secrets, and are revoked one by one", async () => {
    const team = await gateway.world.team();
    const made = [];
    for (const name of ["ci", "laptop"]) {
      const { createVirtualKey } = await gateway.admin.data(CREATE_KEY, { input: { teamId: team.id, name } });
      expect(createVirtualKey.virtualKey).toMatch(/^sk-[0-9a-f]{64}$/);
      expect(createVirtualKey.key.prefix).toBe(createVirtualKey.virtualKey.slice(0, 11));
      made.push({ ...createVirtualKey.key, secret: createVirtualKey.virtualKey });
    }
    const secrets = [team.secret, ...made.map(({ secret }) => secret)];
    expect(new Set(secrets).size).toBe(3);
    for (const secret of secrets) {
      expect(await gateway.client(secret).data(VIEWER)).toEqual({ viewer: { team: { id: team.id } } });
    }
    const own = await gateway.client(made[0]?.secret).data("{ viewer { ... on TeamViewer { key { name prefix } } } }");
    expect(own.viewer.key).toEqual({ name: "ci", prefix: made[0]?.prefix });

    await gateway.admin.data(REVOKE, { id: made[0]?.id });
    expect(refusalOf(await gateway.client(made[0]?.secret).send(VIEWER))).toEqual(UNAUTHENTICATED);
    for (const secret of [team.secret, made[1]?.secret]) {
      expect(await gateway.client(secret).data(VIEWER)).toEqual({ viewer: { team: { id: team.id } } });
    }
    await runTasks(gateway.app);
    const listed = (await gateway.admin.data(KEYS, { id: team.id })).team.virtualKeys;
    expect(listed.map((key: { name: string | null; status: string }) => [key.name, key.status])).toEqual([
      [null, "ACTIVE"],
      ["laptop", "ACTIVE"],
      ["ci", "REVOKED"],
    ]);
    for (const key of listed) expect(Date.parse(key.lastUsedAt)).toBeGreaterThan(0);
  });

  it("may be at most 100, not counting revoked keys", async () => {
    const team = await gateway.world.team();
    for (let count = 1; count < 100; count++) await gateway.admin.data(CREATE_KEY, { input: { teamId: team.id } });
    await gateway.admin.refusal("INVALID_STATE", CREATE_KEY, { input: { teamId: team.id } });
    await gateway.admin.data(REVOKE, { id: team.keyId });
    await gateway.admin.data(CREATE_KEY, { input: { teamId: team.id } });
    await gateway.admin.refusal("INVALID_STATE", CREATE_KEY, { input: { teamId: team.id } });
  });
});
