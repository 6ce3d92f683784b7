import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../../../edge/graphql/connection.js";
import { DateTimeScalar } from "../../../edge/graphql/scalars.js";
import { DeliveryStatus } from "../../../generated/prisma/enums.js";

registerEnumType(DeliveryStatus, {
  name: "DeliveryStatus",
  description: "Whether an event has arrived at a webhook.",
  valuesConfig: {
    PENDING: { description: "It has not arrived so far, and is going to be tried." },
    DELIVERED: { description: "The receiver answered a try with a status of 200 to 299." },
    FAILED: {
      description:
        "It was given up: all tries of 24 hours failed, or the webhook is not enabled any more. It can be replayed.",
    },
  },
});

@ObjectType({ description: "A request that tried to deliver an event.", simpleResolvers: true })
export class DeliveryTry {
  @Field(() => DateTimeScalar, { description: "When it ended." })
  readonly at!: Date;

  @Field(() => Int, { nullable: true, description: "The status of the answer. Null if there was none." })
  readonly httpStatus!: number | null;

  @Field(() => String, { nullable: true, description: "Why it failed. Null if the event has arrived." })
  readonly error!: string | null;

  @Field(() => Int, { description: "How many milliseconds it took." })
  readonly ms!: number;
}

@ObjectType({ description: "An event on its way to a webhook.", simpleResolvers: true })
export class WebhookDelivery {
  @Field(() => ID, { description: "A UUID." })
  readonly id!: string;

  @Field(() => ID, {
    description: "The id of the event, which each try has as its webhook-id. A receiver knows by it what came twice.",
  })
  readonly eventId!: string;

  @Field(() => DeliveryStatus, { description: "Whether it has arrived." })
  readonly status!: DeliveryStatus;

  @Field(() => DateTimeScalar, { description: "When the event happened." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      "When it is tried next, or if it is being tried, when it would be again if its process died. It may also wait for an earlier event of the same subject. Null unless it is PENDING.",
  })
  readonly nextTryAt!: Date | null;
}

export const WebhookDeliveryConnection = connectionType(WebhookDelivery, "WebhookDelivery", "deliveries");
