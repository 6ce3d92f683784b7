import { describe, expect, it } from "vitest";
import type { GraphqlAnswer } from "../kit/clients/graphql.js";
import { RESUME, SUSPEND, VIEWER } from "../kit/credentials.js";
import { hasPostgres } from "../kit/database/database.js";
import { useTwoGateways } from "../kit/gateway/gateway.js";
import {
  CHANGE_KEY,
  DELETE_ORGANIZATION,
  RESUME_ORGANIZATION,
  SUSPEND_ORGANIZATION,
  UPDATE_ORGANIZATION,
  UPDATE_TEAM_NAMES,
} from "../kit/lifecycle.js";
import { heldStream } from "../kit/upstream/upstream-streams.js";
import { answeredWithin, codeOf } from "../kit/within.js";
import { CREATE_ORGANIZATION_KEY, LLM_CALL, name, START_LLM_CALL } from "../kit/world.js";

const CREATE_TEAM = "mutation ($input: CreateTeamInput!) { createTeam(input: $input) { team { id } } }";

describe.runIf(hasPostgres())("accounts, in two processes on one database", { timeout: 120_000 }, () => {
  const { one, other } = useTwoGateways();
  const at = (index: number) => (index % 2 === 0 ? one : other);
  const codes = (answers: readonly GraphqlAnswer[]) => answers.map(codeOf);

  describe("two operators who change different fields at the same moment", () => {
    it("of a team do not undo each other", async () => {
      const team = await one.world.team();
      for (let round = 0; round < 10; round++) {
        const group = await one.world.modelGroup();
        const changes = [
          { alias: `Alias ${round}` },
          { modelGroups: [team.modelGroup, group] },
          ...Array.from({ length: 6 }, (_, index) => ({ metadata: { [`name${index}`]: round } })),
          { limits: { requestsPerMinute: 100 + round } },
          { defaultKeyLimits: { tokensPerMinute: 200 + round } },
        ];
        await Promise.all(
          changes.map((change, index) =>
            at(index).admin.data(UPDATE_TEAM_NAMES, { input: { id: team.id, ...change } }),
          ),
        );
        const { team: read } = await one.admin.data(
          `query ($id: ID!) { team(id: $id) { alias metadata modelGroups { name }
            limits { requestsPerMinute } defaultKeyLimits { tokensPerMinute } } }`,
          { id: team.id },
        );
        expect(read).toEqual({
          alias: `Alias ${round}`,
          metadata: Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`name${index}`, round])),
          modelGroups: [{ name: team.modelGroup }, { name: group }],
          limits: { requestsPerMinute: 100 + round },
          defaultKeyLimits: { tokensPerMinute: 200 + round },
        });
      }
    });

    it("of an organization, or of a key, do not undo each other", async () => {
      const team = await one.world.team();
      const { organizationId: id, keyId } = team;
      const names = Array.from({ length: 8 }, (_, index) => ({ metadata: { [`name${index}`]: index } }));
      await Promise.all(
        [...names, { name: "New" }].map((change, index) =>
          at(index).admin.data(UPDATE_ORGANIZATION, { input: { id, ...change } }),
        ),
      );
      const { organization } = await one.admin.data("query ($id: ID!) { organization(id: $id) { name metadata } }", {
        id,
      });
      expect(organization).toEqual({ name: "New", metadata: Object.assign({}, ...names.map((each) => each.metadata)) });
      const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
      const changes = [{ name: "New" }, { expiresAt }, { modelGroups: [team.modelGroup] }, { limits: {} }];
      await Promise.all(
        changes.map((change, index) => at(index).admin.data(CHANGE_KEY, { input: { id: keyId, ...change } })),
      );
      const { updateVirtualKey } = await one.admin.data(CHANGE_KEY, { input: { id: keyId } });
      expect(updateVirtualKey).toMatchObject({ name: "New", expiresAt, modelGroups: [{ name: team.modelGroup }] });
    });
  });

  it("an organization is deleted, or gets a team and a key, but never both", async () => {
    for (let round = 0; round < 20; round++) {
      const { id } = await one.world.organization();
      const input = { organizationId: id };
      const [deletion, creation, key] = await Promise.all([
        at(round).admin.send(DELETE_ORGANIZATION, { id }),
        at(round + 1).admin.send(CREATE_TEAM, { input: { ...input, id: name("team") } }),
        one.admin.send(CREATE_ORGANIZATION_KEY, { input }),
      ]);
      const isDeleted = deletion.errors === undefined;
      expect(codes([deletion, creation]).sort()).toEqual(["INVALID_STATE", "ok"]);
      const { organization } = await one.admin.data(
        "query ($id: ID!) { organization(id: $id) { status teams { totalCount } keys { status } } }",
        { id },
      );
      expect(organization).toMatchObject({
        status: isDeleted ? "DELETED" : "ACTIVE",
        teams: { totalCount: isDeleted ? 0 : 1 },
      });
      if (isDeleted) for (const { status } of organization.keys) expect(status).toBe("REVOKED");
      else expect(codes([key])).toEqual(["ok"]);
    }
  });

  it("suspensions by the admin and by the organization at the same moment leave the admin's", async () => {
    const team = await one.world.team();
    const key = await one.world.organizationKey(team.organizationId);
    const otherKey = other.client(key.secret);
    for (let round = 0; round < 10; round++) {
      await Promise.all([
        one.admin.data(SUSPEND, { id: team.id }),
        otherKey.data(SUSPEND, { id: team.id }),
        otherKey.send(RESUME, { id: team.id }),
      ]);
      // In whichever order: what the organization resumes is its own suspension, and the admin's comes before or after.
      await otherKey.refusal("FORBIDDEN", RESUME, { id: team.id });
      await one.admin.data(RESUME, { id: team.id });
    }
  });

  it("suspensions and resumptions by the same hand at the same moment all succeed", async () => {
    const team = await one.world.team();
    const key = await one.world.organizationKey(team.organizationId);
    for (const hand of [one.admin, one.client(key.secret)]) {
      const seen = new Set<string>();
      for (let round = 0; round < 15; round++) {
        const sent = Array.from({ length: 12 }, (_, index) => hand.send(index % 3 ? RESUME : SUSPEND, { id: team.id }));
        for (const code of codes(await Promise.all(sent))) seen.add(code);
      }
      expect([...seen]).toEqual(["ok"]);
      await one.admin.data(RESUME, { id: team.id });
    }
  });

  it("suspendOrganization through the other cancels what runs in the one, of all of its teams, within a second", async () => {
    const organization = await one.world.organization();
    const works = await Promise.all(
      [heldStream(), heldStream()].map(async (upstream) => {
        const model = name("model");
        one.upstream.on(model, upstream);
        const team = await organization.team({ models: [model] });
        const { startLlmCall } = await team.client.data(START_LLM_CALL, { input: (await team.job()).callInput() });
        await upstream.arrived;
        upstream.text("Once ");
        const stream = one.socket(team.secret).follow(startLlmCall.id);
        await stream.until("LlmCallDelta");
        return { team, upstream, id: startLlmCall.id, ended: stream.rest().catch((error: unknown) => error) };
      }),
    );
    const start = performance.now();
    await other.admin.data(SUSPEND_ORGANIZATION, { id: organization.id });
    for (const { ended, upstream } of works) {
      expect(await ended).toMatchObject({ code: "TEAM_SUSPENDED", suspended: "ORGANIZATION" });
      await upstream.closed;
    }
    expect(performance.now() - start).toBeLessThan(1_000);
    const error = { code: "TEAM_SUSPENDED", message: "The organization is suspended." };
    for (const { id, team } of works) {
      await expect
        .poll(async () => (await one.admin.data(LLM_CALL, { id })).llmCall, { timeout: 10_000 })
        .toMatchObject({ status: "CANCELLED", error });
      await answeredWithin(1_000, () => team.client.send("{ jobs { nodes { id } } }"), "TEAM_SUSPENDED");
    }
    await one.admin.data(RESUME_ORGANIZATION, { id: organization.id });
    for (const { team } of works) await answeredWithin(1_000, () => other.client(team.secret).send(VIEWER), "ok");
  });
});
