import { createHash } from "node:crypto";
import { request } from "node:http";
import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { newId } from "../../../src/lib/ids.js";
import { FakeClock } from "../../kit/clock.js";
import { ADMIN_KEY, useGateway } from "../../kit/gateway.js";
import { type GraphqlAnswer, GraphqlClient } from "../../kit/graphql.js";
import { allRows } from "../../kit/tables.js";
import { error } from "../../kit/upstream-behaviours.js";
import { CREATE_JOB, RUN_LLM_CALL, type TestTeam } from "../../kit/world.js";

const VIEWER = "{ viewer { ... on AdminViewer { name } ... on TeamViewer { team { id } } } }";
const CREATE_KEY = `mutation ($input: CreateVirtualKeyInput!) {
  createVirtualKey(input: $input) { virtualKey key { id name prefix status expiresAt lastUsedAt } } }`;
const REVOKE = "mutation ($id: ID!) { revokeVirtualKey(id: $id) { id status } }";
const SUSPEND = "mutation ($id: ID!) { suspendTeam(id: $id) { status } }";
const RESUME = "mutation ($id: ID!) { resumeTeam(id: $id) { status } }";
const HOUR = 3_600_000;

/** Every operation there is, on things that need not exist: who may not ask at all is told so before that. */
const ADMIN_OPERATIONS = [
  'createOrganization(input: { id: "x", name: "X" }) { id }',
  'createModelGroup(input: { name: "x", models: [{ name: "gpt-4o" }] }) { id }',
  'createTeam(input: { id: "x", organizationId: "x" }) { virtualKey }',
  'createVirtualKey(input: { teamId: "x" }) { virtualKey }',
  `revokeVirtualKey(id: "${newId()}") { id }`,
  'addCredits(input: { teamId: "x", credits: 1 }) { id }',
  'suspendTeam(id: "x") { id }',
  'resumeTeam(id: "x") { id }',
];
const TEAM_OPERATIONS = [
  'createJob(input: { jobType: "x" }) { id }',
  `updateJobMetadata(jobId: "${newId()}", metadata: {}) { id }`,
  `completeJob(input: { jobId: "${newId()}" }) { job { id } }`,
  'runLlmCall(input: { modelGroup: "x", messages: [{ role: USER, content: "x" }] }) { id }',
];
const SHARED_OPERATIONS = [
  `completeJob(input: { jobId: "${newId()}", status: FAILED }) { job { id } }`,
  `completeJob(input: { jobId: "${newId()}", status: CANCELLED }) { job { id } }`,
];
const QUERIES = [
  "viewer { __typename }",
  'organization(id: "x") { id }',
  "organizations { totalCount }",
  'team(id: "x") { id }',
  "teams { totalCount }",
  'modelGroup(name: "x") { id }',
  "modelGroups { totalCount }",
  `job(id: "${newId()}") { id }`,
  "jobs { totalCount }",
  `llmCall(id: "${newId()}") { id }`,
];
const EVERYTHING = [
  ...QUERIES.map((field) => `query { ${field} }`),
  ...[...ADMIN_OPERATIONS, ...TEAM_OPERATIONS, ...SHARED_OPERATIONS].map((field) => `mutation { ${field} }`),
];

/** All that an answer says but for where in the document its field stood. */
function refusalOf({ status, data, errors }: GraphqlAnswer) {
  const [field] = Object.values(data ?? {});
  return { status, field, errors: errors?.map(({ message, extensions }) => ({ message, extensions })) };
}

