import { GraphQLError, GraphQLScalarType, Kind } from "graphql";
import { GraphQLDateTime, GraphQLJSON, GraphQLJSONObject, GraphQLSafeInt } from "graphql-scalars";
import { quote } from "../../lib/errors.js";
import { formatUsd, parseUsd } from "../../lib/money.js";

/** A time, as ISO 8601 in UTC. */
export const DateTimeScalar = GraphQLDateTime;
export const JsonScalar = GraphQLJSON;
export const JsonObjectScalar = GraphQLJSONObject;

/** For counts that pass the 2^31 of Int, such as sums of tokens. */
export const SafeIntScalar = new GraphQLScalarType({
  ...GraphQLSafeInt.toConfig(),
  description:
    "A whole number from -9007199254740991 to 9007199254740991, which is 2^53 - 1. JSON and JavaScript carry such a number exactly.",
});

/** USD for clients, nano-dollars inside. No digit is rounded away, and no float is involved. */
export const DecimalScalar = new GraphQLScalarType<bigint, string>({
  name: "Decimal",
  description:
    'An exact decimal number as a string, such as "0.000867". It has up to 9 digits after the point and is never rounded. As input it may have up to 9 digits before the point.',
  serialize(value) {
    if (typeof value !== "bigint") throw new GraphQLError(`Decimal cannot represent ${quote(value)}.`);
    return formatUsd(value);
  },
  parseValue: parseDecimal,
  parseLiteral: (node) => parseDecimal(node.kind === Kind.STRING ? node.value : undefined),
});

/** GraphQL adds to the error what the value was, and where. */
function parseDecimal(value: unknown): bigint {
  const nanoUsd = typeof value === "string" ? parseUsd(value) : undefined;
  if (nanoUsd !== undefined) return nanoUsd;
  throw new TypeError(
    'Decimal must be a string such as "0.15", with up to 9 digits before the point and up to 9 after it.',
  );
}
