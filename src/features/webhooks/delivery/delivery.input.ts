import { Field, InputType } from "type-graphql";
import { DeliveryStatus, WebhookEventType } from "../../../generated/prisma/enums.js";

@InputType({ description: "Which deliveries to list. A delivery must fulfil every field that is given." })
export class DeliveryFilter {
  @Field(() => [DeliveryStatus], { nullable: true, description: "Deliveries with one of these states." })
  readonly status?: DeliveryStatus[] | null;

  @Field(() => [WebhookEventType], { nullable: true, description: "Deliveries of events of one of these types." })
  readonly event?: WebhookEventType[] | null;
}
