import { readFileSync } from "node:fs";
import {
  buildSchema,
  type GraphQLEnumType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  parse,
  validate,
} from "graphql";
import { describe, expect, it } from "vitest";
import { buildGraphqlSchema, printGraphqlSchema } from "../../src/doors/graphql/schema.js";
import { AttemptErrorKind } from "../../src/features/calls/attempt.type.js";
import { ERRORS } from "../../src/lib/errors.js";
import type { UpstreamErrorKind } from "../../src/upstream/failure/upstream-error.js";

describe("schema.graphql", () => {
  it("is what the code prints", () => {
    const file = readFileSync(new URL("../../schema.graphql", import.meta.url), "utf8");
    expect(printGraphqlSchema(), "run `npm run schema` and look at the difference").toBe(file);
  });

  it("describes every type, field, argument and enum value in whole sentences", () => {
    expect(undescribed(buildGraphqlSchema())).toEqual([]);
  });

  it("begins with a manual whose operations are valid", () => {
    const schema = buildGraphqlSchema();
    const operations = schema.description?.match(/^ {2}(mutation|subscription)[\s\S]*?\n(?! {4})/gm) ?? [];
    expect(operations.length).toBeGreaterThan(5);
    for (const operation of operations) expect(validate(schema, parse(operation)), operation).toEqual([]);
  });

  it("has every error code, with its HTTP status and what to do", () => {
    const type = buildGraphqlSchema().getType("ErrorCode") as GraphQLEnumType;
    const described = Object.fromEntries(type.getValues().map(({ name, description }) => [name, description]));
    expect(Object.keys(described).sort()).toEqual(Object.keys(ERRORS).sort());
    for (const [code, { status, whatToDo }] of Object.entries(ERRORS)) {
      expect(described[code]).toContain(`HTTP status ${status}`);
      expect(described[code]).toContain(whatToDo);
    }
  });

  it("has an enum value for every kind of failure that an attempt can have", () => {
    const kinds: readonly (UpstreamErrorKind | "internal" | "gateway-restarted")[] = Object.values(AttemptErrorKind);
    expect(new Set(kinds).size).toBe(15);
  });

  it("has nullable root fields, so that one that fails does not void the results of the others", () => {
    expect(nonNullRootFields(buildGraphqlSchema())).toEqual([]);
  });
});

it("What has no description, or one that is not a sentence, is found.", () => {
  const schema = buildSchema(`
    "The roots." type Query { "Described." jobs(filter: Filter, limit: Int): [Job!] viewer: Job! "an id" id: ID }
    type Job { "Described." id: ID! color: String "Described." size: Size }
    "Described." input Filter { jobId: ID "A shade" shade: String }
    "Described." enum Size { SMALL "Described." LARGE }
    "Described." scalar Color
    scalar Shade
  `);
  expect(undescribed(schema).sort()).toEqual(
    [
      "Filter.jobId",
      "Filter.shade",
      "Job",
      "Job.color",
      "Query.id",
      "Query.jobs(filter:)",
      "Query.jobs(limit:)",
      "Query.viewer",
      "Shade",
      "Size.SMALL",
    ].sort(),
  );
  expect(nonNullRootFields(schema)).toEqual(["Query.viewer"]);
});

/** The coordinates of what has no description that begins and ends as a sentence does. */
function undescribed(schema: GraphQLSchema): string[] {
  const missing: string[] = [];
  const check = (path: string, { description }: { description?: string | null | undefined }) => {
    if (!/^["`\dA-Z][\s\S]*(\.|\.\.\.|\))$/.test(description?.trim() ?? "")) missing.push(path);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__") || isSpecifiedScalarType(type)) continue;
    check(type.name, type);
    if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value);
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      check(`${type.name}.${field.name}`, field);
      for (const argument of "args" in field ? field.args : [])
        check(`${type.name}.${field.name}(${argument.name}:)`, argument);
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
