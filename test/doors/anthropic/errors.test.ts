import type Anthropic from "@anthropic-ai/sdk";
import { describe, expect, it } from "vitest";
import { ANTHROPIC_CLIENTS, anthropicOf, MAX_TOKENS, QUESTION } from "../../kit/clients/anthropic.js";
import { FakeClock } from "../../kit/gateway/clock.js";
import { ADMIN_KEY, useGateway } from "../../kit/gateway/gateway.js";
import { limitsOf } from "../../kit/limits.js";
import { type Behaviour, cut, error, openAiError } from "../../kit/upstream/upstream-behaviours.js";
import { streamed } from "../../kit/upstream/upstream-streams.js";

// biome-ignore lint/suspicious/noExplicitAny: a test says itself what it expects in there.
const jsonOf = async (response: Response): Promise<any> => response.json();

const clock = new FakeClock();
const gateway = useGateway({ upstream: "scripted", clock });

const UPSTREAM: readonly [what: string, sends: Behaviour, status: number, type: string, shouldRetry: string | null][] =
  [
    ["refuses", error(400, openAiError("No.", "invalid_request_error", "x")), 400, "invalid_request_error", "false"],
    ["limits", error(429, openAiError("No.", "x"), { "retry-after": "30" }), 429, "rate_limit_error", null],
    ["is broken", cut("before-answer"), 502, "api_error", "false"],
  ];

describe.each(ANTHROPIC_CLIENTS)("the errors of $title", ({ isSkipped, load }) => {
  const { teamWith, clientOf } = anthropicOf(gateway, load);
  const thrownBy = (asked: Promise<unknown>) =>
    asked.then(
      () => undefined,
      (thrown: unknown) => thrown as InstanceType<typeof Anthropic.APIError>,
    );

  it.skipIf(isSkipped).each(UPSTREAM)("if the upstream %s", async (_, sends, status, type, shouldRetry) => {
    const { anthropic, ask } = await teamWith(sends);
    for (const stream of [false, true]) {
      const thrown = await thrownBy(anthropic.messages.create({ ...ask, stream }));
      expect(thrown).toMatchObject({ status, type });
      expect(thrown?.headers?.get("x-should-retry")).toBe(shouldRetry);
      expect(thrown?.headers?.get("retry-after-ms")).toBe(status === 429 ? "30000" : null);
      expect(thrown?.requestID).toBe(thrown?.headers?.get("x-request-id"));
      expect(thrown?.error).toMatchObject({ request_id: thrown?.requestID });
    }
  });

  it.skipIf(isSkipped)("have the class, the type and the status of what is wrong", async () => {
    const Class = await load();
    const { team, anthropic, ask } = await teamWith(streamed(["Yes."]), { credits: 0 });
    const [stranger, admin] = [await clientOf("sk-nobody"), await clientOf(ADMIN_KEY)];
    const cases: [ask: () => Promise<unknown>, Class: unknown, status: number, type: string, code: string][] = [
      [() => stranger.messages.create(ask), Class.AuthenticationError, 401, "authentication_error", "unauthenticated"],
      [() => admin.messages.create(ask), Class.PermissionDeniedError, 403, "permission_error", "forbidden"],
      [
        () => anthropic.messages.create({ ...ask, max_tokens: 0 }),
        Class.BadRequestError,
        400,
        "invalid_request_error",
        "invalid_input",
      ],
      [
        () => anthropic.messages.create({ ...ask, model: "claude-nothing" }),
        Class.NotFoundError,
        404,
        "not_found_error",
        "model_group_not_allowed",
      ],
      [() => anthropic.messages.create(ask), Class.APIError, 402, "billing_error", "insufficient_credits"],
      [() => anthropic.models.retrieve("nope"), Class.NotFoundError, 404, "not_found_error", "not_found"],
    ];
    for (const [send, Expected, status, type, code] of cases) {
      const thrown = await thrownBy(send());
      expect(thrown).toBeInstanceOf(Expected);
      expect(thrown).toMatchObject({
        status,
        type,
        error: { type: "error", error: { details: { error_code: code } } },
      });
    }
    expect(JSON.stringify(await thrownBy(anthropic.messages.create(ask)))).not.toContain(team.secret);
  });

  it.skipIf(isSkipped)("are repeated by the client only where that buys nothing twice", async () => {
    const { team, ask } = await teamWith(cut("before-answer"));
    const Class = await load();
    const anthropic = new Class({ apiKey: team.secret, baseURL: gateway.url, maxRetries: 2 });
    await thrownBy(anthropic.messages.create(ask));
    const jobs = await team.client.data("{ jobs { nodes { id } } }");
    expect(jobs.jobs.nodes).toHaveLength(1);
  });

  it.skipIf(isSkipped)("lists models in its own shape, page by page", async () => {
    const groups = [
      await gateway.world.modelGroup(),
      await gateway.world.modelGroup(),
      await gateway.world.modelGroup(),
    ];
    const team = await gateway.world.team({ groups });
    const anthropic = await clientOf(team.secret);
    const names: string[] = [];
    for await (const each of anthropic.models.list({ limit: 2 })) names.push(each.id);
    expect([...names].sort()).toEqual([...groups].sort());
    const model = await anthropic.models.retrieve(groups[0] as string);
    expect(model).toMatchObject({ type: "model", id: groups[0], display_name: groups[0] });
  });

  it.skipIf(isSkipped)("counts tokens without a call, within the limits", async () => {
    const { team, anthropic, ask } = await teamWith();
    const { max_tokens: _, ...prompt } = ask;
    const plain = await anthropic.messages.countTokens(prompt);
    expect(plain.input_tokens).toBe(13);
    const tools = [{ name: "look", input_schema: { type: "object" as const } }];
    expect((await anthropic.messages.countTokens({ ...prompt, tools })).input_tokens).toBeGreaterThan(
      plain.input_tokens,
    );
    expect((await team.client.data("{ jobs { nodes { id } } }")).jobs.nodes).toEqual([]);
    await expect(anthropic.messages.countTokens({ ...prompt, model: "Nope" })).rejects.toMatchObject({ status: 404 });
    await limitsOf(gateway.admin, team).set({ requestsPerMinute: 1 });
    await anthropic.messages.countTokens(prompt);
    const refused = await thrownBy(anthropic.messages.countTokens(prompt));
    expect(refused).toMatchObject({ status: 429, type: "rate_limit_error" });
    expect(refused?.headers?.get("retry-after")).toBe("60");
    expect(await thrownBy(anthropic.messages.create(ask))).toMatchObject({ status: 429, type: "rate_limit_error" });
  });
});

