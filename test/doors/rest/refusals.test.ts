import { beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../../src/lib/ids.js";
import type { Method, RestClient } from "../../kit/clients/rest.js";
import { ADMIN_KEY, useGateway } from "../../kit/gateway/gateway.js";
import { name, type TestJob, type TestTeam } from "../../kit/world.js";

const gateway = useGateway();
const given: { job?: TestJob; callId?: string; other?: TestTeam } = {};

beforeAll(async () => {
  given.job = await (await gateway.world.team()).job();
  given.callId = (await given.job.call()).id;
  given.other = await gateway.world.team();
});

/** What stands in the paths below for the things of one team. */
const theirs = () => {
  const { job, callId } = given;
  if (!job || !callId) throw new Error("There is no job outside of tests.");
  const { team } = job;
  return {
    organization_id: team.organizationId,
    group_name: team.modelGroup,
    team_id: team.id,
    job_id: job.id,
    call_id: callId,
  };
};
type Ids = ReturnType<typeof theirs>;

const QUESTION = { model_group: "Group", messages: [{ role: "user", content: "Hello" }] };

interface Route {
  readonly call: string;
  readonly by: "admin" | "team";
  /** What another team's key gets. */
  readonly other: 200 | 403 | 404;
  readonly query?: (ids: Ids) => string;
  readonly body?: (ids: Ids) => unknown;
  /** Bodies or queries with one fault each, and where that is. */
  readonly faults?: readonly (readonly [sent: unknown, ...loc: (string | number)[]])[];
}

const ROUTES: readonly Route[] = [
  {
    call: "POST /api/organizations/create",
    by: "admin",
    other: 403,
    body: () => ({ organization_id: name("org"), name: "Organization" }),
    faults: [
      [{ name: "A" }, "body", "organization_id"],
      [{ organization_id: "a b", name: "A" }, "body", "organization_id"],
      [{ organization_id: "a", name: 5 }, "body", "name"],
      [{ organization_id: "a", name: "A", metadata: [] }, "body", "metadata"],
      [{ organization_id: "a", name: "A", colour: "red" }, "body", "colour"],
      [[], "body"],
      ["null", "body"],
    ],
  },
  {
    call: "GET /api/organizations",
    by: "admin",
    other: 403,
    faults: [
      ["limit=0", "query", "limit"],
      ["limit=101", "query", "limit"],
      ["limit=ten", "query", "limit"],
      ["limit=1&limit=2", "query", "limit"],
      ["offset=-1", "query", "offset"],
      ["offset=10001", "query", "offset"],
      ["size=1", "query", "size"],
    ],
  },
  { call: "GET /api/organizations/{organization_id}", by: "admin", other: 404 },
  {
    call: "GET /api/organizations/{organization_id}/teams",
    by: "team",
    other: 404,
    faults: [["limit=x", "query", "limit"]],
  },
  {
    call: "POST /api/model-groups/create",
    by: "admin",
    other: 403,
    body: () => ({ group_name: name("Group"), models: [{ model_name: "gpt-4" }] }),
    faults: [
      [{ group_name: "g" }, "body", "models"],
      [{ group_name: "g", models: [] }, "body", "models"],
      [{ group_name: "g", models: [{ model_name: "a" }, { model_name: "" }] }, "body", "models", 1, "model_name"],
      [
        { group_name: "g", models: [{ model_name: "a" }, { model_name: "b", priority: 1.5 }] },
        "body",
        "models",
        1,
        "priority",
      ],
      [{ group_name: "g", models: [{ model_name: "a", priority: -1 }] }, "body", "models", 0, "priority"],
      [{ group_name: "g", models: [{ model_name: "a", name: "a" }] }, "body", "models", 0, "name"],
      [{ group_name: "g", display_name: "", models: [{ model_name: "a" }] }, "body", "display_name"],
    ],
  },
  { call: "GET /api/model-groups", by: "team", other: 200, faults: [["offset=x", "query", "offset"]] },
  { call: "GET /api/model-groups/{group_name}", by: "team", other: 404 },
  {
    call: "PUT /api/model-groups/{group_name}/models",
    by: "admin",
    other: 403,
    body: () => [{ model_name: "gpt-4o-mini", priority: null }],
    faults: [
      [{}, "body"],
      [[], "body"],
      [["a"], "body", 0],
      [[{ model_name: "a" }, { model_name: " " }], "body", 1, "model_name"],
      [[{ model_name: "a" }, { model_name: "a" }], "body"],
    ],
  },
  { call: "DELETE /api/model-groups/{group_name}", by: "admin", other: 403 },
  {
    call: "GET /api/model-groups/{group_name}/resolve",
    by: "team",
    other: 404,
    query: ({ team_id }) => `team_id=${team_id}`,
    faults: [["", "query", "team_id"]],
  },
  {
    call: "POST /api/teams/create",
    by: "admin",
    other: 403,
    body: ({ organization_id }) => ({ team_id: name("team"), organization_id }),
    faults: [
      [{ team_id: "t" }, "body", "organization_id"],
      [{ team_id: "-", organization_id: "o" }, "body", "team_id"],
      [{ team_id: "t", organization_id: "o", team_alias: 1 }, "body", "team_alias"],
      [{ team_id: "t", organization_id: "o", model_groups: [1] }, "body", "model_groups", 0],
      [{ team_id: "t", organization_id: "o", model_groups: ["g", "g"] }, "body", "model_groups"],
      [{ team_id: "t", organization_id: "o", credits_allocated: "5" }, "body", "credits_allocated"],
      [{ team_id: "t", organization_id: "o", credits_allocated: -1 }, "body", "credits_allocated"],
      [{ team_id: "t", organization_id: "o", credits_allocated: 2_147_483_648 }, "body", "credits_allocated"],
    ],
  },
  { call: "GET /api/teams", by: "team", other: 200, faults: [["limit=1.5", "query", "limit"]] },
  { call: "GET /api/teams/{team_id}", by: "team", other: 404 },
  {
    call: "PUT /api/teams/{team_id}/model-groups",
    by: "admin",
    other: 403,
    body: ({ group_name }) => [group_name],
    faults: [
      [{}, "body"],
      [[5], "body", 0],
      [["g", "g"], "body"],
    ],
  },
  { call: "PUT /api/teams/{team_id}/resume", by: "admin", other: 403 },
  { call: "PUT /api/teams/{team_id}/suspend", by: "admin", other: 403 },
  {
    call: "GET /api/teams/{team_id}/jobs",
    by: "team",
    other: 404,
    faults: [
      ["status=done", "query", "status"],
      ["status=PENDING", "query", "status"],
      ["limit=-1", "query", "limit"],
    ],
  },
  { call: "GET /api/credits/teams/{team_id}/balance", by: "team", other: 404 },
  {
    call: "POST /api/credits/teams/{team_id}/add",
    by: "admin",
    other: 403,
    body: () => ({ credits: 5 }),
    faults: [
      [{}, "body", "credits"],
      [{ credits: 0 }, "body", "credits"],
      [{ credits: 1.5 }, "body", "credits"],
      [{ credits: null }, "body", "credits"],
      [{ credits: 2_147_483_647 }, "body", "credits"],
      [{ credits: 1, reason: "" }, "body", "reason"],
    ],
  },
  {
    call: "GET /api/credits/teams/{team_id}/transactions",
    by: "team",
    other: 404,
    faults: [["limit=0", "query", "limit"]],
  },
  {
    call: "POST /api/credits/teams/{team_id}/check",
    by: "team",
    other: 404,
    faults: [
      ["credits_needed=0", "query", "credits_needed"],
      ["credits_needed=many", "query", "credits_needed"],
      ["credits_needed=2147483648", "query", "credits_needed"],
    ],
  },
  {
    call: "POST /api/jobs/create",
    by: "team",
    other: 404,
    body: ({ team_id }) => ({ team_id, job_type: "test" }),
    faults: [
      [{}, "body", "job_type"],
      [{ job_type: "" }, "body", "job_type"],
      [{ job_type: "t", team_id: 5 }, "body", "team_id"],
      [{ job_type: "t", metadata: { a: "\0" } }, "body", "metadata"],
      [{ job_type: "t", user_id: "ann" }, "body", "user_id"],
    ],
  },
  { call: "GET /api/jobs/{job_id}", by: "team", other: 404 },
  {
    call: "PATCH /api/jobs/{job_id}/metadata",
    by: "team",
    other: 404,
    body: () => ({ metadata: { step: 1 } }),
    faults: [
      [{}, "body", "metadata"],
      [{ metadata: null }, "body", "metadata"],
      [{ metadata: { a: "x".repeat(16_384) } }, "body", "metadata"],
      [{ step: 1 }, "body", "metadata"],
    ],
  },
  { call: "GET /api/jobs/{job_id}/costs", by: "team", other: 404 },
  {
    call: "POST /api/jobs/{job_id}/llm-call",
    by: "team",
    other: 403,
    body: ({ group_name }) => ({ ...QUESTION, model_group: group_name }),
    faults: [
      [{ messages: QUESTION.messages }, "body", "model_group"],
      [{ ...QUESTION, messages: [] }, "body", "messages"],
      [{ ...QUESTION, messages: "Hello" }, "body", "messages"],
      [{ ...QUESTION, messages: [{ role: "USER", content: "a" }] }, "body", "messages", 0, "role"],
      [{ ...QUESTION, messages: [{ role: "user", content: 5 }] }, "body", "messages", 0, "content"],
      [{ ...QUESTION, messages: [{ role: "user", content: [] }] }, "body", "messages", 0, "content"],
      [{ ...QUESTION, messages: [{ role: "user", content: "a", colour: "red" }] }, "body", "messages", 0, "colour"],
      [{ ...QUESTION, messages: [{ role: "tool", content: "a" }] }, "body", "messages", 0, "tool_call_id"],
      [{ ...QUESTION, temperature: 2.1 }, "body", "temperature"],
      [{ ...QUESTION, temperature: "0.7" }, "body", "temperature"],
      [{ ...QUESTION, max_tokens: 0 }, "body", "max_tokens"],
      [{ ...QUESTION, top_p: 2 }, "body", "top_p"],
      [{ ...QUESTION, stop: [] }, "body", "stop"],
      [{ ...QUESTION, stop: [1] }, "body", "stop", 0],
      [{ ...QUESTION, tools: {} }, "body", "tools"],
      [{ ...QUESTION, response_format: "json" }, "body", "response_format"],
      [{ ...QUESTION, provider_options: { stream: true } }, "body", "provider_options"],
      [{ ...QUESTION, stream: true }, "body", "stream"],
      [{ ...QUESTION, job_type: "test" }, "body", "job_type"],
    ],
  },
  {
    call: "POST /api/jobs/create-and-call",
    by: "team",
    other: 403,
    body: ({ group_name }) => ({ ...QUESTION, model_group: group_name }),
    faults: [
      [{ ...QUESTION, job_type: "" }, "body", "job_type"],
      [{ ...QUESTION, purpose: "" }, "body", "purpose"],
      [{ ...QUESTION, job_id: newId() }, "body", "job_id"],
    ],
  },
  {
    call: "POST /api/jobs/{job_id}/llm-call-stream",
    by: "team",
    other: 403,
    body: ({ group_name }) => ({ ...QUESTION, model_group: group_name }),
    faults: [
      [{ ...QUESTION, messages: [] }, "body", "messages"],
      [{ ...QUESTION, stream: true }, "body", "stream"],
    ],
  },
  {
    call: "POST /api/jobs/create-and-call-stream",
    by: "team",
    other: 403,
    body: ({ group_name }) => ({ ...QUESTION, model_group: group_name }),
    faults: [[{ ...QUESTION, job_type: "" }, "body", "job_type"]],
  },
  { call: "GET /api/jobs/{job_id}/calls/{call_id}/stream", by: "team", other: 404 },
  {
    call: "POST /api/jobs/{job_id}/complete",
    by: "team",
    other: 404,
    body: () => ({}),
    faults: [
      [{ status: "expired" }, "body", "status"],
      [{ status: "COMPLETED" }, "body", "status"],
      [{ error_message: "" }, "body", "error_message"],
      [{ metadata: "done" }, "body", "metadata"],
    ],
  },
];

describe.each(ROUTES.map((route) => [route.call, route] as const))("%s", (call, route) => {
  const [method, template] = call.split(" ") as [Method, string];
  const path = (ids: Ids = theirs(), query = route.query?.(ids)) =>
    template.replace(/\{(\w+)\}/g, (_, id: keyof Ids) => encodeURIComponent(ids[id])) + (query ? `?${query}` : "");
  const body = () => route.body?.(theirs());
  const holder = (): RestClient => gateway.rest(route.by === "admin" ? ADMIN_KEY : given.job?.team.secret);
  const takesBody = route.body !== undefined;

  it("is 401 without a key and with a wrong one, before anything else is looked at", async () => {
    for (const key of [undefined, "null", "sk-wrong", `sk-${"0".repeat(64)}`]) {
      expect(await gateway.rest(key).refusal(401, method, path(), body())).toEqual(expect.any(String));
      if (takesBody) await gateway.rest(key).refusal(401, method, path(), "{");
    }
  });

  it(`is ${route.other} to another team's key`, async () => {
    const other = gateway.rest(given.other?.secret);
    const answer = await other.send(method, path(), body());
    expect(answer.status, JSON.stringify(answer.body)).toBe(route.other);
  });

  for (const param of template.match(/(?<=\{)\w+(?=\})/g) ?? []) {
    it.each([newId(), "no-such", "not a uuid", "a\0b", "../etc", "' OR 1=1 --", "😀", "x".repeat(101), "%"])(
      `is 404 for the ${param} %j`,
      async (id) => {
        // What a team may not use and what does not exist are one answer, as for a call.
        const status = template.endsWith("/resolve") ? 403 : 404;
        const asked = { ...theirs(), [param]: id };
        const detail = await holder().refusal(status, method, path(asked, route.query?.(theirs())), body());
        // A call that is not of the job is what does not exist.
        const named = template.includes("{call_id}") ? asked.call_id : id;
        expect(detail).toContain(JSON.stringify(named).slice(0, 60));
      },
    );
  }

  for (const [sent, ...loc] of route.faults ?? []) {
    it(`is 422 for ${JSON.stringify(sent).slice(0, 80)}, which names ${loc.join(".")}`, async () => {
      const asked = loc[0] === "query" ? path(theirs(), String(sent)) : path();
      const detail = await holder().refusal(422, method, asked, loc[0] === "query" ? body() : sent);
      expect(detail).toEqual([{ loc, msg: expect.any(String), type: expect.any(String) }]);
    });
  }

  if (takesBody) {
    it("is 422 for a body that is no JSON or none at all, 415 for another type, 413 for one of more than 8 MiB", async () => {
      for (const sent of ["{", "", "{'a': 1}", '{"__proto__": {}}', "\u0000"]) {
        expect(await holder().refusal(422, method, path(), sent)).toMatchObject([{ loc: ["body"] }]);
      }
      expect((await holder().send(method, path(), "a=1", { "content-type": "text/plain" })).status).toBe(415);
      const large = JSON.stringify({ metadata: "x".repeat(8 * 1024 * 1024) });
      expect(await holder().refusal(413, method, path(), large)).toEqual(expect.any(String));
    });
  }
});

describe("JSON of any kind", () => {
  const DEEP = "[".repeat(20_000) + "]".repeat(20_000);
  const VALUES = ["0", "-1", "1e400", '""', "[]", "{}", "[null]", '"\\u0000"', '"\\ud800"', "true", "null", DEEP];

  it.each(ROUTES.filter(({ body }) => body).map((route) => [route.call, route] as const))(
    "is never 500 to %s",
    async (call, { by, body }) => {
      const [method, template] = call.split(" ") as [Method, string];
      const path = template.replace(/\{(\w+)\}/g, (_, id: keyof Ids) => theirs()[id]);
      const holder = gateway.rest(by === "admin" ? ADMIN_KEY : given.job?.team.secret);
      const valid = Object(body?.(theirs()));
      const names = Array.isArray(valid) ? [] : [...Object.keys(valid), "metadata"];
      const bodies = VALUES.flatMap((value) => [
        value,
        `[${value}]`,
        ...names.map((field) => JSON.stringify({ ...valid, [field]: "?" }).replace('"?"', () => value)),
      ]);
      for (const text of bodies) {
        const answer = await holder.send(method, path, text);
        expect(answer.status, `${text.slice(0, 60)} ${JSON.stringify(answer.body)}`).toBeLessThan(500);
      }
    },
  );
});

describe("the door", () => {
  it("has no route that is not tried here", async () => {
    const { paths } = (await (await fetch(`${gateway.url}/docs/json`)).json()) as { paths: Record<string, object> };
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(routes.sort()).toEqual(ROUTES.map(({ call }) => call).sort());
  });

  it("answers what it does not know in its own shape", async () => {
    const admin = gateway.rest(ADMIN_KEY);
    expect(await admin.refusal(404, "GET", "/api/nothing")).toEqual(expect.any(String));
    expect(await admin.refusal(404, "PUT", "/api/organizations")).toEqual(expect.any(String));
    expect(await admin.refusal(400, "GET", "/api/organizations/%E0%A4%A")).toEqual(expect.any(String));
    expect(await admin.refusal(414, "GET", `/api/organizations/${"x".repeat(1000)}`)).toEqual(expect.any(String));
  });

  it("tells the code of every error in a header, and nothing of what broke", async () => {
    const { headers } = await gateway.rest(ADMIN_KEY).send("GET", "/api/teams/no-such");
    expect(headers.get("x-tollgate-error-code")).toBe("NOT_FOUND");
    expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("answers a suspended team with 403, whatever it asks", async () => {
    const team = await gateway.world.team();
    const job = await team.job();
    await gateway.rest(ADMIN_KEY).ok("PUT", `/api/teams/${team.id}/suspend`);
    const suspended = gateway.rest(team.secret);
    for (const path of [`/api/teams/${team.id}`, `/api/jobs/${job.id}`, "/api/model-groups"]) {
      const answer = await suspended.send("GET", path);
      expect([answer.status, answer.headers.get("x-tollgate-error-code")]).toEqual([403, "TEAM_SUSPENDED"]);
    }
    await gateway.rest(ADMIN_KEY).ok("PUT", `/api/teams/${team.id}/resume`);
    expect(await suspended.ok("GET", `/api/teams/${team.id}`)).toMatchObject({ status: "active" });
  });
});
