import { Ctx, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { ModelCircuit } from "./model-circuit.type.js";

@Resolver(() => ModelCircuit)
export class ModelCircuitResolver {
  @Query(() => [ModelCircuit], {
    nullable: true,
    description: "The models that failed last, by name; those that are not listed are CLOSED. Admin only.",
  })
  modelCircuits(@Ctx() { services, viewer }: RequestContext) {
    return services.modelCircuits.list(viewer);
  }
}
