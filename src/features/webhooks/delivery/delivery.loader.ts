import { toConnection } from "../../../edge/graphql/connection.js";
import { loaderById, loaderOfChildren, loaderOfLists } from "../../../edge/graphql/loaders.js";
import type { PageWindow } from "../../../input/page-window.js";
import type { DeliveryFilter } from "./delivery.input.js";

export const deliveriesOfWebhookLoader = loaderOfLists(
  async ({ services }, webhookIds, window: PageWindow & { filter?: DeliveryFilter | null }) =>
    (await services.webhookDeliveries.listByWebhooks(webhookIds, window)).map(toConnection),
);

export const payloadLoader = loaderById(
  (services, ids) => services.webhookDeliveries.payloads(ids),
  ({ id }) => id,
);

export const triesLoader = loaderOfChildren(
  (services, ids) => services.webhookDeliveries.tries(ids),
  ({ deliveryId }) => deliveryId,
);
