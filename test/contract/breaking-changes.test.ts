import { describe, expect, it } from "vitest";
import {
  type BreakingChange,
  breakingGraphqlChanges,
  breakingOpenApiChanges,
} from "../../scripts/contract/breaking-changes.js";
import { unannounced } from "../../scripts/contract/changelog.js";

const told = (changes: readonly BreakingChange[]) =>
  changes.map((change) => `${change.of}: ${change.sentence}`).join("\n");

describe("a change of the GraphQL schema", () => {
  const JOB = "type Job { id: ID! status: Status! note: String }";
  const STATUS = "enum Status { OPEN DONE }";
  const INPUT = "input JobInput { type: String! }";
  const QUERY = "type Query { job(id: ID!): Job jobs(status: Status, input: JobInput): [Job!] }";
  const before = [JOB, STATUS, INPUT, QUERY].join("\n");

  it.each([
    ["removes a field", [JOB.replace("note: String", ""), STATUS, INPUT, QUERY], /note.*removed/],
    [
      "removes a type of an answer",
      [JOB.replace("status: Status!", "status: String!"), STATUS, INPUT, QUERY],
      /status/,
    ],
    ["makes a field nullable", [JOB.replace("id: ID!", "id: ID"), STATUS, INPUT, QUERY], /Job\.id/],
    ["removes a value of an enum", [JOB, "enum Status { OPEN }", INPUT, QUERY], /DONE.*removed/],
    ["adds a required argument", [JOB, STATUS, INPUT, QUERY.replace("jobs(", "jobs(team: ID! ")], /team/],
    ["adds a required field to an input", [JOB, STATUS, "input JobInput { type: String! team: ID! }", QUERY], /team/],
    ["removes a field of Query", [JOB, STATUS, INPUT, "type Query { jobs: [Job!] }"], /job/],
  ])("breaks clients if it %s", async (_, after, message) => {
    const changes = await breakingGraphqlChanges(before, after.join("\n"));
    expect(told(changes)).toMatch(message);
  });

  it.each([
    ["adds nothing", before],
    ["adds a field", before.replace("note: String", "note: String more: Int")],
    ["adds an optional argument", before.replace("jobs(", "jobs(team: ID ")],
    ["adds an optional field to an input", before.replace("type: String! }", "type: String! team: ID }")],
    ["adds a type", `${before}\ntype Team { id: ID! }`],
    ["describes a field", before.replace("note: String", '"About the job." note: String')],
  ])("does not break clients if it only %s", async (_, after) => {
    expect(await breakingGraphqlChanges(before, after)).toEqual([]);
  });
});

describe("a change of the OpenAPI document", () => {
  type Schema = Readonly<Record<string, unknown>>;
  const TEXT = { type: "string" };
  const BODY = { type: TEXT, note: TEXT, status: { ...TEXT, enum: ["open", "done"] } };
  const ANSWER = { id: TEXT, error: { type: ["string", "null"] } };

  /** A document of two routes. One takes this body and gives this answer. */
  function documentOf(body: Schema = BODY, required = ["type"], answer: Schema = ANSWER, more: Schema = {}): string {
    const content = (schema: Schema) => ({ content: { "application/json": { schema } } });
    const responses = (properties: Schema) => ({
      200: { description: "OK", ...content({ type: "object", required: Object.keys(properties), properties }) },
    });
    const create = {
      operationId: "createJob",
      requestBody: content({ type: "object", required, properties: body }),
      responses: responses(answer),
    };
    const read = { operationId: "readJob", responses: responses(ANSWER) };
    const paths = { "/jobs": { post: create }, "/job": { get: read }, ...more };
    return JSON.stringify({ openapi: "3.1.0", info: { title: "Jobs", version: "1" }, paths });
  }
  const before = documentOf();

  it.each([
    ["removes a route", documentOf(BODY, ["type"], ANSWER, { "/job": {} }), /GET \/job: \[Removed\]/],
    ["adds a required field to a body", documentOf({ ...BODY, team: TEXT }, ["type", "team"]), /POST \/jobs: .*`team`/],
    ["makes a field of a body required", documentOf(BODY, ["type", "note"]), /POST \/jobs: .*required.*`note`/],
    [
      "removes a value that a body may have",
      documentOf({ ...BODY, status: { ...TEXT, enum: ["open"] } }),
      /POST \/jobs: .*values of `status`/,
    ],
    ["removes a field of an answer", documentOf(BODY, ["type"], { id: TEXT }), /`error`/],
    [
      "changes the type of a field of an answer",
      documentOf(BODY, ["type"], { ...ANSWER, id: { type: "number" } }),
      /id/,
    ],
  ])("breaks clients if it %s", (_, after, message) => {
    expect(told(breakingOpenApiChanges(before, after))).toMatch(message);
  });

  it.each([
    ["adds nothing", before],
    ["adds an optional field to a body", documentOf({ ...BODY, team: TEXT })],
    ["adds a field to an answer", documentOf(BODY, ["type"], { ...ANSWER, cost: { type: "number" } })],
    ["adds a route", documentOf(BODY, ["type"], ANSWER, { "/teams": { get: { responses: {} } } })],
  ])("does not break clients if it only %s", (_, after) => {
    expect(breakingOpenApiChanges(before, after)).toEqual([]);
  });
});

describe("a changelog", () => {
  const removed = { of: "Job.note", sentence: "Field note was removed from object type Job." };

  it.each([
    ["names the field", "# Changelog\n\n## [Unreleased]\n\n### Removed\n\n- Breaking: `Job.note`.\n", true],
    ["names the type of the field", "## [Unreleased]\n\n- Breaking: `Job` is\n  gone.\n", true],
    ["names another field", "## [Unreleased]\n\n- Breaking: `Job.notes`.\n", false],
    ["names the field in another entry", "## [Unreleased]\n\n- Breaking: `Job.id`.\n- `Job.note`.\n", false],
    ["does not say that it breaks", "# Changelog\n\n## [Unreleased]\n\n- `Job.note` is gone.\n", false],
    [
      "has it in a release only",
      "## [Unreleased]\n\n- New.\n\n## [0.2.0] - 2026-01-01\n\n- Breaking: `Job.note`.\n",
      false,
    ],
    ["has no section Unreleased", "# Changelog\n\nBreaking: `Job.note`.\n\n## [0.2.0]\n", false],
  ])("that %s", (_, changelog, announced) => {
    expect(unannounced([removed], changelog)).toEqual(announced ? [] : [removed]);
  });

  it("announces each change of a route by its method and path", () => {
    const change = { of: "GET /jobs/{id}", sentence: "removed the field" };
    expect(unannounced([change], "## [Unreleased]\n\n- Breaking: `GET /jobs/{id}` lost a field.")).toEqual([]);
    expect(unannounced([change], "## [Unreleased]\n\n- Breaking: `POST /jobs/{id}` lost a field.")).toEqual([change]);
  });
});