const UNAUTHENTICATED = {
  status: 200,
  field: null,
  errors: [
    {
      message: "No valid credential was sent.",
      extensions: { code: "UNAUTHENTICATED", status: 401, retryable: false },
    },
  ],
};

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
    ["a scheme without a credential", { authorization: "Bearer" }],
    ["a credential without a scheme", { authorization: ADMIN_KEY }],
    ["another scheme", { authorization: `Basic ${Buffer.from(`admin:${ADMIN_KEY}`).toString("base64")}` }],
    ["two credentials in one header", { authorization: `Bearer ${ADMIN_KEY} ${ADMIN_KEY}` }],
    ["the admin key among other things", { authorization: `Bearer ${ADMIN_KEY}, Basic eDp5` }],
    ["garbage", { authorization: "%00\u00ff\u00fe ;DROP" }],
    ["10,000 characters", { authorization: `Bearer ${"x".repeat(10_000)}` }],
  ])("is told nothing but that: %s", async (_, headers) => {
    const answer = await new GraphqlClient(gateway.url, headers).send(VIEWER);
    expect(refusalOf(answer)).toEqual(UNAUTHENTICATED);
  });

  it("may be a virtual key as X-Admin-Key, which it is not", async () => {
    const team = await gateway.world.team();
    const answer = await new GraphqlClient(gateway.url, { "x-admin-key": team.secret }).send(VIEWER);
    expect(refusalOf(answer)).toEqual(UNAUTHENTICATED);
  });

  it("may be a key that has expired", async () => {
    const team = await gateway.world.team();
    clock.advance(1); // The second key is the later one, so that their order is known.
    const expiresAt = new Date(clock.now().getTime() + HOUR).toISOString();
    const input = { teamId: team.id, name: "for an hour", expiresAt };
    const { createVirtualKey } = await gateway.admin.data(CREATE_KEY, { input });
    expect(createVirtualKey.key).toMatchObject({ name: "for an hour", status: "ACTIVE", expiresAt });
    const client = gateway.client(createVirtualKey.virtualKey);
    expect(await client.data(VIEWER)).toEqual({ viewer: { team: { id: team.id } } });

    clock.advance(HOUR - 1);
    expect(await client.data(VIEWER)).toEqual({ viewer: { team: { id: team.id } } });
    clock.advance(1);
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
    ["Authorization: bearer", { authorization: `bearer ${own}` }],
    ["Authorization: BEARER with more space", { authorization: `BEARER   ${own}` }],
    ["X-Admin-Key beside an unknown virtual key", { "x-admin-key": own, authorization: `Bearer sk-${"0".repeat(64)}` }],
  ])("is accepted as %s", async (_, headers) => {
    expect(await new GraphqlClient(gateway.url, headers).data(VIEWER)).toEqual({ viewer: { name: "admin" } });
  });

  it("is no longer the default one once it is set", async () => {
    const answer = await new GraphqlClient(gateway.url, { "x-admin-key": ADMIN_KEY }).send(VIEWER);
    expect(refusalOf(answer)).toEqual(UNAUTHENTICATED);
  });
});

describe("who may do what", () => {
  const gateway = useGateway();

  it.each(ADMIN_OPERATIONS)("a team's key may not %s", async (field) => {
    const team = await gateway.world.team();
    const refusal = await team.client.refusal("FORBIDDEN", `mutation { ${field} }`);
    expect(refusal.extensions).toMatchObject({ status: 403, retryable: false });
  });

  it("a team's key may neither suspend nor resume nor fund its own team, nor handle its own keys", async () => {
    const team = await gateway.world.team();
    const { client, id, keyId } = team;
    await client.refusal("FORBIDDEN", SUSPEND, { id });
    await client.refusal("FORBIDDEN", RESUME, { id });
    await client.refusal("FORBIDDEN", CREATE_KEY, { input: { teamId: id } });
    await client.refusal("FORBIDDEN", REVOKE, { id: keyId });
    await client.refusal("FORBIDDEN", `mutation { addCredits(input: { teamId: "${id}", credits: 5 }) { id } }`);
    expect(await team.credits()).toMatchObject({ allocated: 10 });
  });

  it.each(TEAM_OPERATIONS)("the admin key may not %s", async (field) => {
    const refusal = await gateway.admin.refusal("FORBIDDEN", `mutation { ${field} }`);
    expect(refusal.extensions).toMatchObject({ status: 403, retryable: false });
  });

  it("the admin key may not work in a team's job or complete it, but may close it", async () => {
    const job = await (await gateway.world.team()).job();
    await gateway.admin.refusal("FORBIDDEN", RUN_LLM_CALL, { input: job.callInput() });
    const close = "mutation ($input: CompleteJobInput!) { completeJob(input: $input) { job { status } } }";
    await gateway.admin.refusal("FORBIDDEN", close, { input: { jobId: job.id } });
    await gateway.admin.refusal("FORBIDDEN", close, { input: { jobId: job.id, status: null } });
    const closed = await gateway.admin.data(close, { input: { jobId: job.id, status: "CANCELLED" } });
    expect(closed.completeJob.job.status).toBe("CANCELLED");
  });
});

