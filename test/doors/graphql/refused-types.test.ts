import { describe, expect, it } from "vitest";
import { type Given, LISTS, type Name, OPEN_JOB } from "../../kit/arguments/operations.js";
import { nameOf, type Refusal, type Row, shown, titled, valueAt } from "../../kit/arguments/refusal.js";
import { MODES, useArguments } from "../../kit/arguments/use-arguments.js";
import {
  call,
  credits,
  end,
  group,
  HELLO,
  job,
  key,
  organization,
  role,
  team,
  third,
} from "../../kit/arguments/values.js";
import { enumValue, INFINITE } from "../../kit/arguments/written.js";

const sender = useArguments();

/** What GraphQL's own coercion finds. */
const WRONG_WHOLE_NUMBERS = [1.5, 2_147_483_648, -2_147_483_649, 1e10, INFINITE, "5", true, []];
const wholeNumbers = (name: Name, make: (value: unknown) => Given, path: string): Row[] =>
  WRONG_WHOLE_NUMBERS.map((value) => [name, make(value), path]);
const WRONG_TIMES = [
  "tomorrow",
  "",
  "2030-02-30T00:00:00Z",
  "2030-01-01",
  "2030-01-01T24:00:01Z",
  "2030-12-31T23:59:60Z",
  "2030-01-01T00:00:00",
  5,
  true,
];

const FOUND_BY_GRAPHQL: Row[] = [
  ...wholeNumbers("createTeam", (value) => team({ creditsAllocated: value }), "input.creditsAllocated"),
  ...wholeNumbers("addCredits", (value) => credits({ credits: value }), "input.credits"),
  ...wholeNumbers(
    "createModelGroup",
    (priority) => group({ models: [{ name: "a", priority }] }),
    "input.models[0].priority",
  ),
  ...wholeNumbers("createModelGroup", (weight) => group({ models: [{ name: "a", weight }] }), "input.models[0].weight"),
  ...wholeNumbers("runLlmCall", (maxTokens) => call({ maxTokens }), "input.maxTokens"),
  ...[1.5, 2 ** 53, -(2 ** 53), 1e20, INFINITE, "5", true, []].map(
    (seed): Row => ["runLlmCall", call({ seed }), "input.seed"],
  ),
  ...LISTS.flatMap(([name]) => wholeNumbers(name, (first) => ({ first }), "first")),
  ...["NaN", "0.5", INFINITE, true, []].flatMap((value): Row[] => [
    ["runLlmCall", call({ temperature: value }), "input.temperature"],
    ["runLlmCall", call({ topP: value }), "input.topP"],
  ]),
  ["runLlmCall", call({ stop: [1] }), "input.stop[0]"],
  ["runLlmCall", call({ stop: ["a", null] }), "input.stop[1]"],
  ["runLlmCall", call({ messages: null }), "input.messages"],
  ["runLlmCall", third({ role: enumValue("WIZARD"), content: "a" }), "input.messages[2].role"],
  ["runLlmCall", third({ role: enumValue("user"), content: "a" }), "input.messages[2].role"],
  ["runLlmCall", third({ role: 1, content: "a" }), "input.messages[2].role"],
  ["runLlmCall", role("USER", { content: 1 }), "input.messages[2].content"],
  ["runLlmCall", role("USER", { parts: ["a"] }), "input.messages[2].parts[0]"],
  ["runLlmCall", call({ tools: [1] }), "input.tools[0]"],
  ["runLlmCall", call({ responseFormat: "json" }), "input.responseFormat"],
  ["runLlmCall", call({ providerOptions: [1] }), "input.providerOptions"],
  ["runLlmCall", call({ jobId: 1.5 }), "input.jobId"],
  ...(["createOrganization", "createTeam", "createJob", "completeJob", "runLlmCall"] as const).flatMap((name) =>
    ["text", 5, true, [1]].map((value): Row => [name, withMetadata(name, value), "input.metadata"]),
  ),
  ...["text", 5, [1], null].map(
    (value): Row => ["updateJobMetadata", { jobId: OPEN_JOB, metadata: value }, "metadata"],
  ),
  ["completeJob", end({ status: enumValue("EXPIRED") }), "input.status"],
  ["organizations", { status: enumValue("CLOSED") }, "status"],
  ["teams", { status: enumValue("CLOSED") }, "status"],
  ["jobs", { filter: { status: [enumValue("PENDING"), enumValue("DONE")] } }, "filter.status[1]"],
  ...WRONG_TIMES.flatMap((value): Row[] => [
    ["createVirtualKey", key({ expiresAt: value }), "input.expiresAt"],
    ["jobs", { filter: { createdAfter: value } }, "filter.createdAfter"],
    ["team.jobs", { filter: { createdBefore: value } }, "filter.createdBefore"],
  ]),
  ...[1.5, true, null, {}].flatMap((id): Row[] => [
    ["organization", { id }, "id"],
    ["job", { id }, "id"],
    ["suspendTeam", { id }, "id"],
  ]),
  ["createOrganization", organization({ name: null }), "input.name"],
  ["createOrganization", { input: { id: "new" } }, "name", ""],
];

