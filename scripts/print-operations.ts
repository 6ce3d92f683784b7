import { readFileSync } from "node:fs";
import { codegen } from "@graphql-codegen/core";
import * as documents from "@graphql-codegen/typed-document-node";
import * as types from "@graphql-codegen/typescript-operations";
import { parse } from "graphql";

const CONFIG = {
  documentMode: "string",
  useTypeImports: true,
  immutableTypes: true,
  skipTypename: true,
  arrayInputCoercion: false,
  // The descriptions are in schema.graphql.
  disableDescriptions: true,
  strictScalars: true,
  scalars: {
    ID: "string",
    DateTime: "string",
    Decimal: "string",
    SafeInt: "number",
    Vector: "readonly number[]",
    JSON: "unknown",
    JSONObject: "Record<string, unknown>",
  },
};

/** Prints the documents of examples/graphql as TypeScript, with the types of their variables and results. */
export async function printOperations(schema: string): Promise<string> {
  const location = "examples/graphql/operations.graphql";
  const text = readFileSync(new URL(`../${location}`, import.meta.url), "utf8");
  const printed = await codegen({
    filename: "operations.ts",
    schema: parse(schema),
    documents: [{ location, document: parse(text) }],
    config: CONFIG,
    plugins: [{ types: {} }, { documents: {} }],
    pluginMap: { types, documents },
  });
  return `// Written by \`npm run schema\` from operations.graphql and schema.graphql.\n${printed}`;
}
