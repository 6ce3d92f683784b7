import { expect, it } from "vitest";
import { buildGraphqlSchema } from "../../src/doors/graphql/schema.js";
import { readManifest } from "../../src/doors/graphql/trusted/read-manifest.js";
import { StartError } from "../../src/lib/start-error.js";
import { manifestOf, writeManifest } from "../kit/documents/manifest.js";

const schema = buildGraphqlSchema();
const GOOD = { id: "a", name: "A", type: "query", body: "query A { viewer { __typename } }" };
/** A manifest whose second entry is like a good one but for this. */
const second = (fault: object) => manifestOf([GOOD, { ...GOOD, id: "b", ...fault }]);
const said = '^operations\\[1\\], query "A" with the id "b", ';

it.each<[string, unknown, RegExp]>([
  ["text that is no JSON", "{", /^it is not JSON\.$/],
  ["JSON that is no object", "[]", /^its format must be "apollo-persisted-query-manifest", got nothing\.$/],
  ["another format", { ...manifestOf([]), format: "relay" }, /^its format must be .*, got "relay"\.$/],
  ["another version", { ...manifestOf([]), version: 2 }, /^its version must be 1, got 2\.$/],
  ["no list", { ...manifestOf([]), operations: {} }, /^its operations must be a list, got \{\}\.$/],
  ["an entry that is no object", manifestOf([GOOD, 5]), /^operations\[1\] must be an object, got 5\.$/],
  ["an entry without an id", second({ id: undefined }), /^operations\[1\]\.id must be a text, got nothing\.$/],
  ["an entry with an empty body", second({ body: "" }), /^operations\[1\]\.body must be a text, got ""\.$/],
  ["an unknown type", second({ type: "fragment" }), /^operations\[1\]\.type must be one of .*, got "fragment"\.$/],
  ["two entries of one id", second({ id: "a" }), /^operations\[1\] has the id "a" of operations\[0\]\.$/],
  ["a document that cannot be parsed", second({ body: "query A {" }), new RegExp(`${said}cannot be parsed: .*\\.$`)],
  ["an unknown field", second({ body: "query A { nope }" }), new RegExp(`${said}does not fit the schema: .*"nope"`)],
  ["too many levels", second({ body: `query A { ${"a{".repeat(300)}` }), new RegExp(`${said}is too much: .*levels`)],
  ["another name", second({ body: "query B { viewer { __typename } }" }), new RegExp(`${said}must have one operation`)],
  [
    "another type",
    second({ body: "subscription A { jobUpdated(jobId: 1) { id } }" }),
    new RegExp(`${said}must have one`),
  ],
  ["two operations", second({ body: `${GOOD.body} query B { __typename }` }), new RegExp(`${said}must have one`)],
])("A list of trusted documents is refused for %s, which it names", async (_, content, fault) => {
  const file = writeManifest(content);
  const error = await readManifest(file, schema).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(StartError);
  const start = `TRUSTED_DOCUMENTS ${file} cannot be used: `;
  expect(String((error as StartError).message)).toContain(start);
  expect((error as StartError).message.slice(start.length)).toMatch(fault);
});

it("A list of trusted documents is refused if its file is not there", async () => {
  await expect(readManifest("/nowhere/manifest.json", schema)).rejects.toThrow(
    "TRUSTED_DOCUMENTS /nowhere/manifest.json cannot be used: it cannot be read (ENOENT).",
  );
});

it("A list of trusted documents may be empty, and may have a document under two ids", async () => {
  expect(await readManifest(writeManifest(manifestOf([])), schema)).toEqual([]);
  expect(await readManifest(writeManifest(second({})), schema)).toHaveLength(2);
});
