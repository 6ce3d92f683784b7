import { getIntrospectionQuery } from "graphql";
import { get, JSON_TYPE, type Sent } from "../clients/http.js";

/** How many characters `varied` adds. */
const VARIED_CHARACTERS = 16;

/** How large a worst request is made. */
export interface Size {
  /** Of the text of a document. */
  readonly characters: number;
  readonly lines: number;
  readonly bodyBytes: number;
}

/** What a stranger may send at most, with room for those, and what anybody could send before strangers had limits of their own. */
export const OF_STRANGERS: Size = { characters: 8 * 1024 - VARIED_CHARACTERS, lines: 500, bodyBytes: 32 * 1024 };
export const BEFORE: Size = { characters: 255 * 1024, lines: 256 * 1024, bodyBytes: 511 * 1024 };

/** The introspection query of GraphiQL, Apollo Sandbox and code generators, with all that it can ask for. */
export const INTROSPECTION = getIntrospectionQuery({
  specifiedByUrl: true,
  directiveIsRepeatable: true,
  schemaDescription: true,
  inputValueDeprecation: true,
  oneOf: true,
});

type Shape = (size: Size) => Sent;
/** Repeats a text up to a length, and up to so many times. */
function filled(characters: number, text: (index: number) => string, most = 4_900): string {
  const parts: string[] = [];
  for (let used = 0; parts.length < most; ) {
    const part = text(parts.length);
    used += part.length + 1;
    if (used > characters) break;
    parts.push(part);
  }
  return parts.join(" ");
}

const posted = (query: string, variables?: object): Sent => ({
  method: "POST",
  headers: JSON_TYPE,
  body: JSON.stringify({ query, ...(variables && { variables }) }),
});
/** A document that has something again and again, after as many lines as there may be. GraphQL looks for their lines. */
const afterLines =
  (start: string, part: (index: number) => string, end: string, most?: number): Shape =>
  ({ characters, lines }) => {
    const empty = "\n".repeat(Math.min(lines - 1, Math.floor(characters / 2)));
    return posted(`${start}${empty}${filled(characters - empty.length - start.length - end.length, part, most)}${end}`);
  };
/** The same without lines before it. */
const repeating =
  (...parts: Parameters<typeof afterLines>): Shape =>
  (size) =>
    afterLines(...parts)({ ...size, lines: 1 });
/** A body with a variable of JSON that has something again and again. */
const variable =
  (query: string, open: string, part: (index: number) => string, close: string): Shape =>
  ({ bodyBytes }) => {
    const values = filled(bodyBytes - query.length - 60, part, 49_000).replaceAll(" ", ",");
    return {
      method: "POST",
      headers: JSON_TYPE,
      body: `{"query":"${query}","variables":{"v":${open}${values}${close}}}`,
    };
  };

const REF = "name kind ofType { name kind ofType { name kind } }";

const ofIntrospection: Readonly<Record<string, Shape>> = {
  "introspection with all options": () => posted(INTROSPECTION),
  "introspection of fields by aliases": repeating(
    "{ ",
    (at) => `a${at}: __schema { types { fields { name args { name } } } }`,
    " }",
    50,
  ),
  "introspection of descriptions by aliases": repeating(
    "{ __schema { types { ",
    (at) => `a${at}: description`,
    " fields { description args { description } } } } }",
    28,
  ),
  "introspection of the types of fields of types": () =>
    posted(
      `{ __schema { types { fields { type { fields { name description type { ${REF} } args { name description type { ${REF} } } } } } } } }`,
    ),
  "introspection of values behind arguments": () =>
    posted(
      `{ __schema { types { fields { args { type { inputFields { type { ofType { name description enumValues { name description } inputFields { name description type { ${REF} } } } } } } } } } } }`,
    ),
  "introspection of one type by aliases": repeating(
    "{ ",
    (at) => `a${at}: __type(name: "Mutation") { fields { name args { name type { ${REF} } } } }`,
    " }",
    50,
  ),
  "introspection of one union of fields again and again": repeating(
    "{ __schema { types { fields { ",
    (at) => `a${at}: type { name }`,
    " } } } }",
    50,
  ),
};