describe("a request", () => {
  const { teamWith } = anthropicOf(gateway);
  const post = (headers: object, body: unknown, path = "/v1/messages") =>
    fetch(`${gateway.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  const VERSION = { "anthropic-version": "2023-06-01" };

  it("has one key: as x-api-key, as a bearer, or the same in both", async () => {
    const { team, ask } = await teamWith();
    const other = await gateway.world.team();
    const bearer = { authorization: `Bearer ${team.secret}` };
    for (const headers of [bearer, { "x-api-key": team.secret }, { ...bearer, "x-api-key": team.secret }])
      expect((await post({ ...VERSION, ...headers }, ask)).status).toBe(200);
    for (const headers of [
      { ...bearer, "x-api-key": other.secret },
      { ...bearer, "x-api-key": "" },
      { authorization: "Basic eDp5", "x-api-key": team.secret },
      { "x-api-key": `${team.secret}x` },
      {},
    ]) {
      const response = await post({ ...VERSION, ...headers }, ask);
      expect([response.status, (await jsonOf(response)).error.type]).toEqual([401, "authentication_error"]);
    }
  });

  it("names its version of the API", async () => {
    const { team, ask } = await teamWith();
    const key = { "x-api-key": team.secret };
    for (const [headers, got] of [
      [key, "nothing"],
      [{ ...key, "anthropic-version": "2024-01-01" }, '"2024-01-01"'],
    ] as const) {
      const response = await post(headers, ask);
      const { error: said } = await jsonOf(response);
      expect(response.status).toBe(400);
      expect(said.message).toBe(`anthropic-version: must be 2023-06-01 or 2026-10-21, got ${got}.`);
    }
    expect((await post({ ...key, "anthropic-version": "2026-10-21", "anthropic-beta": "any-2026" }, ask)).status).toBe(
      200,
    );
  });

  it.each([
    ["{", "/v1/messages", 400, "invalid_request_error", "must be JSON"],
    [`"${"x".repeat(9 * 1024 * 1024)}"`, "/v1/messages", 413, "request_too_large", "Request body is too large"],
    ["{}", "/v1/messages/batches", 404, "not_found_error", "There is no page"],
    ["{}", "/v1/messages/%zz", 400, "invalid_request_error", "not a valid url"],
  ])("is answered in Anthropic's shape: %.10s to %s", async (body, path, status, type, message) => {
    const { team } = await teamWith();
    const response = await post({ ...VERSION, "x-api-key": team.secret }, body, path);
    const answer = await jsonOf(response);
    expect([response.status, answer.type, answer.error.type]).toEqual([status, "error", type]);
    expect(answer.error.message).toContain(message);
    expect(answer.request_id).toBe(response.headers.get("request-id"));
  });

  it("for models is OpenAI's if it names no version", async () => {
    const { team } = await teamWith();
    const models = await fetch(`${gateway.url}/v1/models`, { headers: { "x-api-key": team.secret } });
    expect(await models.json()).toMatchObject({ object: "list", data: [{ object: "model", id: team.modelGroup }] });
    const unknown = await fetch(`${gateway.url}/v1/models`, {
      headers: { "x-api-key": team.secret, "anthropic-version": "1" },
    });
    expect(await unknown.json()).toMatchObject({ type: "error", error: { type: "invalid_request_error" } });
    const wrong = await fetch(`${gateway.url}/v1/models?limit=x`, {
      headers: { "x-api-key": team.secret, ...VERSION },
    });
    expect([wrong.status, (await jsonOf(wrong)).error.message]).toEqual([400, expect.stringContaining("limit")]);
  });

  it("may ask for a job that is somebody else's as little as for one that is not there", async () => {
    const { team, ask } = await teamWith();
    const foreign = await (await gateway.world.team()).job();
    const answers = [];
    for (const job of [foreign.id, "00000000-0000-4000-8000-000000000000"]) {
      const response = await post(
        { ...VERSION, "x-api-key": team.secret, "x-job-id": job },
        { ...ask, max_tokens: MAX_TOKENS, messages: QUESTION },
      );
      answers.push([
        response.status,
        (await response.text()).replaceAll(job, "<id>").replace(/"request_id":"[^"]*"/, ""),
      ]);
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.[0]).toBe(404);
  });
});
