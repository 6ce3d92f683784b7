import { describe, expect, it } from "vitest";
import { hasBrowser, useBrowser } from "../../kit/browser/use-browser.js";
import { expectToFit, type OpenApi } from "../../kit/clients/openapi.js";
import { useGateway } from "../../kit/gateway/gateway.js";

describe("the document of /v1", () => {
  const gateway = useGateway();
  const closed = useGateway({ env: { INTROSPECTION: "off" } });

  it("has examples that fit their schemas and work, when they are sent with the key of a team that has the group", async () => {
    const document = (await (await fetch(`${gateway.url}/docs/v1.json`)).json()) as OpenApi;
    expect(document.openapi).toBe("3.1.0");
    const group = await gateway.world.modelGroup(["gpt-4o-mini"], "ChatFast");
    const team = await gateway.world.team({ groups: [group] });
    const asked: string[] = [];
    // What is read of a response is that of the response which was made before.
    let responseId = "";
    for (const [path, methods] of Object.entries(document.paths))
      for (const [method, { operationId, parameters = [], requestBody, responses }] of Object.entries(methods)) {
        const { schema, example } = responses[200].content["application/json"] ?? { schema: { not: {} } };
        expectToFit(document, schema, example, operationId);
        const body = requestBody?.content["application/json"];
        if (body) expectToFit(document, body.schema, body.example, operationId);
        const filled = path.replace(/\{(\w+)\}/g, (_, name) =>
          name === "response_id" ? responseId : String(parameters.find((one) => one.name === name)?.example),
        );
        const headers = parameters.filter((one) => one.in === "header" && one.example !== undefined);
        const named = Object.fromEntries(headers.map((one) => [one.name, String(one.example)]));
        const answer = await fetch(`${gateway.url}${filled}`, {
          method,
          headers: { authorization: `Bearer ${team.secret}`, "content-type": "application/json", ...named },
          ...(body && { body: JSON.stringify(body.example) }),
        });
        expect(answer.status, operationId).toBe(200);
        const given = (await answer.json()) as { id: string };
        expectToFit(document, schema, given, operationId);
        if (operationId === "createResponse") responseId = given.id;
        asked.push(operationId);
      }
    expect(asked.sort()).toEqual([
      "cancelResponse",
      "compactConversation",
      "completeKeyedJob",
      "countTokens",
      "createChatCompletion",
      "createCompletion",
      "createEmbedding",
      "createMessage",
      "createModeration",
      "createResponse",
      "deleteResponse",
      "listInputItems",
      "listModels",
      "retrieveModel",
      "retrieveResponse",
    ]);
  });

  it("is not served if INTROSPECTION is off", async () => {
    expect((await fetch(`${closed.url}/docs/v1.json`)).status).toBe(404);
  });
});

describe.runIf(hasBrowser())("/docs in a browser", () => {
  const gateway = useGateway();
  const browser = useBrowser();

  it("has our name, and shows the routes of /api and of /v1, all from this server", async () => {
    const page = await (await browser.newContext()).newPage();
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => void asked.push(new URL(request.url()).origin));
    page.on("console", (line) => void (line.type() === "error" && complaints.push(line.text())));
    await page.goto(`${gateway.url}/docs`);
    expect(await page.title()).toBe("Tollgate: REST documentation");
    await page.getByText("/api/jobs/create", { exact: true }).waitFor();
    await page
      .getByRole("combobox", { name: /definition/i })
      .selectOption({ label: "OpenAI's and Anthropic's API (/v1)" });
    await page.getByText("/v1/chat/completions", { exact: true }).waitFor();
    expect(new Set(asked.filter((origin) => origin !== "null"))).toEqual(new Set([gateway.url]));
    expect(complaints).toEqual([]);
  });
});
