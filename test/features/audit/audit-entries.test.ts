import { describe, expect, it } from "vitest";
import { CREATE_KEY, REVOKE_ORGANIZATION_KEY, SUSPEND } from "../../kit/credentials.js";
import { FakeClock } from "../../kit/gateway/clock.js";
import { ADMIN_KEY, useGateway } from "../../kit/gateway/gateway.js";
import { name, START_LLM_CALL } from "../../kit/world.js";

const ENTRIES = `query ($filter: AuditFilter, $first: Int, $after: String) { auditEntries(filter: $filter, first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor } nodes { sequence createdAt actor operation subjectType subjectId organizationId before after } } }`;
const OF_ORGANIZATION =
  "query ($id: ID!, $filter: AuditFilter) { organization(id: $id) { auditEntries(filter: $filter) { totalCount nodes { operation subjectId } } } }";
const CREATE_TEAM = "mutation ($input: CreateTeamInput!) { createTeam(input: $input) { team { id } key { id } } }";
const UPDATE_TEAM = "mutation ($input: UpdateTeamInput!) { updateTeam(input: $input) { id } }";
const ROTATE = "mutation ($id: ID!) { rotateVirtualKey(id: $id) { virtualKey } }";

describe("the audit", () => {
  const clock = new FakeClock();
  const gateway = useGateway({ clock });
  const entries = async (filter: object, client = gateway.admin, more: object = {}) =>
    (await client.data(ENTRIES, { filter, ...more })).auditEntries;

  it("is listed newest first, page by page, and filtered by all that is given", async () => {
    const { id } = await gateway.world.organization();
    const team = await (await gateway.world.organization()).team();
    await clock.advance(60_000);
    const from = clock.now().toISOString();
    for (const alias of ["A", "B", "C"]) await gateway.admin.data(UPDATE_TEAM, { input: { id: team.id, alias } });
    await clock.advance(60_000);
    const to = clock.now().toISOString();
    await gateway.admin.data(UPDATE_TEAM, { input: { id: team.id, alias: "D" } });
    const ofTeam = { subjectType: "Team", subjectId: team.id, operation: "updateTeam", actor: "admin" };
    const all = await entries(ofTeam);
    expect(all.nodes.map(({ after }: { after: unknown }) => after)).toEqual(
      ["D", "C", "B", "A"].map((alias) => ({ alias })),
    );
    expect(all).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: false } });
    const first = await entries(ofTeam, gateway.admin, { first: 3 });
    const second = await entries(ofTeam, gateway.admin, { first: 3, after: first.pageInfo.endCursor });
    expect([...first.nodes, ...second.nodes]).toEqual(all.nodes);
    const within = await entries({ ...ofTeam, createdAfter: from, createdBefore: to });
    expect(within.nodes.map(({ after }: { after: unknown }) => after)).toEqual(
      ["C", "B", "A"].map((alias) => ({ alias })),
    );
    expect(await entries({ createdAfter: "2999-01-01T00:00:00Z" })).toMatchObject({ totalCount: 0 });
    expect(await entries({ createdBefore: "2000-01-01T00:00:00Z" })).toMatchObject({ totalCount: 0 });
    expect((await entries({ createdBefore: "2999-01-01T00:00:00Z" })).totalCount).toBe((await entries({})).totalCount);
    for (const other of [{ actor: "key:x" }, { operation: "deleteTeam" }, { subjectType: "Job" }, { subjectId: id }])
      expect(await entries({ ...ofTeam, ...other })).toMatchObject({ totalCount: 0 });
    await gateway.admin.refusal("INVALID_INPUT", ENTRIES, { filter: { actor: " " } });
  });

  it("is seen by an organization's key as far as it is about that organization, and by no team", async () => {
    const { id } = await gateway.world.organization();
    const key = await gateway.world.organizationKey(id);
    const { createTeam } = await key.client.data(CREATE_TEAM, { input: { id: name("team"), organizationId: id } });
    const stranger = await gateway.world.team();
    await gateway.admin.data(SUSPEND, { id: createTeam.team.id });
    const seen = await entries({}, key.client);
    expect(seen.nodes).toMatchObject([
      { operation: "suspendTeam", actor: "admin" },
      { operation: "createTeam", actor: `orgkey:${key.id}`, subjectId: createTeam.team.id },
      { operation: "createOrganizationKey", actor: "admin", subjectId: key.id },
      { operation: "createOrganization", actor: "admin", subjectId: id },
    ]);
    expect(seen.totalCount).toBe(4);
    for (const client of [gateway.admin, key.client]) {
      const { organization } = await client.data(OF_ORGANIZATION, { id });
      expect(organization.auditEntries).toMatchObject({ totalCount: 4 });
      const filtered = await client.data(OF_ORGANIZATION, { id, filter: { operation: "createTeam" } });
      expect(filtered.organization.auditEntries.nodes).toEqual([
        { operation: "createTeam", subjectId: createTeam.team.id },
      ]);
    }
    await key.client.refusal("NOT_FOUND", OF_ORGANIZATION, { id: stranger.organizationId });
    await stranger.client.refusal("FORBIDDEN", ENTRIES, {});
    await stranger.client.refusal("FORBIDDEN", OF_ORGANIZATION, { id: stranger.organizationId });
    expect(await gateway.rest(stranger.secret).refusal(403, "GET", "/api/audit-entries")).toMatch("may not do this");
  });

  it("keeps from an organization what would tell it the real cost, in a line for the admin alone", async () => {
    const { id } = await gateway.world.organization();
    const key = await gateway.world.organizationKey(id);
    const teamId = name("team");
    const billing = { monthlyCredits: 5, markupPercent: "12.5", unpaidCostUsdPerDay: "3" };
    await gateway.admin.data(CREATE_TEAM, { input: { id: teamId, organizationId: id, billing } });
    await gateway.admin.data(UPDATE_TEAM, {
      input: { id: teamId, billing: { markupPercent: "20", monthlyCredits: 6 } },
    });
    await gateway.admin.data(UPDATE_TEAM, { input: { id: teamId, billing: { markupPercent: "30" } } });
    const all = (await entries({ subjectId: teamId })).nodes;
    expect(all).toMatchObject([
      { operation: "updateTeam", organizationId: null, after: { billing: { markupPercent: "30" } } },
      {
        operation: "updateTeam",
        organizationId: null,
        before: { billing: { markupPercent: "12.5" } },
        after: { billing: { markupPercent: "20" } },
      },
      {
        operation: "updateTeam",
        organizationId: id,
        before: { billing: { monthlyCredits: 5 } },
        after: { billing: { monthlyCredits: 6 } },
      },
      {
        operation: "createTeam",
        organizationId: null,
        after: { billing: { markupPercent: "12.5", unpaidCostUsdPerDay: "3" } },
      },
      { operation: "createTeam", organizationId: id },
    ]);
    const seen = await entries({ subjectId: teamId }, key.client);
    expect(seen.totalCount).toBe(2);
    expect(JSON.stringify(seen)).not.toMatch(/markup|12\.5|unpaidCostUsd/);
  });

  it("has a line of a key that gives itself a new secret, and none of what a team does in its jobs", async () => {
    const team = await gateway.world.team();
    const before = (await entries({})).totalCount;
    const job = await team.job();
    await job.call();
    const { startLlmCall } = await team.client.data(START_LLM_CALL, { input: job.callInput() });
    await team.client.data("mutation ($id: ID!) { cancelLlmCall(id: $id) { id } }", { id: startLlmCall.id });
    await team.client.data(`mutation ($id: ID!) { updateJobMetadata(jobId: $id, metadata: { a: 1 }) { id } }`, {
      id: job.id,
    });
    await job.complete();
    await (await team.job()).complete({ status: "CANCELLED" });
    expect((await entries({})).totalCount).toBe(before);
    await team.client.data(ROTATE, { id: team.keyId });
    const { nodes } = await entries({ subjectId: team.keyId });
    const of = { operation: "rotateVirtualKey", actor: `key:${team.keyId}`, organizationId: team.organizationId };
    expect(nodes).toMatchObject([of]);
  });

  it("has no line of an act that was refused, at whatever step", async () => {
    const team = await gateway.world.team({ credits: 3 });
    const { organizationId } = team;
    const key = await gateway.world.organizationKey(organizationId);
    await gateway.admin.data(SUSPEND, { id: (await gateway.world.team()).id });
    const { totalCount } = await entries({});
    const refused: [string, string, object][] = [
      ["ALREADY_EXISTS", CREATE_TEAM, { input: { id: team.id, organizationId, creditsAllocated: 1 } }],
      ["NOT_FOUND", CREATE_TEAM, { input: { id: name("team"), organizationId, modelGroups: ["absent"] } }],
      ["NOT_FOUND", UPDATE_TEAM, { input: { id: team.id, alias: "New", modelGroups: [team.modelGroup, "absent"] } }],
      ["INVALID_INPUT", CREATE_KEY, { input: { teamId: team.id, modelGroups: ["absent"] } }],
      [
        "INSUFFICIENT_CREDITS",
        "mutation ($input: AdjustCreditsInput!) { adjustCredits(input: $input) { id } }",
        { input: { teamId: team.id, credits: -4, reason: "Test" } },
      ],
      ["INVALID_STATE", "mutation ($name: ID!) { deleteModelGroup(name: $name) }", { name: team.modelGroup }],
      ["INVALID_STATE", "mutation ($id: ID!) { deleteOrganization(id: $id) { id } }", { id: organizationId }],
      ["NOT_FOUND", "mutation ($model: String!) { removeModelPrice(model: $model) { model } }", { model: "absent" }],
    ];
    for (const [code, query, variables] of refused)
      await gateway.admin.refusal(code, query, variables as Record<string, unknown>);
    await key.client.refusal("INSUFFICIENT_CREDITS", CREATE_TEAM, {
      input: { id: name("team"), organizationId, creditsAllocated: 1 },
    });
    expect((await entries({})).totalCount).toBe(totalCount);
  });

  it("is not kept from an act: if the line cannot be written, the act is not done", async () => {
    const { db } = gateway.database;
    const { id } = await gateway.world.organization();
    const key = await gateway.world.organizationKey(id);
    await db.$executeRaw`ALTER TABLE audit_head ADD CONSTRAINT audit_is_full CHECK (last_sequence < 0) NOT VALID`;
    try {
      await gateway.admin.refusal("INTERNAL", REVOKE_ORGANIZATION_KEY, { id: key.id });
      await gateway.admin.refusal("INTERNAL", SUSPEND, {
        id: (await db.team.findFirstOrThrow({ where: { status: "ACTIVE" } })).id,
      });
      expect(await db.organizationKey.findUniqueOrThrow({ where: { id: key.id } })).toMatchObject({ revokedAt: null });
    } finally {
      await db.$executeRaw`ALTER TABLE audit_head DROP CONSTRAINT audit_is_full`;
    }
    await gateway.admin.data(REVOKE_ORGANIZATION_KEY, { id: key.id });
  });

  it("is listed by REST as by GraphQL, and exported as lines of JSON, oldest first and all of them", async () => {
    const team = await gateway.world.team();
    for (let count = 0; count < 3; count++)
      await gateway.admin.data(UPDATE_TEAM, { input: { id: team.id, alias: `Alias ${count}` } });
    const query = `subject_type=Team&subject_id=${team.id}&created_after=2000-01-01T00:00:00Z`;
    const rest = gateway.rest(ADMIN_KEY);
    const listed = await rest.ok("GET", `/api/audit-entries?${query}`);
    expect(listed.map(({ operation }: { operation: string }) => operation)).toEqual([
      "updateTeam",
      "updateTeam",
      "updateTeam",
      "createTeam",
    ]);
    const page = await rest.send("GET", `/api/audit-entries?${query}&limit=1&offset=1`);
    expect(page.body).toEqual([listed[1]]);
    expect(page.headers.get("x-total-count")).toBe("4");
    const exported = await rest.send("GET", `/api/audit-entries?${query}`, undefined, {
      accept: "application/x-ndjson",
    });
    expect(exported.headers.get("content-type")).toBe("application/x-ndjson");
    expect(linesOf(exported.body)).toEqual([...listed].reverse());
    const whole = linesOf(
      (await rest.send("GET", "/api/audit-entries", undefined, { accept: "application/x-ndjson" })).body,
    );
    expect(whole.map(({ sequence }) => sequence)).toEqual(whole.map((_, index) => index + 1));
    expect(whole).toHaveLength((await entries({})).totalCount);
    for (const [previous, { previous_hash }] of whole.slice(1).entries())
      expect(previous_hash).toBe(whole[previous]?.hash);
    const none = await rest.send("GET", "/api/audit-entries?actor=nobody", undefined, {
      accept: "application/x-ndjson",
    });
    expect(none).toMatchObject({ status: 200, body: "" });
    const wrong = await rest.send("GET", "/api/audit-entries?created_after=yesterday");
    expect(wrong).toMatchObject({ status: 422, body: { detail: [{ loc: ["query", "created_after"] }] } });
    const never = await rest.send("GET", "/api/audit-entries?created_after=2026-13-01T00:00:00Z");
    expect(never).toMatchObject({ status: 422, body: { detail: [{ loc: ["query", "created_after"] }] } });
  });
});

const linesOf = (text: string): { sequence: number; hash: string; previous_hash: string }[] =>
  text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