const ofDocuments: Readonly<Record<string, Shape>> = {
  "unknown fields": repeating("{ ", (at) => `organizatio${at}`, " }"),
  "unknown fields after lines": afterLines("{ ", (at) => `organizatio${at}`, " }"),
  "unknown fields with long names": repeating("{ ", (at) => `${"organization".repeat(20)}${at}`, " }"),
  "unknown arguments": repeating("{ viewer(", (at) => `organizatio${at}: 1`, ") { __typename } }", 2_400),
  "unknown directives": repeating("{ viewer ", (at) => `@skipp${at}`, " { __typename } }", 4_000),
  "unknown fragments": repeating("{ ", (at) => `...Fragmen${at}`, " }", 4_000),
  "unknown types": repeating("query (", (at) => `$v${at}: Organizatio${at}`, ") { __typename }", 2_400),
  "unknown enum values": repeating("{ jobs(filter: { status: [", (at) => `PENDIN${at}`, "] }) { totalCount } }", 9_900),
  "undefined variables": repeating("{ jobs(filter: { status: [", (at) => `$v${at}`, "] }) { totalCount } }", 4_900),
  "unused variables": repeating("query (", (at) => `$v${at}: Int`, ") { __typename }", 2_400),
  "one variable again and again": afterLines("query (", () => "$v: Int", ") { __typename }", 2_400),
  "one key of an object again and again": afterLines(
    "{ jobs(filter: { ",
    () => "status: PENDING",
    " }) { totalCount } }",
    3_200,
  ),
  "one directive again and again": repeating("{ viewer ", () => "@skip(if: false)", " { __typename } }", 220),
  "one argument again and again": afterLines("{ job(", () => 'id: "a"', ") { id } }", 3_000),
  "many operations": repeating("", (at) => `query Q${at} { __typename }`, "", 150),
  "many operations that share a fragment of variables": ({ characters }) => {
    const operations = filled(characters / 2, (at) => `query Q${at}($v: [JobStatus!]) { ...F }`, 140);
    const fragment = (values: string) => `fragment F on Query { jobs(filter: { status: [${values}] }) { totalCount } }`;
    return posted(
      `${operations} ${fragment(filled(characters - operations.length - fragment("").length - 1, () => "$v", 3_900))}`,
    );
  },
  "one field again and again": repeating("{ ", () => "viewer { __typename }", " }", 150),
  "one inline fragment again and again": repeating("{ ", () => "... { __typename }", " }", 210),
  "fields in conflict after lines": ({ characters, lines }) => {
    const lists = ["name", "kind"].map(
      (name) => `a: __type(name: "${name}") { ${filled(characters / 4, (at) => `a${at % 48}: ${name}`, 110)} }`,
    );
    return posted(`{ ${"\n".repeat(Math.min(lines - 1, characters / 4))} ${lists.join(" ")} }`);
  },
  "fragments of fragments": repeating(
    "{ ...F0 } ",
    (at) => `fragment F${at} on Query { ...F${at + 1} ...F${at + 2} ...F${at + 3} __typename }`,
    "fragment F60 on Query { __typename } fragment F61 on Query { __typename } fragment F62 on Query { __typename }",
    60,
  ),
  "fragments that spread all after them": ({ characters }) => {
    const count = Math.min(42, Math.floor(Math.sqrt(characters / 3)));
    const after = (at: number) => filled(characters, (next) => `...F${at + next + 1}`, count - at - 1);
    const all = filled(characters, (at) => `fragment F${at} on Query { a${at}: __typename ${after(at)} }`, count);
    return posted(`{ ...F0 } ${all}`);
  },
  "fields in fragments that spread all after them": ({ characters }) => {
    const count = Math.min(30, Math.floor(Math.sqrt(characters / 5)));
    const after = (at: number) => filled(characters, (next) => `...F${at + next + 1}`, count - at - 1);
    const all = filled(
      characters,
      (at) => `fragment F${at} on Query { job(id: 1) { team { id } ...G } ${after(at)} }`,
      count,
    );
    return posted(`{ ...F0 } ${all} fragment G on Job { id status team { id jobs { nodes { id } } } }`);
  },
  "operations that spread many fragments": ({ characters }) => {
    const fragments = filled(characters / 2, (at) => `fragment F${at} on Query { ...F${at + 1} }`, 100);
    const last = fragments.split("fragment").length - 1;
    const operations = filled(characters / 2 - 60, (at) => `query Q${at} { ...F0 }`, 60);
    return posted(`${operations} ${fragments} fragment F${last} on Query { __typename }`);
  },
  "fragments that double": repeating(
    "{ ...F40 } fragment F0 on Query { __typename } ",
    (at) => `fragment F${at + 1} on Query { ...F${at} ...F${at} }`,
    "",
    40,
  ),
  "inline fragments in each other": () => posted(`{ ${"... { ".repeat(190)} __typename ${"}".repeat(190)} }`),
  "lists in lists": () => posted(`{ job(id: ${"[".repeat(190)}1${"]".repeat(190)}) { id } }`),
  tokens: repeating("{ jobs(filter: { status: [", () => "PENDING", "] }) { totalCount } }", 9_900),
  "a long string": ({ characters }) => posted(`{ job(id: "${"x".repeat(characters - 40)}") { id } }`),
  "a long string that does not end": ({ characters }) => posted(`{ a(b: "${'\\\\\\"'.repeat(characters / 4 - 10)}`),
  "a block string that does not end": ({ characters }) => posted(`{ a(b: """${' "" '.repeat(characters / 4 - 10)}`),
  "a long number": ({ characters }) => posted(`{ jobs(first: ${"9".repeat(characters - 40)}) { totalCount } }`),
  commas: ({ characters }) => posted(`{ ${",".repeat(characters - 20)} __typename }`),
  Unicode: ({ characters }) => posted(`{ job(id: "${"😀é".repeat(characters / 3 - 20)}") { id } }`),
  "refused fields": repeating("{ ", (at) => `a${at}: viewer { __typename }`, " }", 50),
  "refused mutations": repeating("mutation { ", (at) => `a${at}: deleteModelGroup(name: "x")`, " }", 50),
  GET: () => ({ path: get(`${filled(7_000, (at) => (at === 0 ? "{" : `jo${at}`))} }`), headers: JSON_TYPE }),
};

