import { readFileSync } from "node:fs";
import { buildSchema, parse, validate } from "graphql";
import { describe, expect, it } from "vitest";
import * as operations from "../../examples/graphql/operations.js";
import { printOperations } from "../../scripts/print-operations.js";

describe("the examples' documents", () => {
  const sdl = readFileSync("schema.graphql", "utf8");
  const schema = buildSchema(sdl);
  const documents = Object.entries(operations).filter(([name]) => /[a-z]Document$/.test(name));

  it("are the ones that operations.graphql has", async () => {
    const file = readFileSync("examples/graphql/operations.ts", "utf8");
    expect(await printOperations(sdl), "run `npm run schema` and look at the difference").toBe(file);
    expect(documents.length).toBeGreaterThan(5);
  });

  it.each(documents)("%s is valid against schema.graphql", (_, document) => {
    expect(validate(schema, parse(String(document)))).toEqual([]);
  });
});
