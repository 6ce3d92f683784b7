import { GraphQLBoolean, GraphQLObjectType, GraphQLSchema, parse } from "graphql";
import { beforeAll, describe, expect, it } from "vitest";
import { compiledQueries } from "../../../src/doors/graphql/compiled-queries.js";
import type { GraphqlClient } from "../../kit/clients/graphql.js";
import { useGateway } from "../../kit/gateway/gateway.js";

/** A query is compiled when it comes for the third time. */
const TIMES = 5;

const CALL = `id status modelGroup model provider purpose metadata content reasoning finishReason toolCalls { id name arguments }
  extensions costUsd costSource latencyMs timeToFirstTokenMs createdAt finishedAt error { code message retryAfterMs }
  usage { promptTokens completionTokens totalTokens cachedPromptTokens reasoningTokens source }
  attempts { number model provider status errorKind failureKind costUsd startedAt endedAt usage { totalTokens source } } job { id }`;
const LIST = "totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id } }";

const QUERIES: readonly [what: string, query: string, variables?: Record<string, unknown>][] = [
  [
    "a union",
    "{ viewer { __typename ... on AdminViewer { name } ... on TeamViewer { team { alias status } key { prefix } } } }",
  ],
  [
    "a job with its calls",
    `query ($id: ID!) { job(id: $id) { id metadata expiresAt team { id } llmCalls { nodes { ${CALL} } ${LIST} } } }`,
  ],
  [
    "costs",
    "{ jobs(first: 2) { nodes { costs { totalCalls totalTokens totalCostUsd avgLatencyMs creditApplied creditsRemaining } } } }",
  ],
  ["a list, a page of it, and its count", `{ jobs(first: 1) { ${LIST} } }`],
  ["an empty list", `{ jobs(filter: { jobType: "none" }) { ${LIST} nodes { id } } }`],
  [
    "lists in lists",
    "{ teams { nodes { organization { name } virtualKeys { status } modelGroups { name models { name } } creditEntries { totalCount nodes { kind job { id } } } } } }",
  ],
  [
    "fragments and aliases",
    "query Q { a: jobs { ...J } b: jobs(first: 1) { ...J } } fragment J on JobConnection { nodes { x: id ...K } } fragment K on Job { id jobType }",
  ],
  [
    "fields that are left out",
    "query ($yes: Boolean!, $no: Boolean = false) { jobs { nodes { id @skip(if: $yes) jobType @include(if: $yes) ... @include(if: $no) { createdAt } } } }",
    { yes: true },
  ],
  [
    "the same, the other way round",
    "query ($yes: Boolean!, $no: Boolean = false) { jobs { nodes { id @skip(if: $yes) jobType @include(if: $yes) ... @include(if: $no) { createdAt } } } }",
    { yes: false, no: true },
  ],
  [
    "variables with a default and null",
    "query ($first: Int = 2, $after: String, $filter: JobFilter) { jobs(first: $first, after: $after, filter: $filter) { nodes { id } } }",
    { after: null, filter: { status: ["IN_PROGRESS"] } },
  ],
  [
    "the schema",
    '{ __schema { queryType { name } types { name kind fields { name type { name ofType { name } } } } } __type(name: "Job") { name } }',
  ],
  ["what does not exist", '{ job(id: "6f95e459-d990-4ad0-b05c-d9e70a8c020c") { id } viewer { __typename } }'],
  ["an unknown team beside a known list", '{ team(id: "none") { id } jobs { nodes { id } } }'],
  ["a page that is too long", "{ jobs(first: 101) { nodes { id } } }"],
  ["a cursor that is none", '{ jobs(after: "none") { nodes { id } } }'],
  ["a variable of the wrong type", "query ($first: Int) { jobs(first: $first) { nodes { id } } }", { first: "two" }],
  ["a number beyond Int", "query ($first: Int) { jobs(first: $first) { nodes { id } } }", { first: 2 ** 31 }],
  ["a variable that is missing", "query ($id: ID!) { job(id: $id) { id } }", {}],
  [
    "an unknown field of an input",
    "query ($filter: JobFilter) { jobs(filter: $filter) { nodes { id } } }",
    { filter: { colour: "red" } },
  ],
];

describe("A query that comes again and again gets the answer of the first time:", () => {
  const gateway = useGateway();
  let team: GraphqlClient;
  let jobId: string;

  beforeAll(async () => {
    const made = await gateway.world.team();
    team = made.client;
    const job = await made.job();
    jobId = job.id;
    for (let calls = 0; calls < 3; calls++) await job.call();
    await (await made.job()).call();
  });

  it.each(QUERIES)("%s", async (_, query, variables = query.includes("$id: ID!") ? { id: jobId } : {}) => {
    for (const client of [team, gateway.admin]) {
      const answers = [];
      for (let times = 0; times < TIMES; times++) answers.push(withoutRequestId(await client.send(query, variables)));
      for (const answer of answers) expect(answer).toEqual(answers[0]);
    }
  });
});

describe("An operation is executed", () => {
  /** Fields that tell whether GraphQL's own executor asks for them. */
  const byGraphql = {
    type: GraphQLBoolean,
    resolve: () => /graphql.execution.execute/.test(String(new Error().stack)),
  };
  const query: GraphQLObjectType = new GraphQLObjectType({
    name: "Query",
    fields: () => ({ byGraphql, again: { type: query, resolve: () => ({}) } }),
  });
  const mutation = new GraphQLObjectType({ name: "Mutation", fields: { again: { type: query, resolve: () => ({}) } } });
  const schema = new GraphQLSchema({ query, mutation });
  /** 25 uses of a fragment of 8 fields. */
  const many = `{ ${Array.from({ length: 25 }, (_, n) => `a${n}: again { ...F }`).join(" ")} } fragment F on Query { ${Array.from({ length: 8 }, (_, n) => `b${n}: byGraphql`).join(" ")} }`;

  it.each([
    ["compiled if it is a query that comes for the third time", "{ again { byGraphql } }", [true, true, false, false]],
    ["by GraphQL itself if it is a mutation", "mutation { again { byGraphql } }", [true, true, true, true]],
    [
      "by GraphQL itself if it has too many fields, because others would wait while it is compiled",
      many,
      [true, true, true, true],
    ],
  ])("%s", async (_, text, expected) => {
    const document = parse(text);
    const { executor } = await compiledQueries(schema).load({ apollo: {} });
    const asked = { document, operation: document.definitions[0], request: {}, context: {} };
    const found: boolean[] = [];
    for (const _ of expected) {
      const { data } = (await executor?.(asked as unknown as Parameters<NonNullable<typeof executor>>[0])) ?? {};
      found.push(JSON.stringify(data).includes("true"));
    }
    expect(found).toEqual(expected);
  });
});

function withoutRequestId(answer: object): object {
  return JSON.parse(JSON.stringify(answer, (name, value: unknown) => (name === "requestId" ? undefined : value)));
}
