import { expect, it } from "vitest";
import { CSV_TYPE } from "../../src/edge/http/exports/send-csv.js";
import { JSON_LINES } from "../../src/edge/http/exports/send-json-lines.js";
import { wantsType } from "../../src/edge/http/exports/wants-type.js";

it.each([
  ["text/csv", true],
  ["Text/CSV; header=present", true],
  ["text/csv; charset=utf-8", true],
  ["text/csv, application/json;q=0.9", true],
  ["text/csv, */*", true],
  ["application/json;q=0.5, text/csv", true],
  ["text/*", true],
  ["text/csv;q=0.1", true],
  [undefined, false],
  ["", false],
  ["*/*", false],
  ["application/json", false],
  ["application/json, text/plain, */*", false],
  ["application/json, text/csv", false],
  ["text/csv;q=0.5, application/json", false],
  ["text/csv;q=0", false],
  ["text/csv;q=0, */*", false],
  ["text/csv; header=absent", false],
  ["text/csvx", false],
  ["application/pdf", false],
  ["nonsense", false],
])("A client that accepts %j would rather have CSV than JSON: %s", (accept, wants) => {
  expect(wantsType(accept, CSV_TYPE)).toBe(wants);
});

it.each([
  ["application/x-ndjson", true],
  ["application/x-ndjson; charset=utf-8", true],
  ["application/x-ndjson, application/json", true],
  ["application/x-ndjson;q=0", false],
  ["application/json, application/x-ndjson", false],
  ["application/x-ndjson;q=0.5, application/json", false],
  ["*/*", false],
])("A client that accepts %j would rather have lines of JSON than JSON: %s", (accept, wants) => {
  expect(wantsType(accept, `${JSON_LINES}; charset=utf-8`)).toBe(wants);
});
