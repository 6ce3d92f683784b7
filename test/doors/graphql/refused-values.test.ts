import { describe, expect, it } from "vitest";
import { type Given, type Name, OPEN_JOB } from "../../kit/arguments/operations.js";
import { expectInvalidField, type Refusal, type Row, titled } from "../../kit/arguments/refusal.js";
import { MODES, useArguments } from "../../kit/arguments/use-arguments.js";
import {
  call,
  credits,
  end,
  group,
  HELLO,
  job,
  key,
  long,
  organization,
  role,
  team,
  times,
} from "../../kit/arguments/values.js";
import { Written } from "../../kit/arguments/written.js";

const sender = useArguments();

const BLANK_OR_BROKEN = ["", "   ", "a\0b"];
const texts = (name: Name, make: (more: Given) => Given, field: string, lengthMax: number): Row[] =>
  [...BLANK_OR_BROKEN, long(lengthMax + 1)].map((text) => [name, make({ [field]: text }), `input.${field}`]);
const ids = (name: Name, make: (more: Given) => Given, field: string): Row[] =>
  [...BLANK_OR_BROKEN, "-a", "a b", "é", "😀", "a/", "a\n", long(101)].map((id) => [
    name,
    make({ [field]: id }),
    `input.${field}`,
  ]);
const metadata = (name: Name, make: (more: Given) => Given, path = "input.metadata"): Row[] =>
  [{ a: long(16_384) }, { a: "b\0" }, { a: [{ b: "\0" }] }].map((value) => [name, make({ metadata: value }), path]);
const DEEP = { a: new Written("[".repeat(20_000) + "]".repeat(20_000)) };

const FOUND_BY_SERVICES: Row[] = [
  ...ids("createOrganization", organization, "id"),
  ...texts("createOrganization", organization, "name", 200),
  ...metadata("createOrganization", organization),
  ...ids("createModelGroup", group, "name"),
  ...texts("createModelGroup", group, "displayName", 200),
  ...texts("createModelGroup", group, "description", 2000),
  ["createModelGroup", group({ models: [] }), "input.models"],
  ["createModelGroup", group({ models: times(21, (index) => ({ name: `m${index}` })) }), "input.models"],
  ["createModelGroup", group({ models: [{ name: "twice" }, { name: "once" }, { name: "twice" }] }), "input.models"],
  ["createModelGroup", group({ models: [{ name: "a" }, { name: "" }] }), "input.models[1].name"],
  ["createModelGroup", group({ models: [{ name: "a" }, { name: long(201) }] }), "input.models[1].name"],
  ["createModelGroup", group({ models: [{ name: "a", priority: -1 }] }), "input.models[0].priority"],
  ["createModelGroup", group({ models: [{ name: "a", priority: 1001 }] }), "input.models[0].priority"],
  ["createModelGroup", group({ models: [{ name: "a", weight: 0 }] }), "input.models[0].weight"],
  ["createModelGroup", group({ models: [{ name: "a", weight: 1001 }] }), "input.models[0].weight"],
  ["createModelGroup", group({ models: [{ name: "a" }, { name: "default/a" }] }), "input.models[1].name"],
  ...ids("createTeam", team, "id"),
  ...texts("createTeam", team, "alias", 200),
  ...metadata("createTeam", team),
  ["createTeam", team({ creditsAllocated: -1 }), "input.creditsAllocated"],
  ["createTeam", team({ modelGroups: ["Chat", "Chat"] }), "input.modelGroups"],
  ["createTeam", team({ modelGroups: times(101, (index) => `g${index}`) }), "input.modelGroups"],
  ...texts("createVirtualKey", key, "name", 200),
  ["createVirtualKey", key({ expiresAt: "2020-01-01T00:00:00.000Z" }), "input.expiresAt"],
  ["createVirtualKey", key({ expiresAt: "0000-01-01T00:00:00.000Z" }), "input.expiresAt"],
  ["createVirtualKey", key({ expiresAt: "9999-12-31T23:59:59-00:01" }), "input.expiresAt", '"+010000-01-01T00:00:59'],
  ["addCredits", credits({ credits: 0 }), "input.credits"],
  ["addCredits", credits({ credits: -5 }), "input.credits"],
  ["addCredits", credits({ credits: 2_147_483_647 }), "input.credits"],
  ["addCredits", credits({ credits: 1, reason: "" }), "input.reason"],
  ["addCredits", credits({ credits: 1, reason: long(501) }), "input.reason"],
  ...texts("createJob", job, "jobType", 100),
  ...metadata("createJob", job),
  ...texts("completeJob", end, "errorMessage", 1000),
  ...metadata("completeJob", end),
  ...metadata("updateJobMetadata", (more) => ({ jobId: OPEN_JOB, ...more }), "metadata"),
  ["runLlmCall", call({ messages: [] }), "input.messages"],
  ["runLlmCall", role("USER", {}), "input.messages[2]", '"neither"'],
  ["runLlmCall", role("FUNCTION", { content: "a" }), "input.messages[2].name", "null"],
  ["runLlmCall", role("USER", { content: "a", parts: [{ type: "text", text: "a" }] }), "input.messages[2]", '"both"'],
  ["runLlmCall", role("USER", { parts: [{ text: "a" }] }), "input.messages[2].parts", ""],
  ["runLlmCall", role("USER", { content: "a", name: "" }), "input.messages[2].name"],
  ["runLlmCall", role("USER", { content: "a", name: long(65) }), "input.messages[2].name"],
  ["runLlmCall", role("USER", { content: "a", toolCallId: "call_1" }), "input.messages[2].toolCallId", ""],
  ["runLlmCall", role("TOOL", { content: "a" }), "input.messages[2].toolCallId", ""],
  ["runLlmCall", role("USER", { content: "a", toolCalls: [{ id: "call_1" }] }), "input.messages[2].toolCalls", ""],
  ["runLlmCall", call({ temperature: -0.1 }), "input.temperature"],
  ["runLlmCall", call({ temperature: 2.1 }), "input.temperature"],
  ["runLlmCall", call({ topP: -0.1 }), "input.topP"],
  ["runLlmCall", call({ topP: 2 }), "input.topP"],
  ["runLlmCall", call({ maxTokens: 0 }), "input.maxTokens"],
  ["runLlmCall", call({ maxTokens: -1 }), "input.maxTokens"],
  ["runLlmCall", call({ stop: times(17, String) }), "input.stop"],
  ["runLlmCall", call({ tools: times(129, () => ({ type: "function" })) }), "input.tools"],
  ...texts("runLlmCall", call, "purpose", 200),
  ...metadata("runLlmCall", call),
  ["runLlmCall", call({ jobType: "test" }), "input.jobType"],
  ...texts("runLlmCall", (more) => call({ ...more, jobId: null }), "jobType", 100),
  ...[
    "model",
    "messages",
    "stream",
    "stream_options",
    "temperature",
    "max_tokens",
    "top_p",
    "stop",
    "seed",
    "tools",
    "tool_choice",
    "response_format",
  ].map(
    (name): Row => [
      "runLlmCall",
      call({ providerOptions: { [name]: 1 } }),
      `input.providerOptions.${name}`,
      `"${name}"`,
    ],
  ),
  ["runLlmCall", call({ providerOptions: { n: 2 } }), "input.providerOptions.n"],
  ["jobs", { filter: { createdAfter: "0000-01-01T00:00:00.000Z" } }, "filter.createdAfter"],
  ["team.jobs", { filter: { createdBefore: "0000-12-31T23:59:59.000Z" } }, "filter.createdBefore"],
  ["jobs", { filter: { jobType: "" } }, "filter.jobType"],
  ["jobs", { filter: { jobType: "a\0" } }, "filter.jobType"],
  ["team.jobs", { filter: { jobType: long(101) } }, "filter.jobType"],
];

