import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsInt, IsOptional, Max, Min, ValidateNested } from "class-validator";
import { Field, ID, InputType, Int } from "type-graphql";
import { GROUP_NAME_TEXT, IsGroupName, IsText } from "../../../input/rules.js";

const MODELS_OF_GROUP_MAX = 20;
const MODELS = `1 to ${MODELS_OF_GROUP_MAX} models, each named once.`;

/** The rules of a group's list of models. */
const AreGroupModels = (): PropertyDecorator => (target, field) => {
  ArrayMinSize(1)(target, field as string);
  ArrayMaxSize(MODELS_OF_GROUP_MAX)(target, field as string);
  ArrayUnique((model: GroupModelInput) => model.name, { message: "must not name a model twice" })(
    target,
    field as string,
  );
  ValidateNested({ each: true })(target, field as string);
};

@InputType({ description: "A model of a group." })
export class GroupModelInput {
  @Field(() => String, {
    description:
      "The name by which the upstream knows the model: 1 to 200 characters. A group names a model only once.",
  })
  @IsText(200)
  readonly name!: string;

  @Field(() => Int, {
    nullable: true,
    description:
      "The order in which models are tried: 0 to 1000, 0 is first. Null means the model's position in the list.",
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1000)
  readonly priority?: number | null;
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

  @Field(() => [GroupModelInput], {
    nullable: true,
    description: `The models that replace all models of the group: ${MODELS}`,
  })
  @IsOptional()
  @AreGroupModels()
  readonly models?: GroupModelInput[] | null;
}
