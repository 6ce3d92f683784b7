import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { openAiOf } from "../../kit/clients/openai.js";
import { ADMIN_KEY, useGateway } from "../../kit/gateway/gateway.js";
import { error } from "../../kit/upstream/upstream-behaviours.js";

const gateway = useGateway({ upstream: "scripted" });
const { clientOf, teamWith, jobsOf } = openAiOf(gateway);

describe("errors are of the class that OpenAI's client has for them", () => {
  it.each([
    ["a wrong key", {}, "sk-wrong", OpenAI.AuthenticationError, { code: "invalid_api_key" }],
    ["an unknown model", { model: "nope" }, null, OpenAI.NotFoundError, { code: "model_not_found" }],
    ["a wrong temperature", { temperature: 3 }, null, OpenAI.BadRequestError, { param: "temperature" }],
    ["a wrong type", { temperature: "hot" }, null, OpenAI.BadRequestError, { param: "temperature" }],
    ["no messages", { messages: [] }, null, OpenAI.BadRequestError, { param: "messages" }],
    [
      "an unknown role",
      { messages: [{ role: "wizard", content: "a" }] },
      null,
      OpenAI.BadRequestError,
      { param: "messages[0].role" },
    ],
    [
      "a message without content",
      { messages: [{ role: "user", content: null }] },
      null,
      OpenAI.BadRequestError,
      { param: "messages[0]" },
    ],
    ["several answers", { n: 2 }, null, OpenAI.BadRequestError, { param: "n" }],
    ["the admin's key", {}, ADMIN_KEY, OpenAI.PermissionDeniedError, { code: "forbidden" }],
  ])("%s", async (_, change, key, errorClass, expected) => {
    const { team, chat } = await teamWith();
    const asked = clientOf(key ?? team.secret).chat.completions.create({ ...chat, ...change } as never);
    const error = await asked.catch((thrown) => thrown);
    expect(error).toBeInstanceOf(errorClass);
    expect(error).toMatchObject({ ...expected, type: "invalid_request_error" });
    expect(error.headers.get("x-should-retry")).toBe("false");
    expect(await jobsOf(team)).toEqual([]);
  });

  it("a team without credits has used up its quota", async () => {
    const { openai, chat } = await teamWith(undefined, { credits: 0 });
    await expect(openai.chat.completions.create(chat)).rejects.toMatchObject({
      status: 429,
      code: "insufficient_quota",
      type: "insufficient_quota",
    });
  });

  it("a call that failed is not to be retried, and its id is in a header", async () => {
    const { team, openai, chat } = await teamWith(error(500));
    const failed = await openai.chat.completions.create(chat).catch((thrown) => thrown);
    expect(failed).toBeInstanceOf(OpenAI.InternalServerError);
    expect(failed).toMatchObject({ status: 502, code: "upstream_failed", type: "server_error" });
    expect(failed.headers.get("x-should-retry")).toBe("false");
    expect(failed.headers.get("x-tollgate-call-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(await jobsOf(team)).toMatchObject([{ status: "FAILED" }]);
  });

  it.each([
    ["malformed JSON", "{", 400],
    ["a body of another type", "<xml/>", 415],
    ["an empty body", undefined, 400],
  ])("%s is refused in OpenAI's shape", async (_, body, status) => {
    const { team } = await teamWith();
    const response = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${team.secret}`,
        "content-type": body === "<xml/>" ? "text/xml" : "application/json",
      },
      ...(body !== undefined && { body }),
    });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      error: { type: "invalid_request_error", message: expect.any(String) },
    });
  });

  it("a path that does not exist is answered with 404", async () => {
    const { team } = await teamWith();
    const response = await fetch(`${gateway.url}/v1/nope`, { headers: { authorization: `Bearer ${team.secret}` } });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: "not_found" } });
  });
});
