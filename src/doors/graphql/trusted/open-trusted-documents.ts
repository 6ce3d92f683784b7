import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { GraphQLSchema } from "graphql";
import { buildGraphqlSchema } from "../schema.js";
import { readManifest } from "./read-manifest.js";
import { TrustedDocuments } from "./trusted-documents.js";

/** The list of what the console asks. This is the same path from the folder of this file in src/ and in dist/. */
const OF_CONSOLE = fileURLToPath(new URL("../../../../dist/console/operations.json", import.meta.url));

/**
 * Reads the list of trusted documents, if a file is configured. To it come the documents of the gateway's own page. Throws
 * StartError if a list cannot be used.
 */
export async function openTrustedDocuments(
  file: string | undefined,
  schema: GraphQLSchema,
): Promise<TrustedDocuments | undefined> {
  if (file === undefined) return undefined;
  const listed = await readManifest(file, schema);
  const ofConsole = existsSync(OF_CONSOLE) ? await readManifest(OF_CONSOLE, schema) : [];
  return new TrustedDocuments([...listed, ...ofConsole]);
}

/** Says what is in the file of a list. Throws StartError if a start could not use it. */
export async function inspectTrustedDocuments(file: string): Promise<string> {
  const documents = await readManifest(file, buildGraphqlSchema());
  return `${file} lists ${documents.length} trusted documents.`;
}
