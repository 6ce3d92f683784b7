import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { buildSchema, parse as parseGraphql, validate } from "graphql";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { readConfig } from "../../src/config/config.js";
import { python, readThrough } from "../kit/docs/session.js";
import { documents, indentedCode, linkedFiles, type Snippet, snippetsIn, snippetsOf } from "../kit/docs/snippets.js";
import { useGateway } from "../kit/gateway/gateway.js";

/** Blocks that nothing runs, by their first line, and why. */
const TEXTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "README.md": { "npm ci": "npm start does not end, and the gateway of the test stands for it" },
  "docs/clients.md": {
    'const query = `subscription { llmCallEvents(callId: "${callId}") {':
      "a script of a page, which test/doors/pages/event-source.test.ts runs",
  },
  "docs/credits.md": { "GRANT, ADJUST             the admin gives credits to the team, or corrects them": "a drawing" },
  "docs/durability.md": { "npx vitest run test/faults/kill.test.ts": "the tests that it names run by themselves" },
  "docs/operate.md": {
    "Configuration  ok      HOST 127.0.0.1, PORT 8003, the admin key from ADMIN_KEY.":
      "what --check prints of an upstream that fails",
    '{"level":40, ... "msg":"The database is away: connect ECONNREFUSED 10.0.0.5:5432."}': "lines of a log",
  },
};

/** What the programs of a document must have printed. Those that need more than a gateway have a test of their own. */
const PRINTED: Readonly<Record<string, readonly RegExp[]>> = {
  "README.md": [/"creditsRemaining":99/, /"credits_remaining":98/, /"chatcmpl-/, /"__typename":"LlmCallFinished"/],
  "docs/clients.md": [
    /status: 'SUCCEEDED'/,
    ...(python ? [/'status': 'SUCCEEDED'/] : []),
    /Apollo Client: COMPLETED 0\.0\d+/,
    /urql: SUCCEEDED/,
    /OpenAI: \{\s+total_calls: 2,/,
    /Anthropic: end_turn \d+ tokens/,
    /LangChain: .* \{\s*output_tokens: \d+/,
    /MCP: completed 0\.0\d+ USD/,
    /Vercel AI SDK: \d+ tokens/,
  ],
};
const WITH_A_TEST_OF_THEIR_OWN = ["docs/operate.md"];

const schema = buildSchema(readFileSync("schema.graphql", "utf8"));
const all = documents().flatMap(snippetsOf);

const CHECKS: Readonly<Record<string, (snippet: Snippet) => void>> = {
  graphql: ({ text }) => expect(validate(schema, parseGraphql(text))).toEqual([]),
  json: ({ text }) => expect(JSON.parse(text)).toBeTypeOf("object"),
  yaml: ({ text }) => expect(parseYaml(text)).toBeTypeOf("object"),
  // GitHub draws it. A name that is misspelt in an arrow would be drawn as one more participant.
  mermaid: ({ text }) => {
    const [kind, ...lines] = text.split("\n").map((line) => line.trim());
    expect(kind).toBe("sequenceDiagram");
    const named = new Set(text.match(/(?<=participant )\w+/g));
    const used = lines.flatMap((line) => /^(\w+)-{1,2}>>(\w+):/.exec(line)?.slice(1) ?? []);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((name) => !named.has(name))).toEqual([]);
  },
  ini: ({ text }) => expect(readConfig({ ...parseEnv(text), SIMULATED: "on" }).signIn).toBeDefined(),
  text: ({ file, text }) => expect(Object.keys(TEXTS[file] ?? {})).toContain(text.split("\n")[0]),
};
const PROGRAMS = ["sh", "ts", "python"];

describe.each(documents())("%s", (file) => {
  const snippets = snippetsOf(file);
  const programs = snippets.filter(({ language }) => PROGRAMS.includes(language));
  const others = snippets.filter(({ language }) => !PROGRAMS.includes(language));

  it("has no code but in blocks that name their language", () => expect(indentedCode(file)).toEqual([]));

  it("links to files that there are", () => {
    expect(linkedFiles(file).filter((path) => !existsSync(path))).toEqual([]);
  });

  it.each(others)("line $line is right, as $language", (snippet) => {
    const check = CHECKS[snippet.language];
    if (!check) throw new Error(`No test knows how to run ${snippet.language}.`);
    check(snippet);
  });

  // An interactive zsh knows no comments, and a quote in one would swallow the next lines.
  it("has no comments in what is pasted into a shell", () => {
    const shell = programs.filter(({ language }) => language === "sh");
    expect(shell.flatMap(({ text }) => text.match(/^#.*|\s#.*/gm) ?? [])).toEqual([]);
  });
});

describe.each(documents().filter(hasPrograms))("%s, read from top to bottom,", (file) => {
  const gateway = useGateway();

  it("works as it stands", async () => {
    const printed = await readThrough(snippetsOf(file), gateway.url);
    const expected = PRINTED[file] ?? [];
    expect(expected.length, `what ${file} prints`).toBeGreaterThan(0);
    for (const pattern of expected) expect(printed).toMatch(pattern);
  });
});

function hasPrograms(file: string): boolean {
  return (
    !WITH_A_TEST_OF_THEIR_OWN.includes(file) && snippetsOf(file).some(({ language }) => PROGRAMS.includes(language))
  );
}

it("Few blocks are not run, and each is known.", () => {
  const texts = all.filter(({ language }) => language === "text");
  expect(texts.length).toBeLessThanOrEqual(all.length / 4);
  const known = Object.entries(TEXTS).flatMap(([file, blocks]) =>
    Object.keys(blocks).map((first) => ({ file, first })),
  );
  for (const { file, first } of known)
    expect(
      texts.some((snippet) => snippet.file === file && snippet.text.startsWith(first)),
      first,
    ).toBe(true);
});

it("There are programs in each language.", () => {
  for (const language of [...PROGRAMS, "graphql", "mermaid"])
    expect(all.filter((snippet) => snippet.language === language).length, language).toBeGreaterThan(0);
});

describe("a reader of documents", () => {
  it("finds each block with its line", () => {
    expect(snippetsIn("One\n\n```sh\necho 1\n```\n\n```ts\na();\nb();\n```\n", "a.md")).toEqual([
      { file: "a.md", line: 4, language: "sh", text: "echo 1" },
      { file: "a.md", line: 8, language: "ts", text: "a();\nb();" },
    ]);
  });

  it("refuses a block without a language, or without an end", () => {
    expect(() => snippetsIn("```\necho 1\n```\n", "a.md")).toThrow("a.md:1 begins a block without a language.");
    expect(() => snippetsIn("```sh\necho 1\n", "a.md")).toThrow("a.md:2 begins a block that does not end.");
  });

  const sh = (text: string) => readThrough([{ file: "a.md", line: 1, language: "sh", text }], "http://127.0.0.1:1");

  it("notices a command that fails", async () => {
    await expect(sh("echo before\nfalse\necho after")).rejects.toThrow("before");
  });

  it.each(['{"errors":[]}', '{"error": {}}', '{"detail":"No."}', '{"status":"FAILED"}'])(
    "notices %s",
    async (answer) => {
      await expect(sh(`echo '${answer}'`)).rejects.toThrow("not to match");
    },
  );

  it("takes variables along, and the address of the gateway that there is", async () => {
    const snippets = ["NAME=gate", 'echo "$NAME http://127.0.0.1:8003/"'].map((text, line) => ({
      file: "a.md",
      line,
      language: "sh",
      text,
    }));
    expect(await readThrough(snippets, "http://127.0.0.1:1234")).toContain("gate http://127.0.0.1:1234/\n");
  });
});
