import { getIntrospectionQuery } from "graphql";
import { get, JSON_TYPE, type Sent } from "../clients/http.js";

/** Requests without a credential that each take one part of the gateway to its limit. */
const times = (count: number, text: (index: number) => string): string => Array.from({ length: count }, (_, at) => text(at)).join(" ");
const posted = (query: string, more: object = {}): Sent => ({
  method: "POST",
  headers: JSON_TYPE,
  body: JSON.stringify({ query, ...more }),
});
const sentBody = (body: string, path = "/graphql"): Sent => ({ method: "POST", path, headers: JSON_TYPE, body });

export const INTROSPECTION = getIntrospectionQuery({
  descriptions: true,
  specifiedByUrl: true,
  directiveIsRepeatable: true,
  schemaDescription: true,
  inputValueDeprecation: true,
  oneOf: true,
});
const TYPES = "types { name description fields { name description args { name description type { name kind ofType { name kind ofType { name kind } } } } type { name kind ofType { name kind ofType { name kind } } } } }";

export const WORST: Readonly<Record<string, Sent>> = {
  "{ __typename }": posted("{ __typename }"),
  "introspection, all options": posted(INTROSPECTION),
  "introspection, 50 aliases": posted(`{ ${times(50, (at) => `a${at}: __schema { ${TYPES} }`)} }`),
  "introspection, aliases of descriptions": posted(`{ __schema { types { ${times(48, (at) => `a${at}: description`)} fields { description args { description } } } } }`),
  "introspection, types of fields of types": posted(`{ __schema { types { fields { type { name fields { name args { name type { name ofType { name } } } type { name ofType { name } } } } args { type { name inputFields { name type { name } } } } } } } }`),
  "introspection, enumValues and args": posted(`{ __schema { types { fields { args { type { enumValues { name } inputFields { name type { enumValues { name } ofType { enumValues { name } } } } ofType { enumValues { name description } inputFields { name description type { enumValues { name } ofType { enumValues { name } } } } } } } } possibleTypes { fields { name type { name ofType { name ofType { name ofType { name } } } } } } } } }`),
  "__type, 50 aliases": posted(`{ ${times(50, (at) => `a${at}: __type(name: "Mutation") { fields { name args { name type { name ofType { name inputFields { name description type { name ofType { name } } } } } } } }`)} }`),
  "unknown fields, each with a suggestion": posted(`{ ${times(3_000, (at) => `organizatio${at}`)} }`),
  "unknown fields with long names": posted(`{ ${times(100, (at) => `${"organization".repeat(150)}${at}`)} }`),
  "unknown arguments": posted(`{ viewer(${times(2_400, (at) => `organizatio${at}: 1`)}) { __typename } }`),
  "unknown directives": posted(`{ viewer ${times(2_500, (at) => `@skipp${at}`)} { __typename } }`),
  "one directive again and again": posted(`{ viewer ${"@skip(if: false) ".repeat(1_400)} { __typename } }`),
  "unknown fragments": posted(`{ ${times(2_400, (at) => `...Fragmen${at}`)} }`),
  "unknown types": posted(`query (${times(2_400, (at) => `$v${at}: Organizatio${at}`)}) { __typename }`),
  "unknown enum values": posted(`{ jobs(filter: { status: [${times(9_900, (at) => `PENDIN${at}`)}] }) { totalCount } }`),
  "undefined variables": posted(`{ jobs(filter: { status: [${times(4_900, (at) => `$v${at}`)}] }) { totalCount } }`),
  "unused variables": posted(`query (${times(2_400, (at) => `$v${at}: Int`)}) { __typename }`),
  "same variable again and again": posted(`query (${times(2_400, () => "$v: Int")}) { __typename }`),
  "many operations of one fragment with many variables": posted(
    `${times(140, (at) => `query Q${at}($v: [JobStatus!]) { ...F }`)} fragment F on Query { jobs(filter: { status: [${"$v ".repeat(3_900)}] }) { totalCount } }`,
  ),
  "many operations": posted(times(220, (at) => `query Q${at} { a${at}: viewer { __typename } }`)),
  "fields of one name": posted(`{ ${"viewer { __typename } ".repeat(150)} }`),
  "fields of one name in fragments": posted(
    `{ ${times(150, (at) => `...F${at}`)} } ${times(150, (at) => `fragment F${at} on Query { v${at % 50}: viewer { __typename } a: viewer { __typename } }`)}`,
  ),
  "fragments of fragments": posted(
    `{ ...F0 } ${times(70, (at) => `fragment F${at} on Query { ${times(3, (next) => (at + next + 1 < 70 ? `...F${at + next + 1}` : ""))} __typename }`)} `,
  ),
  "fragments that double": posted(
    `{ ...F15 } fragment F0 on Query { __typename } ${times(15, (at) => `fragment F${at + 1} on Query { ...F${at} ...F${at} }`)}`,
  ),
  "fields with differing arguments": posted(`{ ${times(220, (at) => `job(id: "${at}") { id }`)} }`),
  "inline fragments in each other": posted(`{ ${"... on Query { ".repeat(190)} __typename ${"}".repeat(190)} }`),
  "a broad inline fragment": posted(`{ ${"... { __typename } ".repeat(210)} }`),
  "deep lists as values": posted(`{ job(id: ${"[".repeat(190)}1${"]".repeat(190)}) { id } }`),
  "objects as values": posted(`{ jobs(filter: { ${times(2_400, (at) => `statu${at}: 1`)} }) { totalCount } }`),
  "one key again and again": posted(`{ jobs(filter: { ${times(3_200, () => "status: PENDING")} }) { totalCount } }`),
  "nearly 10,000 tokens": posted(`{ jobs(filter: { status: [${"PENDING ".repeat(9_900)}] }) { totalCount } }`),
  "a long string": posted(`{ job(id: "${"x".repeat(250_000)}") { id } }`),
  "a long string of escapes": posted(`{ job(id: "${"\\u00e9".repeat(40_000)}") { id } }`),
  "a long number": posted(`{ jobs(first: ${"9".repeat(250_000)}) { totalCount } }`),
  "a long block string": posted(`{ job(id: """${"\n x".repeat(80_000)}""") { id } }`),
  "a long comment": posted(`# ${"x".repeat(250_000)}\n{ __typename }`),
  "commas": posted(`{ ${",".repeat(250_000)} __typename }`),
  "lines": posted(`{ ${"\n".repeat(250_000)} nope }`),
  "lines before many errors": posted(`{ ${"\n".repeat(240_000)} ${times(100, (at) => `nope${at}`)} }`),
  "lines before fields in conflict": posted(
    `{ ${"\n".repeat(200_000)} a: __type(name: "A") { ${times(100, (at) => `a${at % 40}: name`)} } a: __type(name: "B") { ${times(100, (at) => `a${at % 40}: kind`)} } }`,
  ),
  "lines before fields in conflict, 8 KiB": posted(
    `{ ${"\n".repeat(4_900)} a: __type(name: "A") { ${times(100, (at) => `a${at % 40}: name`)} } a: __type(name: "B") { ${times(100, (at) => `a${at % 40}: kind`)} } }`,
  ),
  "fields in conflict, 8 KiB": posted(
    `{ ${"\n".repeat(490)} a: __type(name: "A") { ${times(220, (at) => `b${at % 40}: name`)} } a: __type(name: "B") { ${times(220, (at) => `b${at % 40}: kind`)} } }`,
  ),
  "quotes that do not end": posted(`"""`.repeat(80_000)),
  "a long string that does not end": posted(`{ a(b: "${'\\\\\\"'.repeat(60_000)}`),
  "70 refused fields": posted(`{ ${times(50, (at) => `a${at}: viewer { __typename }`)} }`),
  "50 refused mutations": posted(`mutation { ${times(50, (at) => `a${at}: deleteModelGroup(name: "x") { name }`)} }`),
  "wrong variables": posted(`query (${times(1_600, (at) => `$v${at}: Int`)}) { jobs(first: $v0) { totalCount } }`, {
    variables: Object.fromEntries(Array.from({ length: 1_600 }, (_, at) => [`v${at}`, "x"])),
  }),
  "a variable with many wrong values": posted("query ($v: [JobStatus!]) { jobs(filter: { status: $v }) { totalCount } }", {
    variables: { v: Array.from({ length: 40_000 }, (_, at) => `P${at}`) },
  }),
  "a variable with many wrong names": posted("query ($v: JobFilter) { jobs(filter: $v) { totalCount } }", {
    variables: { v: Object.fromEntries(Array.from({ length: 30_000 }, (_, at) => [`statu${at}`, 1])) },
  }),
  "a variable with long wrong names": posted("query ($v: JobFilter) { jobs(filter: $v) { totalCount } }", {
    variables: { v: Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`status${"x".repeat(2_000)}${at}`, 1])) },
  }),
  "a variable with a large wrong value": posted("query ($v: [Int!]) { jobs(first: $v) { totalCount } }", {
    variables: { v: Array.from({ length: 50_000 }, () => ({ a: 1 })) },
  }),
  "an unused variable with 90,000 objects": sentBody(`{"query":"{ __typename }","variables":{"a":[${"{},".repeat(90_000)}0]}}`),
  "an unused variable with 90,000 long integers": sentBody(`{"query":"{ __typename }","variables":{"a":[${"1111111111111111,".repeat(28_000)}0]}}`),
  "one long integer and 90,000 objects": sentBody(`{"query":"{ __typename }","variables":{"a":[1111111111111111,${"{},".repeat(90_000)}0]}}`),
  "100,000 brackets": sentBody(`{"query":"{ __typename }","variables":{"a":${"[".repeat(99_000)}${"]".repeat(99_000)}}}`),
  "a body of escapes": sentBody(`{"query":"{ __typename }","variables":{"a":"${"\\u00e9".repeat(85_000)}"}}`),
  "a body of many names": sentBody(`{"query":"{ __typename }","variables":{${times(45_000, (at) => `"a${at}":1`).replaceAll(" ", ",")}}}`),
  "a body that does not parse": sentBody(`{"query":"{ __typename }","variables":{"a":[${"{},".repeat(90_000)}`),
  "a body for the event stream": sentBody(`{"query":"{ __typename }","variables":{"a":[${"{},".repeat(90_000)}0]}}`, "/graphql/stream"),
  "GET of 15 KiB": { path: get(`{ ${times(1_200, (at) => `jo${at}`)} }`), headers: JSON_TYPE },
};
