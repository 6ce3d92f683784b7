import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../../edge/context.js";
import { pageComplexity } from "../../../edge/graphql/complexity.js";
import { PageArgs, toConnection } from "../../../edge/graphql/connection.js";
import { CreateModelGroupInput, UpdateModelGroupInput } from "./model-group.input.js";
import { modelsOfGroupLoader } from "./model-group.loader.js";
import type { ModelGroupRow } from "./model-group.service.js";
import { GroupModel, ModelGroup, ModelGroupConnection } from "./model-group.type.js";

@Resolver(() => ModelGroup)
export class ModelGroupResolver {
  @Query(() => ModelGroup, {
    nullable: true,
    description:
      "Returns one model group by its name. A team finds only the groups assigned to it, and an organization those assigned to one of its teams. Throws NOT_FOUND.",
  })
  modelGroup(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("name", () => ID, { description: "The name of the group." }) name: string,
  ) {
    return services.modelGroups.get(viewer, name);
  }

  @Query(() => ModelGroupConnection, {
    nullable: true,
    description:
      "Lists the model groups in order of name. A team sees those assigned to it, and an organization those assigned to one of its teams.",
    complexity: pageComplexity,
  })
  async modelGroups(@Ctx() { services, viewer }: RequestContext, @Args(() => PageArgs) args: PageArgs) {
    return toConnection(await services.modelGroups.list(viewer, args));
  }

  @Mutation(() => ModelGroup, {
    nullable: true,
    description: "Creates a model group. Admin only. Throws ALREADY_EXISTS if the name is taken.",
  })
  createModelGroup(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("input", () => CreateModelGroupInput, { description: "The new group." }) input: CreateModelGroupInput,
  ) {
    return services.modelGroups.create(viewer, input);
  }

  @Mutation(() => ModelGroup, {
    nullable: true,
    description:
      "Changes a model group. Calls that are admitted from then on try the new models; running calls keep theirs. Admin only. Throws NOT_FOUND.",
  })
  updateModelGroup(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("input", () => UpdateModelGroupInput, { description: "The changes." }) input: UpdateModelGroupInput,
  ) {
    return services.modelGroups.update(viewer, input);
  }

  @Mutation(() => ID, {
    nullable: true,
    description:
      "Deletes a group and returns its name. Calls that were made through it keep its name. Admin only. Throws INVALID_STATE while a team has the group.",
  })
  async deleteModelGroup(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("name", () => ID, { description: "The name of the group." }) name: string,
  ) {
    return (await services.modelGroups.delete(viewer, name)).name;
  }

  @FieldResolver(() => [GroupModel], {
    description:
      "The models in the order in which they are tried: the first, then its fallbacks. The list is never empty.",
    complexity: 10,
  })
  models(@Root() group: ModelGroupRow, @Ctx() context: RequestContext) {
    return modelsOfGroupLoader(context).load(group.id);
  }
}