describe("where TEAM_TOP_UP is allow", () => {
  const gateway = useGateway({ env: { TEAM_TOP_UP: "allow" } });

  it("a team may fund itself and no other", async () => {
    const [team, other] = [await gateway.world.team(), await gateway.world.team()];
    const add = "mutation ($input: AddCreditsInput!) { addCredits(input: $input) { credits { allocated } } }";
    const { addCredits } = await team.client.data(add, { input: { teamId: team.id, credits: 5 } });
    expect(addCredits).toEqual({ credits: { allocated: 15 } });
    await team.client.refusal("NOT_FOUND", add, { input: { teamId: other.id, credits: 5 } });
    expect(await other.credits()).toMatchObject({ allocated: 10 });
  });
});

describe("a suspended team", () => {
  const gateway = useGateway();

  it("is told TEAM_SUSPENDED by everything, reads too, with each of its keys, at once", async () => {
    const team = await gateway.world.team();
    const { createVirtualKey } = await gateway.admin.data(CREATE_KEY, { input: { teamId: team.id } });
    const clients = [team.client, gateway.client(createVirtualKey.virtualKey)];
    for (const client of clients) await client.data(VIEWER);
    expect(await gateway.admin.data(SUSPEND, { id: team.id })).toEqual({ suspendTeam: { status: "SUSPENDED" } });
    for (const operation of EVERYTHING) {
      for (const client of clients) {
        const refusal = await client.refusal("TEAM_SUSPENDED", operation);
        expect(refusal.extensions).toMatchObject({ status: 403, retryable: false });
      }
    }
  });

  it("keeps its jobs, refuses work in them, and goes on with them when it is resumed", async () => {
    const team = await gateway.world.team();
    const job = await team.job();
    await gateway.admin.data(SUSPEND, { id: team.id });
    await team.client.refusal("TEAM_SUSPENDED", RUN_LLM_CALL, { input: job.callInput() });
    await team.client.refusal("TEAM_SUSPENDED", CREATE_JOB, { input: { jobType: "test" } });
    await team.client.refusal("TEAM_SUSPENDED", `{ job(id: "${job.id}") { id } }`);
    const seen = await gateway.admin.data(`{ job(id: "${job.id}") { status team { status credits { held } } } }`);
    expect(seen.job).toEqual({ status: "PENDING", team: { status: "SUSPENDED", credits: { held: 1 } } });

    expect(await gateway.admin.data(RESUME, { id: team.id })).toEqual({ resumeTeam: { status: "ACTIVE" } });
    expect(await job.call()).toMatchObject({ status: "SUCCEEDED" });
    expect((await job.complete()).job).toMatchObject({ status: "COMPLETED" });
  });

  it("may be suspended and resumed twice, and leaves the teams beside it alone", async () => {
    const organization = await gateway.world.organization();
    const [team, other] = [await organization.team(), await organization.team()];
    for (let time = 0; time < 2; time++) {
      expect(await gateway.admin.data(SUSPEND, { id: team.id })).toEqual({ suspendTeam: { status: "SUSPENDED" } });
    }
    expect(await other.client.data(VIEWER)).toEqual({ viewer: { team: { id: other.id } } });
    for (let time = 0; time < 2; time++) {
      expect(await gateway.admin.data(RESUME, { id: team.id })).toEqual({ resumeTeam: { status: "ACTIVE" } });
    }
    expect(await team.client.data(VIEWER)).toEqual({ viewer: { team: { id: team.id } } });
  });
});

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
    const listed = (await gateway.admin.data(KEYS, { id: team.id })).team.virtualKeys;
    expect(listed.map((key: { name: string | null; status: string }) => [key.name, key.status])).toEqual([
      [null, "ACTIVE"],
      ["laptop", "ACTIVE"],
      ["ci", "REVOKED"],
    ]);
    for (const key of listed) expect(Date.parse(key.lastUsedAt)).toBeGreaterThan(0);
  });

  it("are at most 100 that are not revoked", async () => {
    const team = await gateway.world.team();
    for (let count = 1; count < 100; count++) await gateway.admin.data(CREATE_KEY, { input: { teamId: team.id } });
    await gateway.admin.refusal("INVALID_STATE", CREATE_KEY, { input: { teamId: team.id } });
    await gateway.admin.data(REVOKE, { id: team.keyId });
    await gateway.admin.data(CREATE_KEY, { input: { teamId: team.id } });
    await gateway.admin.refusal("INVALID_STATE", CREATE_KEY, { input: { teamId: team.id } });
  });
});

