import { Field } from "type-graphql";
import { allOf } from "../../input/all-of.js";
import { IsOptional } from "../../input/class-validator.js";
import { FREE_DATA_TEXT, IsMetadata, METADATA_SIZE_TEXT } from "../../input/rules.js";
import { JsonObjectScalar } from "./scalars.js";

const freeData = (description: string): PropertyDecorator =>
  allOf(
    Field(() => JsonObjectScalar, { nullable: true, description }),
    IsOptional(),
    IsMetadata(),
  );

/** The free data that something new begins with. */
export const NewMetadata = () => freeData(`${FREE_DATA_TEXT}. Null means {}.`);

/** A change of free data. */
export const MetadataChange = () =>
  freeData(`Names to set in the metadata; the other names stay. The whole is ${METADATA_SIZE_TEXT}. Null empties it.`);