function withMetadata(name: Name, value: unknown): Given {
  const makers: Partial<Record<Name, (more: Given) => Given>> = {
    createOrganization: organization,
    createTeam: team,
    createJob: job,
    completeJob: end,
  };
  return (makers[name] ?? call)({ metadata: value });
}

describe.each(MODES)("with arguments given as %s", (mode) => {
  it.each(FOUND_BY_GRAPHQL.map(titled))("%s", async (_, [name, args, path, got]) => {
    const error = await sender.refused(mode, name, args);
    expect(error.extensions, error.message).toMatchObject({ code: "INVALID_INPUT", status: 422, retryable: false });
    expect(error.message).toContain(got ?? shown(valueAt(args, path)));
    // Where a literal stands is told by its place in the document; see below.
    if (mode === "variables") expect(error.message).toContain(nameOf(path));
    else expect(error).toHaveProperty("locations.0.column");
  });

  it.each<Refusal>([
    ["createOrganization", organization({ colour: "red" }), "colour"],
    ["runLlmCall", third({ ...HELLO, colour: "red" }), "colour"],
    ["createTeam", team({ virtualKey: "sk-mine" }), "virtualKey"],
    ["jobs", { filter: { colour: "red" } }, "colour"],
  ])("%s refuses a field that its input does not have", async (name, args, field) => {
    const error = await sender.refused(mode, name, args);
    expect(error.extensions.code).toBe(mode === "literals" ? "GRAPHQL_VALIDATION_FAILED" : "INVALID_INPUT");
    expect(error.message).toContain(`"${field}"`);
  });
});

describe("a literal that GraphQL itself refuses", () => {
  it.each<Refusal>([
    ["createTeam", team({ creditsAllocated: 1.5 }), "creditsAllocated"],
    ["addCredits", credits({ credits: 2_147_483_648 }), "credits"],
    ["jobs", { first: 1e10 }, "first"],
    ["runLlmCall", call({ temperature: "NaN" }), "temperature"],
    ["runLlmCall", third({ role: enumValue("WIZARD"), content: "a" }), "role"],
    ["createVirtualKey", key({ expiresAt: "tomorrow" }), "expiresAt"],
    ["createJob", job({ metadata: "text" }), "metadata"],
    ["job", { id: 1.5 }, "id"],
    ["createOrganization", organization({ name: null }), "name"],
  ])("is named by its field: %s", async (name, args, field) => {
    const error = await sender.refused("literals", name, args);
    expect(error.extensions.code).toBe("INVALID_INPUT");
    expect(error.message).toMatch(new RegExp(`\\b${field}\\b`));
  });
});

describe("a variable that is null, although its field takes only a value or the default", () => {
  it.each([
    ["an argument", 'query ($id: ID = "acme") { organization(id: $id) { id } }', "id"],
    ["a directive", "query ($id: Boolean = true) { viewer @include(if: $id) { __typename } }", "if"],
  ])("is refused before anything runs, naming %s", async (_, document, argument) => {
    const { status, data, errors } = await sender.gateway.admin.send(document, { id: null });
    expect({ status, data }).toEqual({ status: 400, data: undefined });
    expect(errors).toEqual([expect.objectContaining({ message: expect.stringMatching(`^${argument}: .*null`) })]);
    expect(errors?.[0]?.extensions).toEqual({ code: "INVALID_INPUT", status: 422, retryable: false });
  });
});
