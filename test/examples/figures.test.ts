import { readFileSync } from "node:fs";
import { buildSchema, isAbstractType } from "graphql";
import { expect, it } from "vitest";
import { benchmarksOf, type Results } from "../../bench/kit/results.js";
import { snippetsOf } from "../kit/docs/snippets.js";
import { type Row, tableAfter } from "../kit/docs/tables.js";

const benchmarks = readFileSync("BENCHMARKS.md", "utf8");
const readme = readFileSync("README.md", "utf8");

const CALLS = "**Plain calls, divided by Portkey's**";
const FAST = "**Streams as fast as they come, divided by Portkey's**";
const PACED = "**Streams at a token each 20 ms, divided by Portkey's**";
const READS = "**Reads, divided by Mercurius's**";

/** Where each ratio of the README stands in BENCHMARKS.md: the table, and what its row says. */
const SOURCES: Readonly<Record<string, readonly [table: string, row: Row]>> = {
  "plain calls by /v1, 64 at once": [CALLS, callOfItsOwn("64")],
  "plain calls by /v1, one at a time": [CALLS, callOfItsOwn("1")],
  "streams by /v1, 20 at once": [FAST, { transport: "/v1 SSE", streams: "20" }],
  "512 paced streams by /v1, time to the first token": [PACED, { transport: "/v1 SSE", streams: "512" }],
  "a job with 10 calls and attempts, 32 at once": [READS, { query: "job, 10 calls, attempts", connections: "32" }],
  "20 jobs with costs, 32 at once": [READS, { query: "20 jobs with costs", connections: "32" }],
};
/** The README's word for a column that needs more words there. */
const COLUMNS: Readonly<Record<string, string>> = { "p50 ms": "first token p50 ms" };

function callOfItsOwn(connections: string): Row {
  return { system: "Tollgate on PostgreSQL", door: "/v1", "call in": "its own", connections };
}

it("The README has the ratios of the last benchmark.", () => {
  const [, section = ""] = readme.split("**Speed**");
  const rows = tableAfter(section, "beside it. Portkey's open gateway writes nothing. Above 1 is more.");
  expect(rows.map((row) => row[""])).toEqual(Object.keys(SOURCES));
  for (const { "": what = "", ratio = "" } of rows) {
    const [table, wanted] = SOURCES[what] ?? ["", {}];
    const [, column = "", figure] = /^(.*) (\S+)$/.exec(ratio) ?? [];
    const found = tableAfter(benchmarks, table).filter((row) =>
      Object.entries(wanted).every(([name, cell]) => row[name] === cell),
    );
    expect(found, what).toHaveLength(1);
    expect({ what, figure }).toEqual({ what, figure: found[0]?.[COLUMNS[column] ?? column] });
  }
});

it("A section of the benchmarks that is not measured again stays as it was published.", () => {
  const [, figures = ""] = benchmarks.split("\n## Figures\n");
  const order = [...figures.matchAll(/^### (\w+)$/gm)].map(([, name = ""]) => name);
  expect(benchmarksOf(benchmarks, {}, order)).toBe(benchmarks);

  const findings = { how: "Measured anew.", ratios: [], figures: [], problems: [] };
  const start = { findings, commits: { this: "abc" }, machine: { at: "2026-11-29T06:30", text: "a machine" } };
  const anew = benchmarksOf(benchmarks, { start } as unknown as Results, order);
  expect(anew).toContain("### start\n\nMeasured anew.\n\nthis at abc, ");
  const withoutStart = (text: string) => text.replace(/^### start\n.*?(?=^### )/ms, "");
  expect(withoutStart(anew)).toBe(withoutStart(benchmarks));
});

it("Apollo Client's cache is told every interface and union of the schema.", () => {
  const apollo = snippetsOf("docs/clients.md").find(({ text }) => text.includes("possibleTypes"));
  const [, told = ""] = /possibleTypes: \{([^}]*)\}/.exec(apollo?.text ?? "") ?? [];
  const possible = [...told.matchAll(/(\w+): \[([^\]]*)\]/g)].map(([, type, members = ""]) => [
    type,
    (members.match(/\w+/g) ?? []).sort(),
  ]);
  const schema = buildSchema(readFileSync("schema.graphql", "utf8"));
  const abstract = Object.values(schema.getTypeMap()).filter(isAbstractType);
  const members = abstract.map((type) => [
    type.name,
    schema
      .getPossibleTypes(type)
      .map(({ name }) => name)
      .sort(),
  ]);
  expect(Object.fromEntries(possible)).toEqual(Object.fromEntries(members));
});
