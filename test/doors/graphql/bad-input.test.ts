import { beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../../src/lib/ids.js";
import { ADMIN_KEY, useGateway } from "../../kit/gateway.js";
import type { GraphqlAnswer, GraphqlError } from "../../kit/graphql.js";
import type { TestJob } from "../../kit/world.js";

const gateway = useGateway({ upstream: "scripted" });
const given: { job?: TestJob } = {};

beforeAll(async () => {
  await gateway.world.modelGroup(["gpt-4o-mini"], "Chat");
  const organization = await gateway.world.organization("acme");
  const team = await organization.team({ id: "acme-team", credits: 100, groups: ["Chat"] });
  given.job = await team.job();
});

/** Stands for the id of the open job of acme-team. */
const OPEN_JOB = "<open job>";
/** What is written otherwise in a document than in JSON, or cannot be written as a value of JavaScript. */
class Written {
  constructor(
    readonly literal: string,
    readonly json = literal,
  ) {}
}
const enumValue = (name: string) => new Written(name, `"${name}"`);
const INFINITE = new Written("1e400");

interface Operation {
  readonly by: "admin" | "team";
  readonly kind: "query" | "mutation";
  readonly types: Readonly<Record<string, string>>;
  /** (*) is where the arguments go. */
  readonly fields: string;
}
const PAGE = { first: "Int", after: "String" };
const query = (fields: string, types: Operation["types"]): Operation => ({ by: "admin", kind: "query", types, fields });
const mutation = (by: Operation["by"], name: string, selection: string): Operation => {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input!`;
  return { by, kind: "mutation", types: { input: type }, fields: `${name}(*) { ${selection} }` };
};
const change = (by: Operation["by"], fields: string, types: Operation["types"]): Operation => {
  return { by, kind: "mutation", types, fields };
};

const OPERATIONS = {
  organization: query("organization(*) { id }", { id: "ID!" }),
  team: query("team(*) { id }", { id: "ID!" }),
  modelGroup: query("modelGroup(*) { id }", { name: "ID!" }),
  job: query("job(*) { id }", { id: "ID!" }),
  llmCall: query("llmCall(*) { id }", { id: "ID!" }),
  organizations: query("organizations(*) { totalCount nodes { id } }", { ...PAGE, status: "AccountStatus" }),
  teams: query("teams(*) { nodes { id } }", { ...PAGE, status: "AccountStatus", organizationId: "ID" }),
  modelGroups: query("modelGroups(*) { nodes { id } }", PAGE),
  jobs: query("jobs(*) { nodes { id } }", { ...PAGE, filter: "JobFilter", teamId: "ID" }),
  "organization.teams": query('organization(id: "acme") { teams(*) { nodes { id } } }', PAGE),
  "team.jobs": query('team(id: "acme-team") { jobs(*) { nodes { id } } }', { ...PAGE, filter: "JobFilter" }),
  "team.creditEntries": query('team(id: "acme-team") { creditEntries(*) { nodes { id } } }', PAGE),
  "job.llmCalls": query(`job(id: "${OPEN_JOB}") { llmCalls(*) { nodes { id } } }`, PAGE),
  createOrganization: mutation("admin", "createOrganization", "id"),
  createModelGroup: mutation("admin", "createModelGroup", "id"),
  createTeam: mutation("admin", "createTeam", "virtualKey"),
  createVirtualKey: mutation("admin", "createVirtualKey", "virtualKey"),
  addCredits: mutation("admin", "addCredits", "id"),
  suspendTeam: change("admin", "suspendTeam(*) { id }", { id: "ID!" }),
  resumeTeam: change("admin", "resumeTeam(*) { id }", { id: "ID!" }),
  revokeVirtualKey: change("admin", "revokeVirtualKey(*) { id }", { id: "ID!" }),
  createJob: mutation("team", "createJob", "id"),
  completeJob: mutation("team", "completeJob", "job { id }"),
  updateJobMetadata: change("team", "updateJobMetadata(*) { id }", { jobId: "ID!", metadata: "JSONObject!" }),
  runLlmCall: change("team", "runLlmCall(*) { id status }", { input: "LlmCallInput!" }),
} satisfies Record<string, Operation>;

type Name = keyof typeof OPERATIONS;
type Given = Readonly<Record<string, unknown>>;
type Refusal = [operation: Name, given: Given, path: string];
/** `got` where the message shows something else than the value at the path. */
type Row = readonly [...Refusal, got?: string];

const HELLO = { role: enumValue("USER"), content: "Hello" };
const organization = (more: Given) => ({ input: { id: "new", name: "New", ...more } });
const group = (more: Given) => ({ input: { name: "New", models: [{ name: "gpt-4o" }], ...more } });
const team = (more: Given) => ({ input: { id: "new", organizationId: "acme", ...more } });
const key = (more: Given) => ({ input: { teamId: "acme-team", ...more } });
const credits = (more: Given) => ({ input: { teamId: "acme-team", ...more } });
const job = (more: Given) => ({ input: { jobType: "test", ...more } });
const end = (more: Given) => ({ input: { jobId: OPEN_JOB, ...more } });
const call = (more: Given) => ({ input: { jobId: OPEN_JOB, modelGroup: "Chat", messages: [HELLO], ...more } });
const third = (message: Given) => call({ messages: [HELLO, HELLO, message] });
const role = (name: string, more: Given) => third({ role: enumValue(name), ...more });

const long = (length: number) => "x".repeat(length);
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
const cursor = (...values: unknown[]) => Buffer.from(JSON.stringify(values)).toString("base64url");
const ANY_UUID = newId();

/** What an id may not be, and what is merely unknown. */
const NO_IDS = [
  "",
  " ",
  "no-such",
  "not-a-uuid",
  "../acme",
  "' OR 1=1 --",
  `{${ANY_UUID}}`,
  `${ANY_UUID}\n`,
  "a\0b",
  "\0",
  "😀",
  long(10_000),
  "😀".repeat(5_000),
];
const ID_PLACES: readonly (readonly [Name, (id: string) => Given])[] = [
  ...(["organization", "team", "job", "llmCall", "suspendTeam", "resumeTeam", "revokeVirtualKey"] as const).map(
    (name) => [name, (id: string) => ({ id })] as const,
  ),
  ["modelGroup", (id) => ({ name: id })],
  ["teams", (id) => ({ organizationId: id })],
  ["jobs", (id) => ({ teamId: id })],
  ["createTeam", (id) => team({ organizationId: id })],
  ["createTeam", (id) => team({ modelGroups: ["Chat", id], creditsAllocated: 5 })],
  ["createVirtualKey", (id) => key({ teamId: id })],
  ["addCredits", (id) => credits({ teamId: id, credits: 1 })],
  ["createJob", (id) => job({ teamId: id })],
  ["completeJob", (id) => end({ jobId: id })],
  ["updateJobMetadata", (id) => ({ jobId: id, metadata: {} })],
  ["runLlmCall", (id) => call({ jobId: id })],
];

const BLANK_OR_BROKEN = ["", "   ", "a\0b"];
const texts = (name: Name, make: (more: Given) => Given, field: string, lengthMax: number): Row[] =>
  [...BLANK_OR_BROKEN, long(lengthMax + 1)].map((text) => [name, make({ [field]: text }), `input.${field}`]);
const ids = (name: Name, make: (more: Given) => Given, field: string): Row[] =>
  [...BLANK_OR_BROKEN, "-a", "a b", "é", "😀", "a/b", "a\n", long(101)].map((id) => [
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
  ["runLlmCall", role("ASSISTANT", {}), "input.messages[2]", '"neither"'],
  ["runLlmCall", role("USER", { content: "a", parts: [{ type: "text", text: "a" }] }), "input.messages[2]", '"both"'],
  ["runLlmCall", role("USER", { content: "" }), "input.messages[2].content"],
  ["runLlmCall", role("USER", { parts: [] }), "input.messages[2].parts"],
  ["runLlmCall", role("USER", { parts: [{ text: "a" }] }), "input.messages[2].parts", ""],
  ["runLlmCall", role("USER", { content: "a", name: "" }), "input.messages[2].name"],
  ["runLlmCall", role("USER", { content: "a", name: long(65) }), "input.messages[2].name"],
  ["runLlmCall", role("USER", { content: "a", toolCallId: "call_1" }), "input.messages[2].toolCallId", ""],
  ["runLlmCall", role("TOOL", { content: "a" }), "input.messages[2].toolCallId", ""],
  ["runLlmCall", role("USER", { content: "a", toolCalls: [{ id: "call_1" }] }), "input.messages[2].toolCalls", ""],
  ["runLlmCall", role("ASSISTANT", { content: "a", toolCalls: [] }), "input.messages[2].toolCalls", ""],
  ["runLlmCall", call({ temperature: -0.1 }), "input.temperature"],
  ["runLlmCall", call({ temperature: 2.1 }), "input.temperature"],
  ["runLlmCall", call({ topP: -0.1 }), "input.topP"],
  ["runLlmCall", call({ topP: 2 }), "input.topP"],
  ["runLlmCall", call({ maxTokens: 0 }), "input.maxTokens"],
  ["runLlmCall", call({ maxTokens: -1 }), "input.maxTokens"],
  ["runLlmCall", call({ stop: [] }), "input.stop"],
  ["runLlmCall", call({ stop: times(17, String) }), "input.stop"],
  ["runLlmCall", call({ tools: [] }), "input.tools"],
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
    "n",
    "temperature",
    "max_tokens",
    "top_p",
    "stop",
    "seed",
    "tools",
    "tool_choice",
    "response_format",
  ].map((name): Row => ["runLlmCall", call({ providerOptions: { [name]: 1 } }), "input.providerOptions", `"${name}"`]),
  ["jobs", { filter: { createdAfter: "0000-01-01T00:00:00.000Z" } }, "filter.createdAfter"],
  ["team.jobs", { filter: { createdBefore: "0000-12-31T23:59:59.000Z" } }, "filter.createdBefore"],
  ["jobs", { filter: { jobType: "" } }, "filter.jobType"],
  ["jobs", { filter: { jobType: "a\0" } }, "filter.jobType"],
  ["team.jobs", { filter: { jobType: long(101) } }, "filter.jobType"],
];

/** The lists, with what their cursors begin with and the kind of key that follows. */
const LISTS: readonly (readonly [Name, list: string, key: "text" | "number" | "time and id"])[] = [
  ["organizations", "organizations", "text"],
  ["teams", "teams", "text"],
  ["modelGroups", "model_groups", "text"],
  ["jobs", "jobs", "time and id"],
  ["organization.teams", "teams", "text"],
  ["team.jobs", "jobs", "time and id"],
  ["team.creditEntries", "credit_entries", "number"],
  ["job.llmCalls", "llm_calls", "time and id"],
];
const TIME = "2026-01-01T00:00:00.000Z";
const NO_CURSORS = ["", "garbage", "😀", "a\0", long(10_000), cursor(), cursor(null), cursor({}), cursor("a", "b")];
const NO_KEYS = [[], ["a\0"], [1], [null], [{}], [["a"]], ["\ud800"], ["a", "b"], [TIME, ANY_UUID, "c"]];
const NO_KEYS_OF = {
  text: [],
  number: [["-1"], ["99999999999"], ["1.5"], ["a"]],
  "time and id": [
    ["0000-01-01T00:00:00.000Z", ANY_UUID],
    ["2026-02-31T00:00:00.000Z", ANY_UUID],
    ["+012026-01-01T00:00:00.000Z", ANY_UUID],
    ["2026-01-01", ANY_UUID],
    [TIME, "x"],
  ],
};

const PAGES: Row[] = LISTS.flatMap(([name, list, key]): Row[] => [
  ...[0, -1, 101, 2_147_483_647].map((first): Row => [name, { first }, "first"]),
  ...NO_CURSORS.map((after): Row => [name, { after }, "after"]),
  ...[...NO_KEYS, ...NO_KEYS_OF[key]].map((values): Row => [name, { after: cursor(list, ...values) }, "after"]),
]);

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
  ...wholeNumbers("runLlmCall", (maxTokens) => call({ maxTokens }), "input.maxTokens"),
  ...wholeNumbers("runLlmCall", (seed) => call({ seed }), "input.seed"),
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
  ["organizations", { status: enumValue("DELETED") }, "status"],
  ["teams", { status: enumValue("DELETED") }, "status"],
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

type Mode = "literals" | "variables";

describe.each<Mode>(["literals", "variables"])("with arguments given as %s", (mode) => {
  describe.each(ID_PLACES)("%s", (name, make) => {
    it.each(NO_IDS.map((id) => [shorten(id), id]))(
      "answers NOT_FOUND for the id %s and writes nothing",
      async (_, id) => {
        const error = await refused(mode, name, make(id));
        expect(error.extensions).toMatchObject({
          code: "NOT_FOUND",
          status: 404,
          retryable: false,
          id: id.slice(0, 80),
        });
        expect(error.message).toContain(JSON.stringify(id).slice(0, 60));
      },
    );
  });

  it.each(NO_IDS.map((id) => [shorten(id), id]))("runLlmCall may not use the model group %s", async (_, id) => {
    const error = await refused(mode, "runLlmCall", call({ modelGroup: id }));
    expect(error.extensions.code).toBe("MODEL_GROUP_NOT_ALLOWED");
  });

  it.each([...FOUND_BY_SERVICES, ...PAGES].map(titled))("%s", async (_, [name, args, path, got]) => {
    const error = await refused(mode, name, args);
    expect(error.extensions, error.message).toMatchObject({
      code: "INVALID_INPUT",
      status: 422,
      retryable: false,
      field: path,
    });
    expect(error.message).toMatch(new RegExp(`^${path.replace(/[[\].]/g, "\\$&")} `));
    expect(error.message).toContain(`, got ${got ?? JSON.stringify(valueAt(args, path)).slice(0, 60)}`);
  });

  it.each(FOUND_BY_GRAPHQL.map(titled))("%s", async (_, [name, args, path, got]) => {
    const error = await refused(mode, name, args);
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
    const error = await refused(mode, name, args);
    expect(error.extensions.code).toBe(mode === "literals" ? "GRAPHQL_VALIDATION_FAILED" : "INVALID_INPUT");
    expect(error.message).toContain(`"${field}"`);
  });

  it.each<Refusal>([
    ["createOrganization", organization({ id: "acme" }), "organization"],
    ["createModelGroup", group({ name: "Chat" }), "model group"],
    ["createTeam", team({ id: "acme-team", creditsAllocated: 5 }), "team"],
  ])("%s answers ALREADY_EXISTS for an id that is taken, and writes nothing", async (name, args, kind) => {
    const error = await refused(mode, name, args);
    expect(error.extensions).toMatchObject({ code: "ALREADY_EXISTS", status: 400, kind });
    expect(error.message).toContain("already exists");
  });

  it.each<Refusal>([
    ["createOrganization", organization({ name: "\ud800" }), "input.name"],
    ["createJob", job({ metadata: { a: "\udc00b" } }), "input.metadata"],
    ["createJob", job({ metadata: { "a\0": 1 } }), "input.metadata"],
    ["updateJobMetadata", { jobId: OPEN_JOB, metadata: { "\ud800": 1 } }, "metadata"],
    ["runLlmCall", call({ purpose: "\ud800" }), "input.purpose"],
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
      const error = await refused(mode, name, args);
      if (mode === "literals") expect(error.extensions.code).toBe("GRAPHQL_PARSE_FAILED");
      else expect(error.extensions).toMatchObject({ code: "INVALID_INPUT", field: path });
    },
  );
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
    const error = await refused("literals", name, args);
    expect(error.extensions.code).toBe("INVALID_INPUT");
    expect(error.message).toMatch(new RegExp(`\\b${field}\\b`));
  });
});

describe("a variable that is null where only its default would do", () => {
  it.each([
    ["an argument", 'query ($id: ID = "acme") { organization(id: $id) { id } }', "id"],
    ["a directive", "query ($id: Boolean = true) { viewer @include(if: $id) { __typename } }", "if"],
  ])("is refused before anything runs, naming %s", async (_, document, argument) => {
    const { status, data, errors } = await gateway.admin.send(document, { id: null });
    expect({ status, data }).toEqual({ status: 400, data: undefined });
    expect(errors).toEqual([expect.objectContaining({ message: expect.stringMatching(`^${argument}: .*null`) })]);
    expect(errors?.[0]?.extensions).toEqual({ code: "INVALID_INPUT", status: 422, retryable: false });
  });
});

describe("an id that is too long to be shown", () => {
  it("is cut between characters, never within one", async () => {
    const id = `a${"😀".repeat(5_000)}`;
    for (const error of [
      await refused("variables", "team", { id }),
      await refused("variables", "runLlmCall", call({ modelGroup: id })),
      await refused("variables", "createOrganization", organization({ id })),
    ]) {
      expect(JSON.stringify(error)).not.toMatch(/\\ud[89a-f]/i);
    }
  });
});

describe("cursors", () => {
  const NODES: Partial<Record<Name, string>> = {
    organizations: "{ organizations { edges { cursor } } }",
    teams: "{ teams { edges { cursor } } }",
    modelGroups: "{ modelGroups { edges { cursor } } }",
    jobs: "{ jobs { edges { cursor } } }",
  };

  it.each<[Name, Name]>([
    ["jobs", "organizations"],
    ["organizations", "jobs"],
    ["jobs", "team.creditEntries"],
    ["modelGroups", "teams"],
    ["organizations", "teams"],
    ["teams", "modelGroups"],
    ["jobs", "job.llmCalls"],
  ])("a cursor of %s is refused by %s", async (from, to) => {
    const data = await gateway.admin.data(NODES[from] ?? "");
    const after = data[from].edges[0].cursor;
    const error = await refused("variables", to, { after });
    expect(error.extensions).toMatchObject({ code: "INVALID_INPUT", field: "after" });
    expect(error.message).toContain(after.slice(0, 60));
  });

  const KEYS = { text: ["a"], number: ["1"], "time and id": [TIME, ANY_UUID] };
  it.each(LISTS)("of %s are in the form that the refused ones above are not quite in", async (name, list, key) => {
    await accepted(name, { after: cursor(list, ...KEYS[key]) });
  });
});

describe("the limits themselves", () => {
  it("are accepted: the shortest and longest names, the largest metadata, the most credits", async () => {
    const largest = { a: long(16_384 - '{"a":""}'.length) };
    await accepted("createOrganization", organization({ id: long(100), name: "a", metadata: largest }));
    await accepted("createModelGroup", group({ name: "a", displayName: long(200), description: long(2000) }));
    await accepted("createTeam", team({ id: "a", alias: "é😀", creditsAllocated: 2_147_483_647, modelGroups: ["a"] }));
    await accepted("createVirtualKey", key({ name: long(200), expiresAt: "9999-12-31T23:59:59Z" }));
    await accepted("jobs", { first: 100, filter: { jobType: long(100), createdAfter: "2020-01-01T00:00:00+05:45" } });
    await accepted("jobs", { first: 1, after: null });
  });

  it("are accepted: the least and the most of every option of a call", async () => {
    await accepted(
      "runLlmCall",
      call({ temperature: 0, topP: 0, maxTokens: 1, stop: ["\n"], tools: [{ type: "function" }] }),
    );
    await accepted(
      "runLlmCall",
      call({ temperature: 2, topP: 1, maxTokens: 2_147_483_647, stop: times(16, (index) => `stop-${index}`) }),
    );
    await accepted("runLlmCall", role("ASSISTANT", { content: "", toolCalls: [{ id: "call_1", type: "function" }] }));
    await accepted("runLlmCall", role("TOOL", { content: "", toolCallId: "call_1" }));
    await accepted("runLlmCall", call({ providerOptions: { presence_penalty: 0.5 } }));
  });

  it("let through text that only looks like NUL or half a surrogate pair", async () => {
    const odd = { a: String.raw`\u0000`, b: String.raw`\\ud800`, "c\\u0000": "😀" };
    const { createJob } = await (await client("team")).data(
      "mutation ($input: CreateJobInput!) { createJob(input: $input) { metadata } }",
      job({ metadata: odd }),
    );
    expect(createJob.metadata).toEqual(odd);
  });

  it("hold for a job's metadata as a whole, whichever mutation fills it", async () => {
    const opened = await theTeam().job();
    const half = { metadata: { a: long(9_000) } };
    await accepted("updateJobMetadata", { jobId: opened.id, ...half });
    const more = { metadata: { b: long(9_000) } };
    const updated = await refused("variables", "updateJobMetadata", { jobId: opened.id, ...more });
    expect(updated.extensions).toMatchObject({ code: "INVALID_INPUT", field: "metadata" });
    const completed = await refused("variables", "completeJob", { input: { jobId: opened.id, ...more } });
    expect(completed.extensions).toMatchObject({ code: "INVALID_INPUT", field: "input.metadata" });
    expect(await opened.read()).toMatchObject({ status: "PENDING", ...half });
  });
});

describe("several faults at once", () => {
  it("are all told, the first of them as the message", async () => {
    const error = await refused("variables", "createOrganization", {
      input: { id: "", name: "", metadata: { a: "\0" } },
    });
    const fields = error.extensions.fields as { field: string; message: string }[];
    expect(fields.map(({ field }) => field)).toEqual(["input.id", "input.name", "input.metadata"]);
    expect(error.message).toBe(fields[0]?.message);
  });
});

describe("a refused createTeam", () => {
  it("leaves no team, no key, no balance behind, and its id free", async () => {
    const args = team({ id: "second-try", modelGroups: ["Chat", "no-such"], creditsAllocated: 7 });
    const error = await refused("variables", "createTeam", args);
    expect(error.extensions).toMatchObject({ code: "NOT_FOUND", kind: "model group", id: "no-such" });
    await gateway.admin.refusal("NOT_FOUND", '{ team(id: "second-try") { id } }');
    await accepted("createTeam", team({ id: "second-try", modelGroups: ["Chat"], creditsAllocated: 7 }));
  });
});

const theTeam = () => {
  if (!given.job) throw new Error("There is no job outside of tests.");
  return given.job.team;
};

async function client(by: Operation["by"]) {
  return by === "admin" ? gateway.admin : theTeam().client;
}

/** Sends an operation that must be refused with one error, by the client's fault, and must not write anything. */
async function refused(mode: Mode, name: Name, args: Given): Promise<GraphqlError> {
  const before = await rows();
  const { status, data, errors = [] } = await send(mode, name, args);
  expect(status, JSON.stringify(errors)).toBeLessThan(500);
  expect(errors, JSON.stringify(data)).toHaveLength(1);
  const [error] = errors as [GraphqlError];
  expect(error.extensions.code, error.message).not.toBe("INTERNAL");
  expect(error.extensions).not.toHaveProperty("stacktrace");
  for (const value of Object.values(data ?? {})) expect(value).toBeNull();
  expect(await rows()).toEqual(before);
  return error;
}

async function accepted(name: Name, args: Given): Promise<void> {
  for (const mode of ["variables"] as const) {
    const { errors } = await send(mode, name, args);
    expect(errors, `${name} ${JSON.stringify(args)}`).toBeUndefined();
  }
}

async function send(mode: Mode, name: Name, args: Given): Promise<GraphqlAnswer> {
  const { by, kind, types, fields }: Operation = OPERATIONS[name];
  const names = Object.keys(args);
  const asVariables = mode === "variables";
  const declared = asVariables ? `(${names.map((argument) => `$${argument}: ${types[argument]}`).join(", ")})` : "";
  const passed = names.map(
    (argument) => `${argument}: ${asVariables ? `$${argument}` : written(args[argument], "literal")}`,
  );
  const document = `${kind}${declared} { ${fields.replace("*", () => passed.join(", "))} }`;
  const body = `{ "query": ${JSON.stringify(document)}, "variables": ${asVariables ? written(args, "json") : "{}"} }`;
  const credential = by === "admin" ? ADMIN_KEY : theTeam().secret;
  const response = await fetch(`${gateway.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${credential}` },
    body: body.replaceAll(OPEN_JOB, given.job?.id ?? ""),
  });
  return { status: response.status, ...((await response.json()) as Omit<GraphqlAnswer, "status">) };
}

/** A value as it stands in a document or in JSON. */
function written(value: unknown, as: "literal" | "json"): string {
  if (value instanceof Written) return value[as];
  if (Array.isArray(value)) return `[${value.map((item) => written(item, as)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(
    ([name, item]) => `${as === "json" ? JSON.stringify(name) : name}: ${written(item, as)}`,
  );
  return `{ ${entries.join(", ")} }`;
}

/** The value that a path such as input.messages[2].role leads to. */
function valueAt(args: Given, path: string): unknown {
  const steps = path.split(/[.[\]]+/).filter(Boolean);
  return steps.reduce<unknown>((value, step) => (value as Given | undefined)?.[step], args);
}

/** How GraphQL's messages show a value, as far as all of them do. */
function shown(value: unknown): string {
  if (value instanceof Written) return value === INFINITE ? "" : value.literal;
  if (Array.isArray(value) || (typeof value === "object" && value !== null)) return "";
  return String(value);
}

const nameOf = (path: string) =>
  path
    .replace(/\[\d+\]$/, "")
    .split(".")
    .at(-1) ?? path;
const shorten = (value: unknown) => written(value, "json").slice(0, 40);

function titled(row: Row): [string, Row] {
  const [name, args, path] = row;
  return [`${name} refuses ${path} ${shorten(valueAt(args, path) ?? null)}`, row];
}

/** How much there is of everything. */
async function rows(): Promise<unknown> {
  const tables = [
    "organizations",
    "teams",
    "team_model_groups",
    "model_groups",
    "group_models",
    "virtual_keys",
    "credit_balances",
    "credit_entries",
    "jobs",
    "llm_calls",
  ];
  const counts = tables.map((table) => `(SELECT count(*)::integer FROM ${table}) AS ${table}`);
  return gateway.database.db.$queryRawUnsafe(`SELECT ${counts.join(", ")}, (SELECT sum(allocated)::text FROM credit_balances) AS allocated,
    (SELECT string_agg(status::text || metadata::text, ',' ORDER BY id) FROM jobs) AS contents`);
}
