import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { pageComplexity } from "../../edge/graphql/complexity.js";
import { PageArgs, toConnection } from "../../edge/graphql/connection.js";
import { GRACE_SECONDS_MAX } from "../../input/grace.js";
import { deliveriesOfWebhookLoader } from "./delivery/delivery.loader.js";
import { WebhookDeliveryConnection } from "./delivery/delivery.type.js";
import { CreateWebhookInput, DeliveriesArgs, UpdateWebhookInput } from "./webhook.input.js";
import type { WebhookRow } from "./webhook.service.js";
import { Webhook, WebhookConnection, WebhookPayload } from "./webhook.type.js";
import { DELIVERIES_KEPT_DAYS, GRACE_SECONDS_DEFAULT, WEBHOOKS_MAX, WEBHOOKS_OF_OWNER_MAX } from "./webhook-limits.js";

const MANAGERS = "The admin and organizations only.";
const ID_OF_WEBHOOK = { description: "The id of the webhook." };

@Resolver(() => Webhook)
export class WebhookResolver {
  @Query(() => Webhook, {
    nullable: true,
    description: `Returns one webhook. ${MANAGERS} Throws NOT_FOUND if the key reaches no such webhook.`,
  })
  webhook(@Ctx() { services, viewer }: RequestContext, @Arg("id", () => ID, ID_OF_WEBHOOK) id: string) {
    return services.webhooks.get(viewer, id);
  }

  @Query(() => WebhookConnection, {
    nullable: true,
    description: `Lists the webhooks that the key reaches, newest first. ${MANAGERS}`,
    complexity: pageComplexity,
  })
  async webhooks(@Ctx() { services, viewer }: RequestContext, @Args(() => PageArgs) args: PageArgs) {
    return toConnection(await services.webhooks.list(viewer, args));
  }

  @Mutation(() => WebhookPayload, {
    nullable: true,
    description: `Creates a webhook, which is told of what happens from then on. ${MANAGERS} Throws NOT_FOUND if the key reaches no such organization or team, and INVALID_STATE if that is deleted, or there are ${WEBHOOKS_OF_OWNER_MAX} webhooks of its owner or ${WEBHOOKS_MAX} in all.`,
  })
  createWebhook(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("input", () => CreateWebhookInput, { description: "The new webhook." }) input: CreateWebhookInput,
  ) {
    return services.webhooks.create(viewer, input);
  }

  @Mutation(() => Webhook, {
    nullable: true,
    description: `Changes a webhook. ${MANAGERS} Throws NOT_FOUND if the key reaches no such webhook.`,
  })
  updateWebhook(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("input", () => UpdateWebhookInput, { description: "The change." }) input: UpdateWebhookInput,
  ) {
    return services.webhooks.update(viewer, input);
  }

  @Mutation(() => ID, {
    nullable: true,
    description: `Deletes a webhook with its deliveries: nothing more is sent to it. Returns its id. ${MANAGERS} Throws NOT_FOUND if the key reaches no such webhook.`,
  })
  deleteWebhook(@Ctx() { services, viewer }: RequestContext, @Arg("id", () => ID, ID_OF_WEBHOOK) id: string) {
    return services.webhooks.delete(viewer, id);
  }

  @Mutation(() => WebhookPayload, {
    nullable: true,
    description: `Gives a webhook a new secret. For a grace each request has two signatures, one of them by the secret before. ${MANAGERS} Throws NOT_FOUND if the key reaches no such webhook.`,
  })
  rotateWebhookSecret(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("id", () => ID, ID_OF_WEBHOOK) id: string,
    @Arg("graceSeconds", () => Int, {
      nullable: true,
      defaultValue: GRACE_SECONDS_DEFAULT,
      description: `For how many seconds the secret before signs as well: 0 to ${GRACE_SECONDS_MAX}, which is a week. Null means ${GRACE_SECONDS_DEFAULT}.`,
    })
    graceSeconds: number | null,
  ) {
    return services.webhooks.rotateSecret(viewer, id, graceSeconds);
  }

  @FieldResolver(() => WebhookDeliveryConnection, {
    description: `The events that were sent to it, or are to be, newest first. They are kept for ${DELIVERIES_KEPT_DAYS} days.`,
    complexity: pageComplexity,
  })
  deliveries(
    @Root() { id }: WebhookRow,
    @Ctx() context: RequestContext,
    @Args(() => DeliveriesArgs) args: DeliveriesArgs,
  ) {
    return deliveriesOfWebhookLoader(context).load({ parentId: id, args });
  }
}
