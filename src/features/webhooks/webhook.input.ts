import { ArgsType, Field, ID, InputType } from "type-graphql";
import { PageArgs } from "../../edge/graphql/connection.js";
import { WebhookEventType } from "../../generated/prisma/enums.js";
import { ArrayMinSize, ArrayUnique, IsOptional } from "../../input/class-validator.js";
import { IsText } from "../../input/rules.js";
import { DeliveryFilter } from "./delivery/delivery.input.js";
import { WEBHOOKS_MAX, WEBHOOKS_OF_OWNER_MAX } from "./webhook-limits.js";

const URL_LENGTH_MAX = 2_000;
const URL_TEXT = `Where events are posted to: an https URL of at most ${URL_LENGTH_MAX} characters, without a user or a password. Its host must be public. If WEBHOOK_PRIVATE_NETWORKS=allow, http and private hosts are allowed, too.`;
const EVENTS_TEXT = "What it is told of: at least one type, each once. WEBHOOK_TEST cannot be asked for.";

@InputType({
  description: `A new webhook. An organization can have ${WEBHOOKS_OF_OWNER_MAX}, those of its teams included, the admin ${WEBHOOKS_OF_OWNER_MAX} for everything, and a gateway ${WEBHOOKS_MAX} in all.`,
})
export class CreateWebhookInput {
  @Field(() => String, { description: URL_TEXT })
  @IsText(URL_LENGTH_MAX)
  readonly url!: string;

  @Field(() => [WebhookEventType], { description: EVENTS_TEXT })
  @ArrayMinSize(1)
  @ArrayUnique({ message: "must not name a type twice" })
  readonly events!: WebhookEventType[];

  @Field(() => ID, {
    nullable: true,
    description:
      "The organization of whose teams it is told. If teamId is given too, the team must be one of them. Null and no teamId means the organization of the key; the admin is told of everything.",
  })
  readonly organizationId?: string | null;

  @Field(() => ID, { nullable: true, description: "The only team of which it is told. Null means all." })
  readonly teamId?: string | null;
}

@InputType({ description: "A change of a webhook. What is not given, or null, stays." })
export class UpdateWebhookInput {
  @Field(() => ID, { description: "The id of the webhook." })
  readonly id!: string;

  @Field(() => String, { nullable: true, description: `${URL_TEXT} What waits is sent there, too.` })
  @IsOptional()
  @IsText(URL_LENGTH_MAX)
  readonly url?: string | null;

  @Field(() => [WebhookEventType], { nullable: true, description: EVENTS_TEXT })
  @IsOptional()
  @ArrayMinSize(1)
  @ArrayUnique({ message: "must not name a type twice" })
  readonly events?: WebhookEventType[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "Whether it is told of anything. False also gives up what waits for it: within some seconds it is FAILED, and can be replayed.",
  })
  readonly isEnabled?: boolean | null;
}

@ArgsType()
export class DeliveriesArgs extends PageArgs {
  @Field(() => DeliveryFilter, { nullable: true, description: "Which deliveries to list. Null means all." })
  readonly filter?: DeliveryFilter | null;
}
