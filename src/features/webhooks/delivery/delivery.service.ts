import { authorize, reachOf } from "../../../auth/policy.js";
import type { KnownViewer, Viewer } from "../../../auth/viewer.js";
import type { Db } from "../../../db/client.js";
import type { ValuesOf } from "../../../db/column-type.js";
import { fetchPages, type Page } from "../../../db/page.js";
import type { Sql } from "../../../db/statement.js";
import { inTransaction, type Transaction } from "../../../db/transaction.js";
import type { WebhookDelivery as Row } from "../../../generated/prisma/client.js";
import type { PageWindow } from "../../../input/page-window.js";
import { DomainError, notFound } from "../../../lib/errors.js";
import { isUuid, newId } from "../../../lib/ids.js";
import type { JsonObject } from "../../../lib/json/json.js";
import type { AuditTrail } from "../../audit/audit-trail.js";
import { ofWebhook } from "../shown-webhook.js";
import type { WebhookRow, WebhookService } from "../webhook.service.js";
import { TESTS_PENDING_MAX, TRIES_OF_DELIVERY_MAX } from "../webhook-limits.js";
import type { DeliveryFilter } from "./delivery.input.js";
import {
  countPendingTests,
  deliveriesOfWebhook,
  findReceiver,
  fits,
  insertTest,
  replayDelivery,
  triesOfDeliveries,
} from "./delivery.sql.js";
import { eventBodies } from "./event-bodies.js";

export type { Row as WebhookDeliveryRow };

interface DeliveryServiceDeps {
  readonly db: Db;
  readonly sql: Sql;
  readonly webhooks: WebhookService;
  readonly trail: AuditTrail;
  /** Called when something is due at once. */
  readonly wake: () => void;
}

/** The events on their way to webhooks, and what became of them. */
export class DeliveryService {
  constructor(private readonly deps: DeliveryServiceDeps) {}

  /**
   * Sends a test event to a webhook, in the way of all events. Throws INVALID_STATE if the webhook is not enabled, or if
   * many test events are on their way to it.
   */
  async test(viewer: Viewer, webhookId: string): Promise<Row> {
    authorize(viewer, "webhook.update");
    const delivery = await inTransaction(this.deps.db, async (transaction) => {
      const webhook = await this.lockEnabled(viewer, transaction, webhookId);
      const [pending] = await transaction.sql.run(countPendingTests, { webhookId });
      if (pending && pending.count >= TESTS_PENDING_MAX) {
        const message = `${TESTS_PENDING_MAX} test events of the webhook have not arrived yet.`;
        throw new DomainError("INVALID_STATE", message, { webhookId });
      }
      const [row] = await transaction.sql.run(insertTest, { webhookId, deliveryId: newId(), eventId: newId() });
      const delivery = row as Row;
      const act = { ...ofWebhook("testWebhook", webhook), before: {}, after: { deliveryId: delivery.id } };
      await this.deps.trail.record(transaction, viewer, act);
      return delivery;
    });
    this.deps.wake();
    return delivery;
  }

  /**
   * Delivers an event once more, whatever became of it, with the same webhook-id, and tries for another 24 hours. Throws
   * INVALID_STATE if the webhook is not enabled, or if the event was tried too often.
   */
  async replay(viewer: Viewer, id: string): Promise<Row> {
    authorize(viewer, "webhook.update");
    const { db, sql } = this.deps;
    const [found] = isUuid(id) ? await sql.run(findReceiver, { id }) : [];
    const reach = reachOf(viewer);
    if (!found || (reach.kind !== "everything" && found.organizationId !== reach.organizationId))
      throw notFound("webhook delivery", id);
    const delivery = await inTransaction(db, async (transaction) => {
      const { organizationId } = await this.lockEnabled(viewer, transaction, found.webhookId);
      const [row] = await transaction.sql.run(replayDelivery, { id, triesMax: TRIES_OF_DELIVERY_MAX });
      if (!row)
        throw new DomainError("INVALID_STATE", `The event was tried ${TRIES_OF_DELIVERY_MAX} times.`, {
          deliveryId: id,
        });
      const subject = { subjectType: "WebhookDelivery", subjectId: id, organizationId } as const;
      const status = { before: { status: row.statusBefore }, after: { status: row.status } };
      await this.deps.trail.record(transaction, viewer, { operation: "replayWebhookDelivery", ...subject, ...status });
      return row;
    });
    this.deps.wake();
    return delivery;
  }

  private async lockEnabled(viewer: KnownViewer, transaction: Transaction, webhookId: string): Promise<WebhookRow> {
    const webhook = await this.deps.webhooks.lock(viewer, transaction, webhookId);
    if (!webhook.isEnabled) throw new DomainError("INVALID_STATE", "The webhook is not enabled.", { webhookId });
    return webhook;
  }

  /** For loaders: a page of the deliveries of each webhook, newest first. */
  listByWebhooks(
    webhookIds: readonly string[],
    { filter, ...window }: PageWindow & { filter?: DeliveryFilter | null },
  ): Promise<Page<Row>[]> {
    return fetchPages(this.deps.sql, deliveriesOfWebhook, webhookIds, window, fits(filter ?? {}));
  }

  /** For loaders: what deliveries post. */
  payloads(ids: readonly string[]): Promise<{ id: string; body: JsonObject }[]> {
    return eventBodies(this.deps.sql, ids);
  }

  /** For loaders: the tries of deliveries, oldest first. */
  tries(deliveryIds: readonly string[]): Promise<ValuesOf<typeof triesOfDeliveries.row>[]> {
    return this.deps.sql.run(triesOfDeliveries, { deliveryIds });
  }
}
