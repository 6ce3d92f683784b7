import { describe, expect, it } from "vitest";
import { post, refusalOf } from "../../kit/clients/http.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { name } from "../../kit/world.js";

describe("an operation that is too much", () => {
  const gateway = useGateway();

  const nested = (levels: number) =>
    `${"organization { teams { nodes { ".repeat(levels / 3)}id${" } } }".repeat(levels / 3)}`;
  const TOO_MUCH: [string, (id: string) => string, RegExp][] = [
    // createOrganization, teams, nodes, six times the way round, id: 1 + 2 + 18 + 1 levels.
    [
      "more than 20 levels deep",
      (id) => `mutation { ${create(id)} { teams { nodes { ${nested(18)} } } } }`,
      /depth.*20/i,
    ],
    [
      "more than 20 levels deep by way of fragments",
      (id) => `mutation { ${create(id)} { ...A } }
        fragment A on Organization { teams { nodes { organization { ...B } } } }
        fragment B on Organization { teams { nodes { organization { ...C } } } }
        fragment C on Organization { teams { nodes { ${nested(12)} } } }`,
      /depth.*20/i,
    ],
    [
      "more than 50 aliases",
      (id) => `mutation { ${Array.from({ length: 51 }, (_, index) => `a${index}: ${create(id)} { id }`).join(" ")} }`,
      /alias.*50/i,
    ],
    [
      "more than 50 aliases by way of fragments",
      (id) => `mutation { a: ${create(id)} { ...A } b: ${create(`${id}-2`)} { ...A } }
        fragment A on Organization { ${Array.from({ length: 30 }, (_, index) => `a${index}: id`).join(" ")} }`,
      /alias.*50/i,
    ],
    [
      "more than 10,000 tokens",
      (id) => `mutation { ${create(id)} { ${Array.from({ length: 10_000 }, (_, index) => `f${index}`).join(" ")} } }`,
      /10,?000/,
    ],
    [
      "more than 50,000 fields",
      (id) =>
        `mutation { ${create(id)} { teams(first: 100) { nodes { jobs(first: 100) { nodes { id status jobType createdAt metadata } } } } } }`,
      /costs \d+; at most 50000/,
    ],
    [
      "more than 50,000 fields by way of fragments",
      (id) => `mutation { ${create(id)} { teams(first: 100) { nodes { ...A } edges { node { ...A } } } } }
        fragment A on Team { jobs(first: 100) { nodes { ...B } edges { node { ...B } } } }
        fragment B on Job { id status }`,
      /costs \d+; at most 50000/,
    ],
    [
      "fragments that double at each level",
      (id) => `mutation { ${create(id)} { ...F15 } } fragment F0 on Organization { id }
        ${Array.from({ length: 15 }, (_, index) => `fragment F${index + 1} on Organization { ...F${index} ...F${index} }`).join(" ")}`,
      /maximum allowed number of nodes/,
    ],
  ];
  const create = (id: string) => `createOrganization(input: { id: "${id}", name: "X" })`;

  it.each(TOO_MUCH)("is refused with the reason before any of it is done: %s", async (_, operation, reason) => {
    const id = name("org");
    const refusal = refusalOf(await post(gateway, operation(id)));
    expect(refusal.status).toBe(400);
    expect(["GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED"]).toContain(refusal.code);
    expect(refusal.message).toMatch(reason);
    await gateway.admin.refusal("NOT_FOUND", `{ organization(id: "${id}") { id } }`);
  });

  it("is counted with the values of its variables, not with the defaults", async () => {
    const query = `query ($first: Int = 1) { organizations(first: $first) { nodes { teams(first: $first) { nodes {
      jobs(first: $first) { nodes { id } } } } } } }`;
    const { extensions } = await gateway.admin.send(query, {}, { cost: true });
    expect(extensions?.cost?.requested).toBeLessThan(50);
    const refusal = await gateway.admin.refusal("GRAPHQL_VALIDATION_FAILED", query, { first: 100 });
    expect(refusal.message).toMatch(/costs \d{7}; at most 50000/);
  });

  it.each([
    ["null after nothing", [{}, { first: null }], [9, 336_841]],
    ["nothing after null", [{ first: null }, {}], [336_841, 9]],
  ])("is counted anew for a variable whose value decides: %s", async (_, variables, costs) => {
    // Null means 20 nodes, and nothing means the default of the variable.
    const query = `query ${name("Cost").replaceAll("-", "_")}($first: Int = 1) {
      organizations(first: $first) { nodes { teams(first: $first) { nodes { jobs(first: $first) { nodes {
        llmCalls(first: $first) { nodes { id } } } } } } } } }`;
    const seen: unknown[] = [];
    for (const values of variables) {
      const { extensions, errors } = await gateway.admin.send(query, values, { cost: true });
      const ofRefusal = errors?.[0]?.extensions as { cost?: { requested: number } } | undefined;
      seen.push((extensions?.cost ?? ofRefusal?.cost)?.requested);
    }
    expect(seen).toEqual(costs);
  });

  it("is not one that keeps within the limits: 20 levels, 50 aliases, nearly 10,000 tokens", async () => {
    const organization = await gateway.world.organization();
    const read = (selection: string) => `{ organization(id: "${organization.id}") { ${selection} } }`;
    // organization, teams, nodes, organization ... id: 1 + 2 + 15 + 2 levels.
    const deep = `teams(first: 1) { nodes { ${"organization { teams(first: 1) { nodes { ".repeat(5)} organization { id }`;
    await gateway.admin.data(read(`${deep}${" } } }".repeat(5)} } }`));
    await gateway.admin.data(`{ ${Array.from({ length: 50 }, (_, index) => `a${index}: __typename`).join(" ")} }`);
    await gateway.admin.data(`{ jobs(filter: { status: [${"PENDING ".repeat(9_900)}] }) { totalCount } }`);
  });
});
