import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A manifest as Apollo's tools write it. */
export const manifestOf = (operations: readonly unknown[]) => ({
  format: "apollo-persisted-query-manifest",
  version: 1,
  operations,
});

/** Writes a list of trusted documents, or what a test has in its place, and returns the file. */
export function writeManifest(content: unknown): string {
  const file = join(mkdtempSync(join(tmpdir(), "tollgate-manifest-")), "manifest.json");
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}
