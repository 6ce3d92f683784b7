import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseExact, stringifyExact } from "../../src/lib/json/exact-json.js";

/** Whether JSON.parse itself makes the name of the second object that of the first, as it does in Node 24.21. */
function misreadsNames(): boolean {
  JSON.parse('{"a":1,"\\\\":2}');
  return !('"' in JSON.parse('{"a":1,"\\"":2}'));
}

describe("JSON that keeps its digits", () => {
  it.each<[string, number | bigint, string]>([
    ["9007199254740992", 9007199254740992, "a double holds it"],
    ["9007199254740993", 9007199254740993n, "a double does not"],
    ["-9223372036854775808", -9223372036854775808n, "the least of 64 bits, which a double would write in another way"],
    ["18446744073709551615", 18446744073709551615n, "the greatest of 64 bits"],
    ["10000000000000000000000", 10000000000000000000000n, "a double would write it as 1e+22"],
    ["0.12345678901234567890123", 0.12345678901234568, "not an integer"],
    ["90071992547409921e-1", 9007199254740992, "not written as an integer"],
    [`1${"0".repeat(400)}`, Number.POSITIVE_INFINITY, "beyond any double, as JSON.parse has it"],
  ])("reads %s as %s: %s", (digits, value) => {
    for (const [before, after] of [
      ["", ""],
      [" ", "\n"],
    ]) {
      expect(parseExact(`{"a":${before}${digits}${after},"b":[${digits},"${digits}"]}`)).toEqual({
        a: value,
        b: [value, digits],
      });
    }
  });

  it("is read and written as JSON.parse and JSON.stringify do it, but for long integers", () => {
    const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom('"', "\\", '\\",9007199254740993,"', "\\\\"));
    const name = misreadsNames() ? text.filter((written) => !written.includes("\\")) : text;
    const integer = fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n });
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        text,
        integer,
        fc.integer(),
        fc.double(),
        fc.constant(null),
        tie("list"),
        tie("object"),
      ),
      list: fc.array(tie("value")),
      object: fc.dictionary(name, tie("value"), { noNullPrototype: true }),
    }));
    fc.assert(
      fc.property(value, (given) => {
        const written = stringifyExact(given);
        expect(stringifyExact(parseExact(written))).toBe(written);
        const rounded = JSON.stringify(given, (_, item) => (typeof item === "bigint" ? Number(item) : item));
        expect(JSON.parse(written)).toEqual(JSON.parse(rounded));
      }),
    );
  });

  it.each(['{"a":9007199254740993', '{"a":9007199254740993,}', '["9007199254740993]', "[-9007199254740993 1]"])(
    "refuses %s as JSON.parse does",
    (text) => expect(() => parseExact(text)).toThrow(SyntaxError),
  );
});
