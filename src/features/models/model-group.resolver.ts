import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { pageComplexity } from "../../edge/graphql/complexity.js";
import { PageArgs, toConnection } from "../../edge/graphql/connection.js";
import { CreateModelGroupInput, UpdateModelGroupInput } from "./model-group.input.js";
import { modelsOfGroupLoader } from "./model-group.loader.js";
import type { ModelGroupRow } from "./model-group.service.js";
import { GroupModel, ModelGroup, ModelGroupConnection } from "./model-group.type.js";

@Resolver(() => ModelGroup)
export class ModelGroupResolver {
  @Query(() => ModelGroup, {
    nullable: true,
    description: "One model group by name. A team finds only those assigned to it.",
  })
  modelGroup(@Ctx() { services, viewer }: RequestContext, @Arg("name", () => ID) name: string) {
    return services.modelGroups.get(viewer, name);
  }

  @Query(() => ModelGroupConnection, {
    nullable: true,
    description: "The model groups in order of name; for a team, those assigned to it.",
    complexity: pageComplexity,
  })
  async modelGroups(@Ctx() { services, viewer }: RequestContext, @Args(() => PageArgs) args: PageArgs) {
    return toConnection(await services.modelGroups.list(viewer, args));
  }

  @Mutation(() => ModelGroup, { nullable: true, description: "Admin only. ALREADY_EXISTS where the name is taken." })
  createModelGroup(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("input", () => CreateModelGroupInput) input: CreateModelGroupInput,
  ) {
    return services.modelGroups.create(viewer, input);
  }

  @Mutation(() => ModelGroup, {
    nullable: true,
    description:
      "Changes what is given. New models are tried by calls that are admitted from then on; running calls keep theirs. Admin only.",
  })
  updateModelGroup(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("input", () => UpdateModelGroupInput) input: UpdateModelGroupInput,
  ) {
    return services.modelGroups.update(viewer, input);
  }

  @Mutation(() => ID, {
    nullable: true,
    description:
      "Deletes a group and answers with its name. INVALID_STATE while a team has it. Calls made through it keep its name. Admin only.",
  })
  async deleteModelGroup(@Ctx() { services, viewer }: RequestContext, @Arg("name", () => ID) name: string) {
    return (await services.modelGroups.delete(viewer, name)).name;
  }

  @FieldResolver(() => [GroupModel], {
    description: "In the order of trial: the first, then its fallbacks. Never empty.",
    complexity: 10,
  })
  models(@Root() group: ModelGroupRow, @Ctx() context: RequestContext) {
    return modelsOfGroupLoader(context).load(group.id);
  }
}
