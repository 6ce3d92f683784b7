import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../../edge/context.js";
import { listComplexity } from "../../../edge/graphql/complexity.js";
import { JsonObjectScalar } from "../../../edge/graphql/scalars.js";
import { WebhookEventType } from "../../../generated/prisma/enums.js";
import { TRIES_OF_RUN_MAX } from "../sending/next-try.js";
import { DELIVERIES_KEPT_DAYS, TESTS_PENDING_MAX, TRIES_OF_DELIVERY_MAX } from "../webhook-limits.js";
import { payloadLoader, triesLoader } from "./delivery.loader.js";
import type { WebhookDeliveryRow } from "./delivery.service.js";
import { DeliveryTry, WebhookDelivery } from "./delivery.type.js";

@Resolver(() => WebhookDelivery)
export class WebhookDeliveryResolver {
  @Mutation(() => WebhookDelivery, {
    nullable: true,
    description: `Sends an event of the type webhook.test to a webhook, in the way of all events, and does not wait for it. The admin and organizations only. Throws NOT_FOUND if the key reaches no such webhook, and INVALID_STATE if it is not enabled or ${TESTS_PENDING_MAX} test events have not arrived yet.`,
  })
  testWebhook(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("id", () => ID, { description: "The id of the webhook." }) id: string,
  ) {
    return services.webhookDeliveries.test(viewer, id);
  }

  @Mutation(() => WebhookDelivery, {
    nullable: true,
    description: `Delivers an event once more, with the same webhook-id, whether or not it has arrived. It is tried at once, and if need be for 24 hours. The admin and organizations only. Throws NOT_FOUND if the key reaches no such delivery, as after ${DELIVERIES_KEPT_DAYS} days, and INVALID_STATE if the webhook is not enabled or the event was tried ${TRIES_OF_DELIVERY_MAX} times.`,
  })
  replayWebhookDelivery(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("id", () => ID, { description: "The id of the delivery." }) id: string,
  ) {
    return services.webhookDeliveries.replay(viewer, id);
  }

  @FieldResolver(() => WebhookEventType, { description: "The type of the event." })
  event(@Root() { type }: WebhookDeliveryRow) {
    return type;
  }

  @FieldResolver(() => JsonObjectScalar, {
    description: "What is posted: the type, the timestamp and the data of the event, in the names of REST.",
  })
  async payload(@Root() { id }: WebhookDeliveryRow, @Ctx() context: RequestContext) {
    return (await payloadLoader(context).load(id))?.body ?? {};
  }

  @FieldResolver(() => [DeliveryTry], {
    description: `The requests so far, oldest first: up to ${TRIES_OF_RUN_MAX} in 24 hours, and ${TRIES_OF_DELIVERY_MAX - 1 + TRIES_OF_RUN_MAX} with replays.`,
    complexity: listComplexity,
  })
  tries(@Root() { id }: WebhookDeliveryRow, @Ctx() context: RequestContext) {
    return triesLoader(context).load(id);
  }
}
