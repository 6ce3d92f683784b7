import type { GraphQLSchema } from "graphql";
import { buildGraphqlSchema } from "../schema.js";
import { readManifest } from "./read-manifest.js";
import { TrustedDocuments } from "./trusted-documents.js";

/** Reads the list of trusted documents, if a file is configured. Throws StartError if it cannot be used. */
export async function openTrustedDocuments(
  file: string | undefined,
  schema: GraphQLSchema,
): Promise<TrustedDocuments | undefined> {
  return file === undefined ? undefined : new TrustedDocuments(await readManifest(file, schema));
}

/** Says what is in the file of a list. Throws StartError if a start could not use it. */
export async function inspectTrustedDocuments(file: string): Promise<string> {
  const documents = await readManifest(file, buildGraphqlSchema());
  return `${file} lists ${documents.length} trusted documents.`;
}
