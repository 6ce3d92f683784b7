import { describe, expect, it } from "vitest";
import { JSON_TYPE, send } from "../kit/clients/http.js";
import { useGateway } from "../kit/gateway/gateway.js";

const gateway = useGateway();

/** Names that every object of JavaScript answers to, and what none of its functions can turn into a text. */
const NAMES: readonly unknown[] = [
  "constructor",
  "toString",
  "valueOf",
  "hasOwnProperty",
  "__proto__",
  { toString: 1 },
];
const ASK = [{ role: "user", content: "Hi" }];
const text = (content: unknown) => [{ role: "user", content }];

/** Where a request has a name of a table of the gateway's. */
const PLACES: Readonly<Record<string, readonly [path: string, body: (name: unknown) => object, field: string]>> = {
  "the role of an item": ["/v1/responses", (role) => ({ input: [{ role, content: "Hi" }] }), "input[0].role"],
  "the type of an item": ["/v1/responses", (type) => ({ input: [{ type, role: "user" }] }), "input[0].type"],
  "the type of a part": ["/v1/responses", (type) => ({ input: text([{ type }]) }), "input[0].content[0].type"],
  "the type of a tool": ["/v1/responses", (type) => ({ input: "Hi", tools: [{ type }] }), "tools[0]"],
  "the type of a block": ["/v1/messages", (type) => ({ messages: text([{ type }]) }), "messages.0.content.0"],
  "the type of a block of the system prompt": [
    "/v1/messages",
    (type) => ({ system: [{ type }], messages: ASK }),
    "system.0",
  ],
  "the choice of a tool": ["/v1/messages", (type) => ({ tool_choice: { type }, messages: ASK }), "tool_choice.type"],
  "the role of a message": [
    "/v1/chat/completions",
    (role) => ({ messages: [{ role, content: "Hi" }] }),
    "messages[0].role",
  ],
};
/** Where the client chooses the name of a field. */
const DOORS = [
  ["/v1/responses", { input: "Hi" }],
  ["/v1/messages", { messages: ASK }],
  ["/v1/chat/completions", { messages: ASK }],
] as const;

async function ask(path: string, body: object) {
  const team = await gateway.world.team();
  const { status, text: answer } = await send(gateway, {
    method: "POST",
    path,
    headers: { ...JSON_TYPE, authorization: `Bearer ${team.secret}`, "anthropic-version": "2023-06-01" },
    body: JSON.stringify({ model: team.modelGroup, ...(path === "/v1/messages" && { max_tokens: 10 }), ...body }),
  });
  return { status, error: JSON.parse(answer).error };
}

describe("Names that every object has are names like any other:", () => {
  it.each(Object.entries(PLACES))("as %s they are refused", async (_what, [path, body, field]) => {
    for (const name of NAMES) {
      const { status, error } = await ask(path, body(name));
      expect(status, JSON.stringify([name, error])).toBe(400);
      expect(error.param ?? error.message).toContain(field);
    }
  });

  it.each(DOORS)("as a field of %s they are refused, with that name", async (path, body) => {
    for (const name of NAMES.filter((each) => typeof each === "string" && each !== "__proto__")) {
      const { status, error } = await ask(path, { ...body, [String(name)]: { a: 1 } });
      expect(status, JSON.stringify([name, error])).toBe(400);
      expect(error.param ?? error.message).toContain(String(name));
    }
  });
});
