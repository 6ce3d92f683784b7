import { Ctx, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../../edge/context.js";
import { ModelCircuit } from "./model-circuit.type.js";

@Resolver(() => ModelCircuit)
export class ModelCircuitResolver {
  @Query(() => [ModelCircuit], {
    nullable: true,
    description:
      "Lists the models whose last request failed, by name. A model that is not listed is CLOSED. Admin only.",
  })
  modelCircuits(@Ctx() { services, viewer }: RequestContext) {
    return services.modelCircuits.list(viewer);
  }
}
