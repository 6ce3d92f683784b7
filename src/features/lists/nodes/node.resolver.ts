import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../../edge/context.js";
import { Node } from "../../../edge/graphql/node.type.js";
import { notFound } from "../../../lib/errors.js";
import { NODES_MAX } from "./node.service.js";

const TYPES = "A Job, an LlmCall, a Team or an Organization";

@Resolver(() => Node)
export class NodeResolver {
  @Query(() => Node, {
    nullable: true,
    description: `Returns what has this id. ${TYPES}. If a team and an organization have the same id, it is the team. Throws NOT_FOUND if the key reaches nothing of this id.`,
  })
  async node(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("id", () => ID, { description: "The id, as the thing itself has it." }) id: string,
  ) {
    const [found] = await services.nodes.byIds(viewer, [id]);
    if (!found) throw notFound("node", id);
    return found;
  }

  @Query(() => [Node], {
    nullable: "itemsAndList",
    description: `Returns what has these ids, in their order. ${TYPES}. Null stands for each id of which the key reaches nothing.`,
    complexity: ({ args, childComplexity }) => 1 + (args.ids as readonly string[]).length * childComplexity,
  })
  nodes(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("ids", () => [ID], { description: `The ids: ${NODES_MAX} at most.` }) ids: string[],
  ) {
    return services.nodes.byIds(viewer, ids);
  }
}
