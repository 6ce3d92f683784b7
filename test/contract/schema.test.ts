import { readFileSync } from "node:fs";
import {
  buildSchema,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { describe, expect, it } from "vitest";
import { buildGraphqlSchema, printGraphqlSchema } from "../../src/doors/graphql/schema.js";

/** Fields whose name, beside the description of their type, says all that there is to say. */
const SELF_EXPLANATORY = new Set([
  ...[
    "id",
    "name",
    "displayName",
    "description",
    "kind",
    "status",
    "source",
    "message",
    "role",
    "createdAt",
    "updatedAt",
  ],
  ...["organization", "team", "job", "key", "credits", "node", "pageInfo", "organizationId", "teamId", "jobId"],
  ...["successfulCalls", "failedCalls", "cancelledCalls", "promptTokens", "completionTokens"],
]);
/** Arguments that their field's description speaks of. */
const SELF_EXPLANATORY_ARGUMENTS = new Set(["id", "name", "input", "filter", "jobId", "metadata"]);
/** Enums of somebody else's words, which the enum's own description names. */
const DESCRIBED_ELSEWHERE = new Set(["MessageRole"]);
/** type-graphql has no place for a description of these. */
const ROOTS = new Set(["Query", "Mutation", "Subscription"]);

describe("schema.graphql", () => {
  it("is what the code prints", () => {
    const file = readFileSync(new URL("../../schema.graphql", import.meta.url), "utf8");
    expect(printGraphqlSchema(), "run `npm run schema` and look at the difference").toBe(file);
  });

  it("describes every type, root field and enum value, and every field and argument that needs it", () => {
    expect(undescribed(buildGraphqlSchema())).toEqual([]);
  });

  it("has nullable root fields, so that one that fails does not void the results of the others", () => {
    expect(nonNullRootFields(buildGraphqlSchema())).toEqual([]);
  });
});

it("Whatever has no description is found.", () => {
  const schema = buildSchema(`
    type Query { "Described." jobs(filter: Filter, limit: Int): [Job!] viewer: Job! id: ID }
    type Mutation { "Described." createJob(input: Filter!): Job }
    type Job { id: ID! color: String "Described." size: Size }
    "Described." input Filter { jobId: ID shade: String }
    "Described." enum Size { SMALL "Described." LARGE }
    "Described." scalar Color
    scalar Shade
  `);
  expect(undescribed(schema).sort()).toEqual(
    [
      "Filter.shade",
      "Job",
      "Job.color",
      "Query.id",
      "Query.jobs(limit:)",
      "Query.viewer",
      "Shade",
      "Size.SMALL",
    ].sort(),
  );
  expect(nonNullRootFields(schema)).toEqual(["Query.viewer"]);
});

function undescribed(schema: GraphQLSchema): string[] {
  const missing: string[] = [];
  const require = (path: string, { description }: { description?: string | null | undefined }) => {
    if (!description?.trim()) missing.push(path);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__") || /^(String|Boolean|Int|Float|ID)$/.test(type.name)) continue;
    const isRoot = ROOTS.has(type.name);
    if (!isRoot) require(type.name, type);
    if (isEnumType(type) && !DESCRIBED_ELSEWHERE.has(type.name))
      for (const value of type.getValues()) require(`${type.name}.${value.name}`, value);
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (isRoot || !SELF_EXPLANATORY.has(field.name)) require(`${type.name}.${field.name}`, field);
      for (const argument of "args" in field ? field.args : []) {
        if (SELF_EXPLANATORY_ARGUMENTS.has(argument.name)) continue;
        require(`${type.name}.${field.name}(${argument.name}:)`, argument);
      }
    }
  }
  return missing;
}

function nonNullRootFields(schema: GraphQLSchema): string[] {
  return [schema.getQueryType(), schema.getMutationType()].flatMap((root) =>
    Object.values(root?.getFields() ?? {})
      .filter(({ type }) => isNonNullType(type))
      .map(({ name }) => `${root?.name}.${name}`),
  );
}
