import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsInt, IsOptional, Max, Min, ValidateNested } from "class-validator";
import { Field, ID, InputType, Int } from "type-graphql";
import { IsId, IsText } from "../../input/rules.js";

const MODELS_OF_GROUP_MAX = 20;
const MODELS = `1 to ${MODELS_OF_GROUP_MAX} models of different names.`;

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
  @Field(() => String, { description: "As the upstream calls it, 1 to 200 characters; once in a group." })
  @IsText(200)
  readonly name!: string;

  @Field(() => Int, {
    nullable: true,
    description: "0 to 1000, 0 is tried first; null is the model's position in the list.",
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1000)
  readonly priority?: number | null;
}

@InputType({ description: "A new model group." })
export class CreateModelGroupInput {
  @Field(() => ID, { description: "1 to 100 letters, digits or . _ : @ -; unique, and never changed." })
  @IsId()
  readonly name!: string;

  @Field(() => String, { nullable: true, description: "1 to 200 characters; null is the name." })
  @IsOptional()
  @IsText(200)
  readonly displayName?: string | null;

  @Field(() => String, { nullable: true, description: "1 to 2000 characters." })
  @IsOptional()
  @IsText(2000)
  readonly description?: string | null;

  @Field(() => [GroupModelInput], { description: MODELS })
  @AreGroupModels()
  readonly models!: GroupModelInput[];
}

@InputType({ description: "Changes of a model group. What is null stays as it is." })
export class UpdateModelGroupInput {
  @Field(() => ID, { description: "Which group; a name is never changed." })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: "1 to 200 characters." })
  @IsOptional()
  @IsText(200)
  readonly displayName?: string | null;

  @Field(() => String, { nullable: true, description: "1 to 2000 characters." })
  @IsOptional()
  @IsText(2000)
  readonly description?: string | null;

  @Field(() => [GroupModelInput], { nullable: true, description: `In place of all it has: ${MODELS}` })
  @IsOptional()
  @AreGroupModels()
  readonly models?: GroupModelInput[] | null;
}
