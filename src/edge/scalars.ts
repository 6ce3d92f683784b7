import { GraphQLError, GraphQLScalarType, Kind } from "graphql";
import { GraphQLDateTime, GraphQLJSON, GraphQLJSONObject } from "graphql-scalars";
import { quote } from "../lib/errors.js";
import { formatUsd } from "../lib/money.js";

/** An instant, ISO 8601 in UTC. */
export const DateTimeScalar = GraphQLDateTime;
export const JsonScalar = GraphQLJSON;
export const JsonObjectScalar = GraphQLJSONObject;

/** USD, out of nano-dollars, in full: no digit is rounded away and no float is involved. */
export const DecimalScalar = new GraphQLScalarType<bigint, string>({
  name: "Decimal",
  description:
    'An exact decimal number as a string, such as "0.000867". It has up to 9 digits after the point and is never rounded.',
  serialize(value) {
    if (typeof value !== "bigint") throw new GraphQLError(`Decimal cannot represent ${quote(value)}.`);
    return formatUsd(value);
  },
  parseValue(value) {
    throw new GraphQLError(`Decimal is not accepted as input, got ${quote(value)}.`);
  },
  parseLiteral(node) {
    throw new GraphQLError(
      `Decimal is not accepted as input, got ${node.kind === Kind.STRING ? quote(node.value) : node.kind}.`,
    );
  },
});
