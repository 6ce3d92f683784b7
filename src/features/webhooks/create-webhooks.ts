import type { Config } from "../../config/config.js";
import type { Db } from "../../db/client.js";
import type { Sql } from "../../db/statement.js";
import type { Clock } from "../../lib/clock.js";
import type { Logger } from "../../lib/log.js";
import type { Events } from "../../lib/observe/events.js";
import type { Task } from "../../lib/task.js";
import type { AuditTrail } from "../audit/audit-trail.js";
import type { ExceededBudgets } from "../budgets/exceeded-budgets.js";
import type { OrganizationService } from "../organizations/organization.service.js";
import type { TeamService } from "../teams/team.service.js";
import { tellOfBudgetsTask } from "./causes/tell-of-budgets.task.js";
import { tellOfExpiringKeysTask } from "./causes/tell-of-expiring-keys.task.js";
import { DeliveryService } from "./delivery/delivery.service.js";
import { DeliverySender } from "./sending/delivery-sender.js";
import { forgetDeliveriesTask } from "./sending/forget-deliveries.task.js";
import { outboxState } from "./sending/outbox.sql.js";
import type { Resolve } from "./sending/resolve-name.js";
import { sendDeliveriesTask } from "./sending/send-deliveries.task.js";
import { WebhookPoster } from "./sending/webhook-poster.js";
import { WebhookService } from "./webhook.service.js";
import { WebhookSecrets } from "./webhook-secrets.js";

/** Pending deliveries are counted no further. */
const PENDING_COUNT_MAX = 100_000;

interface WebhooksDeps {
  readonly db: Db;
  readonly sql: Sql;
  readonly clock: Clock;
  readonly log: Logger;
  readonly events: Events;
  readonly organizations: OrganizationService;
  readonly teams: TeamService;
  readonly exceeded: ExceededBudgets;
  readonly trail: AuditTrail;
  readonly config: Pick<Config, "webhooks">;
  /** How a test has names looked up. */
  readonly resolve?: Resolve | undefined;
}

/** Builds what tells webhooks of events, and returns what others may see of it. */
export function createWebhooks(deps: WebhooksDeps) {
  const { sql, resolve, exceeded } = deps;
  const config = deps.config.webhooks;
  const secrets = new WebhookSecrets(config.secretsKey);
  const poster = new WebhookPoster({ ...config, resolve });
  const sender = new DeliverySender({ ...deps, secrets, poster, timeoutMs: config.timeoutMs });
  const webhooks = new WebhookService({ ...deps, secrets, allowsPrivate: config.allowsPrivate });
  const webhookDeliveries = new DeliveryService({ ...deps, webhooks, wake: () => sender.wake() });
  const tasks: readonly Task[] = [
    tellOfBudgetsTask(sql, exceeded),
    tellOfExpiringKeysTask(sql),
    sendDeliveriesTask(sender),
    forgetDeliveriesTask(sql),
  ];
  /** What waits in the whole database. Rejects if it does not answer. */
  const outbox = async () => (await sql.run(outboxState, { countMax: PENDING_COUNT_MAX }))[0];
  return { services: { webhooks, webhookDeliveries }, tasks, webhooks: { sender, outbox } };
}
