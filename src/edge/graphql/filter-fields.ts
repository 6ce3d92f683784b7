import { Field, ID } from "type-graphql";
import { allOf } from "../../input/all-of.js";
import { ArrayMaxSize, IsOptional } from "../../input/class-validator.js";
import { IsInstant, IsMetadata, IsText } from "../../input/rules.js";
import { DateTimeScalar, JsonObjectScalar } from "./scalars.js";

// Fields that filters of several lists have.

/** How many values a field of a filter may have. */
export const FILTER_VALUES_MAX = 100;
const VALUE_LENGTH_MAX = 200;

const oneOf = (type: () => [typeof ID | typeof String], description: string): PropertyDecorator =>
  allOf(
    Field(type, { nullable: true, description: `${description} At most ${FILTER_VALUES_MAX}.` }),
    IsOptional(),
    ArrayMaxSize(FILTER_VALUES_MAX),
    IsText(VALUE_LENGTH_MAX, { each: true }),
  );

export const OneOfIds = (description: string) => oneOf(() => [ID], description);
export const OneOfTexts = (description: string) => oneOf(() => [String], description);

const instant = (description: string): PropertyDecorator =>
  allOf(
    Field(() => DateTimeScalar, { nullable: true, description }),
    IsOptional(),
    IsInstant(),
  );

export const CreatedAfter = (plural: string) => instant(`${plural} created at this time or later.`);
export const CreatedBefore = (plural: string) => instant(`${plural} created before this time.`);

export const MetadataContains = (plural: string) =>
  allOf(
    Field(() => JsonObjectScalar, {
      nullable: true,
      description: `${plural} whose metadata has all of this: each name with this value, objects within objects likewise, and lists with at least these items. {} lets through what has any metadata.`,
    }),
    IsOptional(),
    IsMetadata(),
  );

export const ErrorText = (plural: string) =>
  allOf(
    Field(() => String, {
      nullable: true,
      description: `${plural} whose error message has words that begin with the words of this text, in any order and letter case: "rate lim" finds "Rate limit reached". 1 to ${VALUE_LENGTH_MAX} characters.`,
    }),
    IsOptional(),
    IsText(VALUE_LENGTH_MAX),
  );
