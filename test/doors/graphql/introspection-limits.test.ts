import { buildClientSchema, getIntrospectionQuery, printSchema } from "graphql";
import { describe, expect, it } from "vitest";
import { printGraphqlSchema } from "../../../src/doors/graphql/schema.js";
import { JSON_TYPE, post, refusalOf } from "../../kit/clients/http.js";
import { INTROSPECTION } from "../../kit/documents/worst-documents.js";
import { ADMIN_KEY, useGateway } from "../../kit/gateway/gateway.js";

const gateway = useGateway();
const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => text(at)).join(" ");
const fieldsOf = (value: unknown): number => {
  if (typeof value !== "object" || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return own + Object.values(value).reduce<number>((sum, inner) => sum + fieldsOf(inner), 0);
};

describe("introspection", () => {
  it.each([
    ["as GraphiQL, Sandbox and code generators ask for it", getIntrospectionQuery()],
    ["with all that it may ask for", INTROSPECTION],
    ["without descriptions", getIntrospectionQuery({ descriptions: false })],
  ])("is answered without a key, and costs a unit for each field of its answer: %s", async (_, query) => {
    const { data, errors, extensions } = await gateway.anonymous.send(query, {}, { cost: true });
    expect(errors).toBeUndefined();
    const printed = printSchema(buildClientSchema(data));
    expect(printed.match(/^(type|input|enum|union|scalar|interface) /gm)?.length).toBe(
      printGraphqlSchema().match(/^(type|input|enum|union|scalar|interface) /gm)?.length,
    );
    expect(extensions?.cost).toEqual({ requested: fieldsOf(data), maximum: 25_000 });
  });

  const BOMBS: [string, string, RegExp][] = [
    [
      "by aliases",
      `{ ${times(30, (at) => `a${at}: __schema { types { fields { name args { name } } } }`)} }`,
      /costs \d+; at most/,
    ],
    [
      "by aliases inside",
      `{ __schema { types { fields { ${times(29, (at) => `a${at}: type { name }`)} } } } }`,
      /costs \d+; at most/,
    ],
    [
      "by fragments",
      `{ ${times(15, (at) => `a${at}: __schema { ...A }`)} } fragment A on __Schema { types { ...B } }
       fragment B on __Type { fields { name args { name type { name } } type { name ofType { name } } } }`,
      /costs \d+; at most/,
    ],
    [
      "of types of fields of types of fields",
      "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
      /introspection depth/,
    ],
    [
      "that is 21 levels deep",
      `{ __schema { types { ${"ofType { ".repeat(18)} name ${"} ".repeat(18)} } } }`,
      /depth limit of 20/,
    ],
    ["with 51 aliases", `{ __schema { types { ${times(51, (at) => `a${at}: name`)} } } }`, /Aliases limit of 30/],
  ];

  it.each(BOMBS)("is refused without a key if it is too much: %s", async (_, query, reason) => {
    const refusal = refusalOf(await post(gateway, query, JSON_TYPE));
    expect(refusal).toMatchObject({ status: 400, code: "GRAPHQL_VALIDATION_FAILED" });
    expect(refusal.message).toMatch(reason);
  });

  it("is refused with a key, over a socket too, if it is too much", async () => {
    const query = `{ ${times(45, (at) => `a${at}: __schema { types { fields { name description isDeprecated args { name } } } }`)} }`;
    const refusal = await gateway.admin.refusal("GRAPHQL_VALIDATION_FAILED", query);
    expect(refusal.message).toMatch(/at most 50000/);
    const errors = await gateway
      .socket(ADMIN_KEY)
      .iterate(query)
      .next()
      .catch((thrown) => thrown);
    expect(errors).toMatchObject([{ message: refusal.message }]);
  });

  it("of one type costs what that type has", async () => {
    const query = "query ($name: String!) { __type(name: $name) { fields { name } } }";
    const costOf = async (name: string) =>
      (await gateway.anonymous.send(query, { name }, { cost: true })).extensions?.cost;
    const { data } = await gateway.anonymous.send(query, { name: "Mutation" });
    expect((await costOf("Mutation"))?.requested).toBe(fieldsOf(data));
    expect((await costOf("Nothing"))?.requested).toBe(1);
  });
});
