import { readdirSync, readFileSync } from "node:fs";
import { disableFragmentWarnings } from "@apollo/client";
import { preset } from "@graphql-codegen/client-preset";
import { codegen } from "@graphql-codegen/core";
import { buildSchema, parse } from "graphql";

const SOURCES = new URL("../console/src/", import.meta.url);

const CONFIG = {
  useTypeImports: true,
  immutableTypes: true,
  // An operation selects __typename where the code reads it.
  skipTypename: true,
  arrayInputCoercion: false,
  strictScalars: true,
  enumType: "string-literal",
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

/** Prints the operations of the console, which stand beside its pages, as typed documents. */
export async function printConsoleOperations(schema: string): Promise<string> {
  // The preset reads a fragment once for each operation that has it, and would say so each time.
  disableFragmentWarnings();
  const documents = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".graphql"))
    .sort()
    .map((name) => ({ location: name, rawSDL: readFileSync(new URL(name, SOURCES), "utf8") }))
    .map((source) => ({ ...source, document: parse(source.rawSDL) }));
  const sections = await preset.buildGeneratesSection({
    baseOutputDir: "graphql/",
    presetConfig: { fragmentMasking: false },
    schema: parse(schema),
    schemaAst: buildSchema(schema),
    documents,
    config: CONFIG,
    plugins: [],
    pluginMap: {},
  });
  const section = sections.find(({ filename }) => filename.endsWith("graphql.ts"));
  if (!section) throw new Error("The preset makes no graphql.ts any more.");
  const printed = await codegen(section);
  const text = printed.replace("/* eslint-disable */\n", "");
  return `// Written by \`npm run schema\` from schema.graphql and the operations beside the console's pages.\n${text}`;
}
