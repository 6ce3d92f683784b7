import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../../edge/graphql/connection.js";
import { DateTimeScalar } from "../../edge/graphql/scalars.js";
import { WebhookEventType } from "../../generated/prisma/enums.js";

registerEnumType(WebhookEventType, {
  name: "WebhookEventType",
  description: "What a webhook is told of. docs/webhooks.md has the data of each.",
  valuesConfig: {
    JOB_COMPLETED: { description: "A job was completed. On the wire it is job.completed." },
    JOB_FAILED: { description: "A job failed. On the wire it is job.failed." },
    JOB_CANCELLED: { description: "A job was cancelled. On the wire it is job.cancelled." },
    JOB_EXPIRED: { description: "A job ran out of time. On the wire it is job.expired." },
    CREDITS_LOW: {
      description:
        "A team's available credits were above one of its thresholds, and are not any more. If they pass several at once, the lowest is told. On the wire it is credits.low.",
    },
    CREDITS_EXHAUSTED: {
      description: "A team has no available credits any more. On the wire it is credits.exhausted.",
    },
    KEY_EXPIRING: {
      description:
        "A key of a team or of an organization expires within 7 days. It is told once for each expiry. On the wire it is key.expiring.",
    },
    BUDGET_EXCEEDED: {
      description:
        "A budget has refused a call or a job: told once for the team, key or job, its budget and the period. On the wire it is budget.exceeded.",
    },
    WEBHOOK_TEST: { description: "What testWebhook sends. On the wire it is webhook.test." },
  },
});

@ObjectType({
  description:
    "An address that is told of events by signed requests, as the Standard Webhooks specification has them. Each event arrives at least once; those of one subject, such as a job or the credits of a team, arrive in their order.",
  simpleResolvers: true,
})
export class Webhook {
  @Field(() => ID, { description: "A UUID." })
  readonly id!: string;

  @Field(() => String, { description: "Where events are posted to." })
  readonly url!: string;

  @Field(() => [WebhookEventType], { description: "What it is told of." })
  readonly events!: WebhookEventType[];

  @Field(() => ID, {
    nullable: true,
    description:
      "The organization of whose teams it is told, or that of its team. Null means that it is told of everything, and belongs to the admin. Only then are costs in it without the teams' markups.",
  })
  readonly organizationId!: string | null;

  @Field(() => ID, { nullable: true, description: "The only team of which it is told. Null means all." })
  readonly teamId!: string | null;

  @Field(() => Boolean, {
    description: "Whether it is told of anything. An answer with the status 410 (Gone) sets it to false.",
  })
  readonly isEnabled!: boolean;

  @Field(() => DateTimeScalar, { description: "When it was created." })
  readonly createdAt!: Date;
}

export const WebhookConnection = connectionType(Webhook, "Webhook", "webhooks");

@ObjectType({ description: "A webhook with a new secret.", simpleResolvers: true })
export class WebhookPayload {
  @Field(() => Webhook, { description: "The webhook." })
  readonly webhook!: Webhook;

  @Field(() => String, {
    description: 'What its requests are signed with: "whsec_" and 32 bytes as base64. It is shown only this once.',
  })
  readonly secret!: string;
}