describe("a secret", () => {
  const lines: string[] = [];
  const log = pino({ level: "trace" }, { write: (line: string) => void lines.push(line) });
  const gateway = useGateway({ log, upstream: "scripted" });

  it("is in the answer that makes it, and afterwards in no answer, no log line and no row but as its hash", async () => {
    const group = await gateway.world.modelGroup(["failing", "answering"]);
    const team = await gateway.world.team({ groups: [group] });
    const { createVirtualKey } = await gateway.admin.data(CREATE_KEY, { input: { teamId: team.id, name: "second" } });
    const secrets = [team.secret, createVirtualKey.virtualKey];
    gateway.upstream.on("failing", error(500));

    const answers = [
      ...(await Promise.all(secrets.map((secret) => useEverything(secret, team)))),
      await provoke(secrets),
    ];
    const seen = answers.flat().join("\n");
    for (const secret of secrets) {
      const hash = createHash("sha256").update(secret).digest();
      const hidden = [secret.slice(3), secret.slice(20), hash.toString("hex"), hash.toString("base64")];
      for (const text of hidden) expect(seen).not.toContain(text);
      for (const text of hidden) expect(lines.join("")).not.toContain(text);
      const rows = (await allRows(gateway.database.db)).join("\n");
      expect(rows).toContain(hash.toString("hex"));
      expect(rows).not.toContain(secret.slice(3));
    }
    for (const key of [ADMIN_KEY, "sk-upstream"]) {
      expect(seen).not.toContain(key);
      expect(lines.join("")).not.toContain(key);
      expect((await allRows(gateway.database.db)).join("\n")).not.toContain(key);
    }
    expect(seen).toContain(team.secret.slice(0, 11));
    expect(lines.join(""), "the call that failed over is in the log").toContain('"model":"failing"');
  });

  /** Answers of all reads and of a call, as they come. */
  async function useEverything(secret: string, team: TestTeam): Promise<string[]> {
    const client = gateway.client(secret);
    const answers: unknown[] = [];
    const { createJob } = await client.data(CREATE_JOB, { input: { jobType: "test" } });
    const input = { jobId: createJob.id, modelGroup: team.modelGroup, messages: [{ role: "USER", content: "Hello" }] };
    answers.push(await client.send(RUN_LLM_CALL, { input }));
    const KEY = "virtualKeys { id name prefix status createdAt expiresAt lastUsedAt }";
    const reads = `{ viewer { ... on TeamViewer { key { id prefix name } team { ${KEY} creditEntries { nodes { actor reason } } } } }
      teams { nodes { ${KEY} metadata } } jobs { nodes { metadata llmCalls { nodes { metadata content } } } } }`;
    for (const reader of [client, gateway.admin]) answers.push(await reader.send(reads));
    answers.push(await client.send("mutation { suspendTeam(id: 5) { id } }"), await client.send("{ nothing"));
    answers.push(await gateway.admin.send(REVOKE, { id: newId() }));
    return answers.map((answer) => JSON.stringify(answer));
  }

  /** Answers to requests that cannot be served, which are what gets logged. */
  async function provoke(secrets: string[]): Promise<string[]> {
    const answers = [];
    for (const secret of secrets) {
      answers.push(await post(`Bearer ${secret}`, "{ not json"));
      answers.push(await post(`Bearer ${secret} `, "[]"));
      answers.push(await post(`Basic ${secret}`, '{ "query": "{ viewer { __typename } }" }'));
    }
    answers.push(await post(`Bearer ${ADMIN_KEY}`, "{ not json"));
    return answers;
  }

  function post(authorization: string, body: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const headers = { authorization, "content-type": "application/json", connection: "close" };
      const sent = request(`${gateway.url}/graphql`, { method: "POST", headers }, (response) => {
        let text = JSON.stringify(response.headers);
        response.on("data", (chunk) => {
          text += chunk;
        });
        response.on("end", () => resolve(text));
      });
      sent.on("error", reject).end(body);
    });
  }
});