const ofBodies: Readonly<Record<string, Shape>> = {
  "a variable of wrong values": variable(
    "query ($v: [JobStatus!]) { jobs(filter: { status: $v }) { totalCount } }",
    "[",
    (at) => `"PENDIN${at}"`,
    "]",
  ),
  "a variable of wrong names": variable(
    "query ($v: JobFilter) { jobs(filter: $v) { totalCount } }",
    "{",
    (at) => `"statu${at}":1`,
    "}",
  ),
  "a variable of right values": variable(
    "query ($v: [JobStatus!]) { jobs(filter: { status: $v }) { totalCount } }",
    "[",
    () => '"PENDING"',
    "]",
  ),
  "wrong variables": ({ characters, bodyBytes }) => {
    const names = filled(Math.min(characters, bodyBytes / 3) - 80, (at) => `$v${at}: Int`, 1_600);
    const values = names.match(/v\d+/g)?.map((name) => [name, "x"]) ?? [];
    return posted(`query (${names}) { jobs(first: $v0) { totalCount } }`, Object.fromEntries(values));
  },
  objects: variable("{ __typename }", "[", () => "{}", "]"),
  "long integers": variable("{ __typename }", "[", () => "1111111111111111", "]"),
  names: variable("{ __typename }", "{", (at) => `"a${at}":1`, "}"),
  brackets: ({ bodyBytes }) => {
    const levels = Math.min(99_000, Math.floor(bodyBytes / 2) - 40);
    return {
      method: "POST",
      headers: JSON_TYPE,
      body: `{"query":"{ __typename }","variables":{"v":${"[".repeat(levels)}${"]".repeat(levels)}}}`,
    };
  },
  escapes: ({ bodyBytes }) => ({
    method: "POST",
    headers: JSON_TYPE,
    body: `{"query":"{ __typename }","variables":{"v":"${"\\u00e9".repeat(bodyBytes / 6 - 20)}"}}`,
  }),
};

/** Requests without a credential, each of which takes one part of the gateway to its limit, by what they have much of. */
export const WORST: Readonly<Record<string, Shape>> = {
  "the shortest document": () => posted("{ __typename }"),
  ...ofIntrospection,
  ...ofDocuments,
  ...ofBodies,
};

/** The same request with other blanks before its document, so that nothing is remembered of the one before. */
export function varied(sent: Sent, round: number): Sent {
  const blanks = round.toString(2).padStart(VARIED_CHARACTERS, "0").replaceAll("0", " ").replaceAll("1", ",");
  return {
    ...sent,
    ...(sent.body !== undefined && { body: sent.body.replace('"query":"', `"query":"${blanks}`) }),
    ...(sent.path !== undefined && { path: sent.path.replace("?query=", `?query=${encodeURIComponent(blanks)}`) }),
  };
}
