import { GraphQLError, GraphQLScalarType, Kind, type ValueNode, valueFromASTUntyped } from "graphql";
import { GraphQLDateTime, GraphQLJSON, GraphQLJSONObject, GraphQLSafeInt } from "graphql-scalars";
import { quote } from "../../lib/errors.js";
import { exactInteger } from "../../lib/json/exact-json.js";
import { formatUsd, parseUsd } from "../../lib/money.js";

/** A time, as ISO 8601 in UTC. */
export const DateTimeScalar = GraphQLDateTime;
export const JsonScalar = withExactLiterals(GraphQLJSON);
export const JsonObjectScalar = withExactLiterals(GraphQLJSONObject);

type Variables = Readonly<Record<string, unknown>> | null | undefined;

/** The same scalar, but no integer that a document writes loses a digit. Those in variables are read by the door. */
function withExactLiterals<Input, Output>(scalar: GraphQLScalarType<Input, Output>): GraphQLScalarType<Input, Output> {
  return new GraphQLScalarType({
    ...scalar.toConfig(),
    parseLiteral(node, variables) {
      scalar.parseLiteral(node, variables); // It throws if the value is of a wrong kind.
      return readLiteral(node, variables) as Input;
    },
  });
}

function readLiteral(node: ValueNode, variables: Variables): unknown {
  switch (node.kind) {
    case Kind.INT:
      return exactInteger(node.value);
    case Kind.LIST:
      return node.values.map((item) => readLiteral(item, variables));
    case Kind.OBJECT:
      // This makes a property of "__proto__" too, as JSON.parse does.
      return Object.fromEntries(node.fields.map(({ name, value }) => [name.value, readLiteral(value, variables)]));
    default:
      return valueFromASTUntyped(node, variables);
  }
}

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
    'An exact decimal number as a string, such as "0.000867". It has up to 9 digits after the point, with a markup up to 15, and is never rounded. As input it may have up to 9 digits before the point.',
  serialize(value) {
    // A cost with a markup has more digits than nano-dollars have. It is written out already.
    if (typeof value === "string") return value;
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

/** A vector has thousands of numbers. As one value it is written at once, and not number by number. */
export const VectorScalar = new GraphQLScalarType<unknown, unknown>({
  name: "Vector",
  description: "A list of numbers, such as [0.12, -0.5].",
  serialize: (value) => value,
});
