import { describe, expect, it } from "vitest";
import { newId } from "../../../src/lib/ids.js";
import { type Call, QUESTION, ROUTES, titled } from "../../kit/rest/routes.js";
import { useRoutes } from "../../kit/rest/use-routes.js";

const { theirs, requestTo } = useRoutes();

/** A body or a query with one fault, and where that is. */
type Fault = readonly [sent: unknown, ...loc: (string | number)[]];

const FAULTS: Partial<Record<Call, readonly Fault[]>> = {
  "POST /api/organizations/create": [
    [{ name: "A" }, "body", "organization_id"],
    [{ organization_id: "a b", name: "A" }, "body", "organization_id"],
    [{ organization_id: "a", name: 5 }, "body", "name"],
    [{ organization_id: "a", name: "A", metadata: [] }, "body", "metadata"],
    [{ organization_id: "a", name: "A", colour: "red" }, "body", "colour"],
    [[], "body"],
    ["null", "body"],
  ],
  "GET /api/organizations": [
    ["limit=0", "query", "limit"],
    ["limit=101", "query", "limit"],
    ["limit=ten", "query", "limit"],
    ["limit=1&limit=2", "query", "limit"],
    ["offset=-1", "query", "offset"],
    ["offset=10001", "query", "offset"],
    ["size=1", "query", "size"],
  ],
  "PATCH /api/organizations/{organization_id}": [
    [{ name: " " }, "body", "name"],
    [{ name: 5 }, "body", "name"],
    [{ metadata: [] }, "body", "metadata"],
    [{ status: "suspended" }, "body", "status"],
    [[], "body"],
  ],
  "GET /api/organizations/{organization_id}/teams": [["limit=x", "query", "limit"]],
  "POST /api/model-groups/create": [
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
    [{ group_name: "g", models: [{ model_name: "a", weight: 0 }] }, "body", "models", 0, "weight"],
    [
      { group_name: "g", models: [{ model_name: "a" }, { model_name: "default/a" }] },
      "body",
      "models",
      1,
      "model_name",
    ],
    [{ group_name: "g", models: [{ model_name: "a", name: "a" }] }, "body", "models", 0, "name"],
    [{ group_name: "g", display_name: "", models: [{ model_name: "a" }] }, "body", "display_name"],
  ],
  "GET /api/model-groups": [["offset=x", "query", "offset"]],
  "PUT /api/model-groups/{group_name}/models": [
    [{}, "body"],
    [[], "body"],
    [["a"], "body", 0],
    [[{ model_name: "a" }, { model_name: " " }], "body", 1, "model_name"],
    [[{ model_name: "a" }, { model_name: "a" }], "body"],
  ],
  "GET /api/model-groups/{group_name}/resolve": [["", "query", "team_id"]],
  "POST /api/teams/create": [
    [{ team_id: "t" }, "body", "organization_id"],
    [{ team_id: "-", organization_id: "o" }, "body", "team_id"],
    [{ team_id: "t", organization_id: "o", team_alias: 1 }, "body", "team_alias"],
    [{ team_id: "t", organization_id: "o", model_groups: [1] }, "body", "model_groups", 0],
    [{ team_id: "t", organization_id: "o", model_groups: ["g", "g"] }, "body", "model_groups"],
    [{ team_id: "t", organization_id: "o", credits_allocated: "5" }, "body", "credits_allocated"],
    [{ team_id: "t", organization_id: "o", credits_allocated: -1 }, "body", "credits_allocated"],
    [{ team_id: "t", organization_id: "o", credits_allocated: 2_147_483_648 }, "body", "credits_allocated"],
  ],
  "GET /api/teams": [["limit=1.5", "query", "limit"]],
  "PATCH /api/teams/{team_id}": [
    [{ team_alias: "" }, "body", "team_alias"],
    [{ model_groups: [1] }, "body", "model_groups", 0],
    [{ model_groups: ["g", "g"] }, "body", "model_groups"],
    [{ metadata: { a: "\0" } }, "body", "metadata"],
    [{ team_id: "other" }, "body", "team_id"],
  ],
  "PUT /api/teams/{team_id}/model-groups": [
    [{}, "body"],
    [[5], "body", 0],
    [["g", "g"], "body"],
  ],
  "GET /api/teams/{team_id}/jobs": [
    ["status=done", "query", "status"],
    ["status=PENDING", "query", "status"],
    ["limit=-1", "query", "limit"],
  ],
  "GET /api/usage": [
    ["to=2026-03-02T00:00:00Z", "query", "from"],
    ["from=yesterday&to=2026-03-02T00:00:00Z", "query", "from"],
    ["from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z&granularity=week", "query", "granularity"],
    ["from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z&group_by=team&group_by=colour", "query", "group_by", 1],
    ["from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z&limit=1001", "query", "limit"],
  ],
  "POST /api/credits/teams/{team_id}/add": [
    [{}, "body", "credits"],
    [{ credits: 0 }, "body", "credits"],
    [{ credits: 1.5 }, "body", "credits"],
    [{ credits: null }, "body", "credits"],
    [{ credits: 2_147_483_647 }, "body", "credits"],
    [{ credits: 1, reason: "" }, "body", "reason"],
  ],
  "GET /api/credits/teams/{team_id}/transactions": [["limit=0", "query", "limit"]],
  "POST /api/credits/teams/{team_id}/check": [
    ["credits_needed=0", "query", "credits_needed"],
    ["credits_needed=many", "query", "credits_needed"],
    ["credits_needed=2147483648", "query", "credits_needed"],
  ],
  "POST /api/jobs/create": [
    [{}, "body", "job_type"],
    [{ job_type: "" }, "body", "job_type"],
    [{ job_type: "t", team_id: 5 }, "body", "team_id"],
    [{ job_type: "t", metadata: { a: "\0" } }, "body", "metadata"],
    [{ job_type: "t", user_id: "ann" }, "body", "user_id"],
  ],
  "PATCH /api/jobs/{job_id}/metadata": [
    [{}, "body", "metadata"],
    [{ metadata: null }, "body", "metadata"],
    [{ metadata: { a: "x".repeat(16_384) } }, "body", "metadata"],
    [{ step: 1 }, "body", "metadata"],
  ],
  "POST /api/jobs/{job_id}/llm-call": [
    [{ messages: QUESTION.messages }, "body", "model_group"],
    [{ ...QUESTION, messages: [] }, "body", "messages"],
    [{ ...QUESTION, messages: "Hello" }, "body", "messages"],
    [{ ...QUESTION, messages: [{ role: "USER", content: "a" }] }, "body", "messages", 0, "role"],
    [{ ...QUESTION, messages: [{ role: "user", content: 5 }] }, "body", "messages", 0, "content"],
    [{ ...QUESTION, messages: [{ role: "user", content: ["a"] }] }, "body", "messages", 0, "content", 0],
    [{ ...QUESTION, messages: [{ role: "user", content: "\ud800" }] }, "body", "messages", 0, "content"],
    [{ ...QUESTION, messages: [{ role: "user", content: "a", colour: "red" }] }, "body", "messages", 0, "colour"],
    [{ ...QUESTION, messages: [{ role: "tool", content: "a" }] }, "body", "messages", 0, "tool_call_id"],
    [{ ...QUESTION, temperature: 2.1 }, "body", "temperature"],
    [{ ...QUESTION, temperature: "0.7" }, "body", "temperature"],
    [{ ...QUESTION, max_tokens: 0 }, "body", "max_tokens"],
    [{ ...QUESTION, top_p: 2 }, "body", "top_p"],
    [{ ...QUESTION, stop: [1] }, "body", "stop", 0],
    [{ ...QUESTION, tools: {} }, "body", "tools"],
    [{ ...QUESTION, response_format: "json" }, "body", "response_format"],
    [{ ...QUESTION, provider_options: { stream: true } }, "body", "provider_options", "stream"],
    [{ ...QUESTION, provider_options: { n: 2 } }, "body", "provider_options", "n"],
    [{ ...QUESTION, stream: true }, "body", "stream"],
    [{ ...QUESTION, job_type: "test" }, "body", "job_type"],
  ],
  "POST /api/jobs/create-and-call": [
    [{ ...QUESTION, job_type: "" }, "body", "job_type"],
    [{ ...QUESTION, purpose: "" }, "body", "purpose"],
    [{ ...QUESTION, job_id: newId() }, "body", "job_id"],
  ],
  "POST /api/jobs/{job_id}/llm-call-stream": [
    [{ ...QUESTION, messages: [] }, "body", "messages"],
    [{ ...QUESTION, stream: true }, "body", "stream"],
  ],
  "POST /api/jobs/create-and-call-stream": [[{ ...QUESTION, job_type: "" }, "body", "job_type"]],
  "POST /api/jobs/{job_id}/complete": [
    [{ status: "expired" }, "body", "status"],
    [{ status: "COMPLETED" }, "body", "status"],
    [{ error_message: "" }, "body", "error_message"],
    [{ metadata: "done" }, "body", "metadata"],
  ],
};

describe.each(titled(ROUTES.filter(({ call }) => FAULTS[call])))("%s", (_, route) => {
  const { method, path, body, holder } = requestTo(route);

  for (const [sent, ...loc] of FAULTS[route.call] ?? []) {
    it(`is 422 for ${JSON.stringify(sent).slice(0, 80)}, which names ${loc.join(".")}`, async () => {
      const asked = loc[0] === "query" ? path(theirs(), String(sent)) : path();
      const detail = await holder().refusal(422, method, asked, loc[0] === "query" ? body() : sent);
      expect(detail).toEqual([{ loc, msg: expect.any(String), type: expect.any(String) }]);
    });
  }
});
