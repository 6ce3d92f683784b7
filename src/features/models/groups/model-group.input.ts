import { Field, ID, InputType, Int } from "type-graphql";
import { allOf } from "../../../input/all-of.js";
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateNested,
} from "../../../input/class-validator.js";
import { GROUP_NAME_TEXT, IsGroupName, IsText } from "../../../input/rules.js";

const MODELS_OF_GROUP_MAX = 20;
const MODELS = `1 to ${MODELS_OF_GROUP_MAX} models, each named once.`;

/** The rules of a group's list of models. */
const AreGroupModels = () =>
  allOf(
    ArrayMinSize(1),
    ArrayMaxSize(MODELS_OF_GROUP_MAX),
    ArrayUnique((model: GroupModelInput) => model.name, { message: "must not name a model twice" }),
    ValidateNested({ each: true }),
  );

const OPTIONS = `Up to 50 names that calls may pass on in providerOptions beyond those that every group allows, such as service_tier. "tools.web_search" allows tools of that type.`;
const BOUND =
  "The most tokens that an answer may have, in whichever spelling a call asks for them: 1 or more. A call that asks for more is refused, and one that does not say gets this limit.";

/** The rules of the options that an admin allows. What the gateway sets itself cannot be allowed. */
const AreOptionNames = () =>
  allOf(
    ArrayMaxSize(50),
    ArrayUnique(),
    Matches(/^(?!(?:model|messages|stream|stream_options|n|extra_body)$)[\w.-]{1,100}$/, {
      each: true,
      message: "must be names of options, of 1 to 100 letters, digits or _ . -, which the gateway does not set itself",
    }),
  );

@InputType({ description: "A model of a group." })
export class GroupModelInput {
  @Field(() => String, {
    description:
      'The model, as "<upstream>/<model>": the name of an upstream of the gateway, and the name by which that upstream knows the model. Without such a beginning it is a model of the upstream "default". 1 to 200 characters. A group names a model only once.',
  })
  @IsText(200)
  readonly name!: string;

  @Field(() => Int, {
    nullable: true,
    description:
      "The order in which models are tried: 0 to 1000, 0 is first. Null means the model's position in the list. Neighbours in the list that have a weight and no priority share the position of the first of them.",
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1000)
  readonly priority?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "The model's share among the models of its priority: 1 to 1000. Of weights 3 and 1, the first model is asked first by three of four calls; the other is its fallback. Null means 1 if another model of its priority has a weight. If none has, they are tried in the order of the list.",
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1000)
  readonly weight?: number | null;
}

@InputType({ description: "A new model group." })
export class CreateModelGroupInput {
  @Field(() => ID, { description: `The name: ${GROUP_NAME_TEXT}. It must be unique and is never changed.` })
  @IsGroupName()
  readonly name!: string;

  @Field(() => String, {
    nullable: true,
    description: "The name that is shown to people: 1 to 200 characters. Null means the name.",
  })
  @IsOptional()
  @IsText(200)
  readonly displayName?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What the group is for: 1 to 2000 characters. Null means no description.",
  })
  @IsOptional()
  @IsText(2000)
  readonly description?: string | null;

  @Field(() => [String], { nullable: true, description: `${OPTIONS} Null means none.` })
  @IsOptional()
  @AreOptionNames()
  readonly allowedOptions?: string[] | null;

  @Field(() => Int, { nullable: true, description: `${BOUND} Null means no limit.` })
  @IsOptional()
  @IsInt()
  @Min(1)
  readonly maxOutputTokens?: number | null;

  @Field(() => [GroupModelInput], { description: `The models: ${MODELS}` })
  @AreGroupModels()
  readonly models!: GroupModelInput[];
}

@InputType({ description: "Changes of a model group. A field that is null stays as it is." })
export class UpdateModelGroupInput {
  @Field(() => ID, { description: "The name of the group. A name is never changed." })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: "The name that is shown to people: 1 to 200 characters." })
  @IsOptional()
  @IsText(200)
  readonly displayName?: string | null;

  @Field(() => String, { nullable: true, description: "What the group is for: 1 to 2000 characters." })
  @IsOptional()
  @IsText(2000)
  readonly description?: string | null;

  @Field(() => [String], { nullable: true, description: `${OPTIONS} They replace the old ones, and [] allows none.` })
  @IsOptional()
  @AreOptionNames()
  readonly allowedOptions?: string[] | null;

  @Field(() => Int, { nullable: true, description: `${BOUND} 0 takes the limit away.` })
  @IsOptional()
  @IsInt()
  @Min(0)
  readonly maxOutputTokens?: number | null;

  @Field(() => [GroupModelInput], {
    nullable: true,
    description: `The models that replace all models of the group: ${MODELS}`,
  })
  @IsOptional()
  @AreGroupModels()
  readonly models?: GroupModelInput[] | null;
}