describe.each(MODES)("with arguments given as %s", (mode) => {
  it.each(FOUND_BY_SERVICES.map(titled))("%s", async (_, row) => {
    const [name, args] = row;
    expectInvalidField(await sender.refused(mode, name, args), row);
  });

  it.each<Refusal>([
    ["createOrganization", organization({ id: "acme" }), "organization"],
    ["createModelGroup", group({ name: "Chat" }), "model group"],
    ["createTeam", team({ id: "acme-team", creditsAllocated: 5 }), "team"],
  ])("%s answers ALREADY_EXISTS for an id that is taken, and writes nothing", async (name, args, kind) => {
    const error = await sender.refused(mode, name, args);
    expect(error.extensions).toMatchObject({ code: "ALREADY_EXISTS", status: 400, kind });
    expect(error.message).toContain("already exists");
  });

  it.each<Refusal>([
    ["createOrganization", organization({ name: "\ud800" }), "input.name"],
    ["createJob", job({ metadata: { a: "\udc00b" } }), "input.metadata"],
    ["createJob", job({ metadata: { "a\0": 1 } }), "input.metadata"],
    ["updateJobMetadata", { jobId: OPEN_JOB, metadata: { "\ud800": 1 } }, "metadata"],
    ["runLlmCall", call({ purpose: "\ud800" }), "input.purpose"],
    ["runLlmCall", role("USER", { content: "😀\ud83d" }), "input.messages[2].content"],
    ["runLlmCall", role("USER", { parts: [{ type: "text", text: "\ude00" }] }), "input.messages[2].parts[0].text"],
    ["runLlmCall", call({ tools: [{ type: "function", "\ud800": 1 }] }), "input.tools[0]"],
    ["runLlmCall", call({ stop: ["\ud800"] }), "input.stop[0]"],
    ["runLlmCall", call({ providerOptions: { user: "\ud800" } }), "input.providerOptions.user"],
    ["runLlmCall", call({ messages: times(2001, () => HELLO) }), "input.messages"],
    ["createOrganization", organization({ metadata: DEEP }), "input.metadata"],
    ["updateJobMetadata", { jobId: OPEN_JOB, metadata: DEEP }, "metadata"],
    ["runLlmCall", call({ metadata: DEEP }), "input.metadata"],
    ["runLlmCall", call({ providerOptions: DEEP }), "input.providerOptions"],
    ["runLlmCall", call({ toolChoice: DEEP }), "input.toolChoice"],
    ["runLlmCall", role("USER", { parts: [{ type: "text", text: DEEP }] }), "input.messages[2].parts"],
  ])(
    "%s refuses what no document can hold, such as half a surrogate pair or 20,000 brackets",
    async (name, args, path) => {
      const error = await sender.refused(mode, name, args);
      if (mode === "literals") expect(error.extensions.code).toMatch(/^GRAPHQL_(PARSE|VALIDATION)_FAILED$/);
      else expect(error.extensions).toMatchObject({ code: "INVALID_INPUT", field: path });
    },
  );
});

describe("several faults at once", () => {
  it("are all in the error, and the first is its message", async () => {
    const error = await sender.refused("variables", "createOrganization", {
      input: { id: "", name: "", metadata: { a: "\0" } },
    });
    const fields = error.extensions.fields as { field: string; message: string }[];
    expect(fields.map(({ field }) => field)).toEqual(["input.id", "input.name", "input.metadata"]);
    expect(error.message).toBe(fields[0]?.message);
  });
});
